"""The web process: chat API, widget, terminal chat. Others use `app.create_app`."""
