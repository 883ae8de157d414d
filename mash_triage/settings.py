"""Settings, read once from the environment (`MASH_...`) into one frozen object."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = ROOT / "var" / "mash.sqlite"

Days = Annotated[int, Field(ge=0, le=60)]


class Settings(BaseSettings):
    """What differs by place: addresses, keys, names and numbers an authority sets for itself."""

    model_config = SettingsConfigDict(env_prefix="MASH_", frozen=True, extra="ignore")

    database_url: str = f"sqlite:///{DEFAULT_DATABASE}"
    database_key: SecretStr | None = None
    matching_key: SecretStr | None = None
    attachments: Path | None = None
    attachments_key: SecretStr | None = None
    clamav: str = ""
    levels_of_need: Path = ROOT / "levels_of_need"
    edition: str = "default"
    bank_holidays_file: Path | None = None
    missing_rules_file: Path = ROOT / "levels_of_need" / "missing.toml"
    authority_name: str = "Rivermead"
    service_name: str = "MASH triage"
    postcode_areas: tuple[str, ...] = ("ZA",)
    neighbours: dict[str, str] = {}
    duty_number: str = "01632 960 100"
    out_of_hours_number: str = "01632 960 200"
    allowed_origins: tuple[str, ...] = ()
    metrics_token: SecretStr | None = None
    secure_cookie: bool = True
    guided_chat: bool = False  # docs/operating.md says when to offer it
    board_refresh_seconds: int = 5
    api_calls_a_minute: int = 120
    api_burst: int = 20
    written_confirmation_working_days: int = 1
    caseload_limits: dict[str, int] = {"qualified": 18, "newly_qualified": 10, "not_qualified": 8}
    night_single_decider: bool = False
    no_activity_days: Days = 2
    oldest_undecided_hours: int = 48
    escalation_working_days: tuple[Days, Days, Days, Days, Days] = (0, 1, 2, 5, 10)

    # messages out: docs/operating.md
    service_address: str = ""
    mail_by: Literal["off", "smtp", "notify"] = "off"
    mail_from: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_ca_file: Path | None = None
    notify_key: SecretStr | None = None
    notify_template: str = ""
    notify_templates: dict[str, str] = {}
    notify_address: str = "https://api.notifications.service.gov.uk"
    webhook_key: SecretStr | None = None
    webhooks_may_stay_local: bool = False
    delivery_timeout_seconds: int = Field(default=20, ge=1, le=60)  # far below a lease
    delivery_every_seconds: int = 10
    promises_every_seconds: int = Field(default=300, ge=10)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
