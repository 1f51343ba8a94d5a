"""Whether messages can go out at all on a channel: what nobody set up is not to be promised."""

from bot.settings import settings


def can_send(channel: str) -> bool:
    """Whether the settings name what this channel (mail | telegram) needs."""
    given = settings()
    if channel == "mail":
        return bool(given.smtp_host and given.smtp_from)
    return bool(given.telegram_token.get_secret_value())
