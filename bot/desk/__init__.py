"""The counsellors' pages under /desk: `routes` for the web app, `accounts` for the commands."""

from bot.desk import accounts
from bot.desk.web import routes

__all__ = ["accounts", "routes"]
