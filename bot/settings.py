"""All settings, read once from environment variables `LEERWIJZER_*` and a `.env` file."""

import functools
import hashlib
import pathlib
import re
import secrets
from typing import Literal

import pydantic
import pydantic_settings

ROOT = pathlib.Path(__file__).resolve().parent.parent

_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?")
"""An origin as browsers send it: scheme, host, and a port when it isn't the usual one."""


class Settings(pydantic_settings.BaseSettings):
    """One typed object; each attribute is documented in `docs/operators.md`."""

    model_config = pydantic_settings.SettingsConfigDict(
        env_prefix="LEERWIJZER_", env_file=ROOT / ".env", extra="ignore", frozen=True
    )

    var: pathlib.Path = ROOT / "var"
    """Folder of everything that is made while running: database, generated secrets, logs."""
    database_url: str = ""
    """SQLAlchemy address; empty: SQLite in `var`. For PostgreSQL: `postgresql+psycopg://...`."""
    redis_url: str = ""
    """Redis for Rasa's conversation locks; empty: locks in Rasa's memory (one Rasa process)."""
    host: str = "127.0.0.1"
    """Address that the web process listens on; rasa and actions always stay on loopback."""
    web_port: int = 8000
    rasa_port: int = 5005
    actions_port: int = 5055
    public_url: str = ""
    """Address that clients use, such as `https://chat.example.be`; for webhooks and mail."""
    secret: pydantic.SecretStr = pydantic.SecretStr("")
    """Signs sessions; empty: made once, kept in `var/secret` (only the owner can read it)."""
    rasa_token: pydantic.SecretStr = pydantic.SecretStr("")
    """Token of Rasa's HTTP API; empty: derived from `secret`."""
    allowed_sites: list[str] = []
    """Exact origins of websites that may embed the widget, for example `["https://genk.be"]`."""
    catalogue: pathlib.Path = ROOT / "catalogue"
    no_consent_minutes: int = 60
    """After so many minutes of silence a conversation without consent is over and wiped."""
    rest_channel: bool = False
    """Whether `POST /webhooks/rest/webhook` answers Rasa REST clients on the web port."""
    telegram_token: pydantic.SecretStr = pydantic.SecretStr("")
    """Token of the bot, from @BotFather; empty: no Telegram."""
    telegram_api: str = "https://api.telegram.org"
    """Address of the Bot API; another one for a Bot API server of your own."""
    smtp_host: str = ""
    """Mail server; empty: mails wait in the queue."""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is kept private; `none` only for a server on the same machine."""
    smtp_user: str = ""
    smtp_password: pydantic.SecretStr = pydantic.SecretStr("")
    smtp_from: str = ""
    """Sender of the mails, `Leerwijzer <leerwijzer@example.be>`; needed with `smtp_host`."""
    smtp_timeout: int = 20
    """Seconds to wait for each answer of the mail server."""

    desk_second_factor: Literal["optional", "required"] = "optional"
    """Whether every account of the desk needs a second factor."""
    log_days: int = pydantic.Field(default=400, ge=1)
    """How many days the desk keeps who looked at or changed what."""

    @pydantic.field_validator("allowed_sites")
    @classmethod
    def _exact_origins(cls, sites: list[str]) -> list[str]:
        for site in sites:
            if not _ORIGIN.fullmatch(site):
                raise ValueError(
                    f"{site!r} is geen adres van een website. "
                    "Schrijf alleen https:// en de naam, in kleine letters, "
                    'zonder pad en zonder *: ["https://www.genk.be"]'
                )
        return sites

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{self.var / 'leerwijzer.db'}"

    @property
    def signing_key(self) -> str:
        """The secret for signatures; generated on first use when none is set."""
        return self.secret.get_secret_value() or _kept_secret(self.var)

    @property
    def link_base(self) -> str:
        """What links in messages start with, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.web_port}").rstrip("/")

    @property
    def rasa_api_token(self) -> str:
        """Token that web sends to Rasa and that Rasa asks for."""
        given = self.rasa_token.get_secret_value()
        return given or hashlib.sha256(b"rasa-api:" + self.signing_key.encode()).hexdigest()


def _kept_secret(var: pathlib.Path) -> str:
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        try:
            path.hardlink_to(fresh)  # atomic: of several starting processes one wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


@functools.cache
def settings() -> Settings:
    """The settings of this process (tests clear the cache with `settings.cache_clear()`)."""
    return Settings()
