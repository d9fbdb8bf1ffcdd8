"""Every setting, read once from the environment or `.env`, cast and explained here."""

from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from signage_server.errors import Invalid, Language

CHECKOUT = Path(__file__).resolve().parent.parent


class BadSetting(Invalid):
    """A `SIGNAGE_…` variable holds what cannot be used."""

    code = "bad_setting"
    vi = "Thiết lập {name} chưa dùng được: {detail}"
    en = "The setting {name} cannot be used: {detail}"


class Settings(BaseSettings):
    """What an installation decides for itself; the same names stand in the README's table."""

    model_config = SettingsConfigDict(env_prefix="SIGNAGE_", env_file=".env", frozen=True, extra="ignore")

    home: Path = Field(CHECKOUT, description="The folder that holds everything: database, media/, keys/.")
    host: str = Field(
        "0.0.0.0",  # noqa: S104 - boards on the LAN must reach it
        description="The address to listen on; 127.0.0.1 keeps the server to this machine.",
    )
    port: int | None = Field(
        None, ge=1, le=65535, description="The port to listen on; without it one is chosen at init and kept."
    )
    timezone: str = Field("Asia/Ho_Chi_Minh", description="The time zone that new screens get.")
    language: Language = Field(
        "vi", description="vi or en: for what is said before anybody has chosen a language."
    )
    public_url: str | None = Field(
        None, description="How boards and browsers reach the server, if not by this machine's own address."
    )

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"no time zone is called {name!r}; an example of one is Asia/Ho_Chi_Minh")
        return name

    @field_validator("home")
    @classmethod
    def _home_is_absolute(cls, home: Path) -> Path:
        return home.expanduser().resolve()

    @field_validator("public_url")
    @classmethod
    def _url_without_slash(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)

    @property
    def database_url(self) -> str:
        """The embedded default: one SQLite file in the home folder."""
        return f"sqlite:///{self.home / 'signage.db'}"

    @property
    def media(self) -> Path:
        """The media library on disk: originals/, served/ and tmp/."""
        return self.home / "media"

    @property
    def keys(self) -> Path:
        """Secrets of this installation; the folder is mode 0700."""
        return self.home / "keys"


def load_settings() -> Settings:
    """The settings of this process, from the environment and `.env`.

    Raises:
        BadSetting: one of them cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"SIGNAGE_{str(first['loc'][0]).upper()}" if first["loc"] else "SIGNAGE_…"
        raise BadSetting(name=name, detail=first["msg"]) from error
