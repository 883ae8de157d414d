"""Settings, read once from the environment (`MASH_...`) into one frozen object."""

from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = ROOT / "var" / "mash.sqlite"


class Settings(BaseSettings):
    """What differs by place: addresses, keys, names and numbers an authority sets for itself."""

    model_config = SettingsConfigDict(env_prefix="MASH_", frozen=True, extra="ignore")

    database_url: str = f"sqlite:///{DEFAULT_DATABASE}"
    database_key: SecretStr | None = None
    matching_key: SecretStr | None = None
    levels_of_need: Path = ROOT / "levels_of_need"
    edition: str = "default"
    bank_holidays_file: Path | None = None
    authority_name: str = "Rivermead"
    service_name: str = "MASH triage"
    duty_number: str = "01632 960 100"
    out_of_hours_number: str = "01632 960 200"
    allowed_origins: tuple[str, ...] = ()
    metrics_token: SecretStr | None = None
    secure_cookie: bool = True
    board_refresh_seconds: int = 5
    api_calls_a_minute: int = 120
    api_burst: int = 60


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
