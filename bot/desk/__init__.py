"""The counsellors' pages under /desk: `routes` for the web app, `accounts` for the commands,
`remind_unread` for the daily mail."""

from bot.desk import accounts
from bot.desk.daily import remind as remind_unread
from bot.desk.web import routes

__all__ = ["accounts", "remind_unread", "routes"]
