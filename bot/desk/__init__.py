"""The counsellors' pages under /desk: `routes` for the web app, `accounts` for the commands,
`remind_unread` for the daily mail, `forget` for what is not kept for ever."""

from bot.desk import accounts
from bot.desk.daily import remind as remind_unread
from bot.desk.forgetting import forget
from bot.desk.web import routes

__all__ = ["accounts", "forget", "remind_unread", "routes"]
