"""Rasa graph components: the only code of ours inside Rasa's process (Python 3.10)."""
