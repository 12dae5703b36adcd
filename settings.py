"""Everything that can be set from outside, read once from the environment.

`DATABASE_URL`, `REDIS_URL`, `STORAGE_URL`, `CLAMD_URL`, `SMTP_URL` and `PORT` carry the names that hosting platforms
use; all other settings start with `WERKSTAND_`. In development, values that the running `werkstand up` wrote into
the var folder fill what the environment leaves open, so that every command finds the embedded servers.
"""

import hashlib
import hmac
import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
SECRETS_FILE = "secrets.env"
ADDRESSES_FILE = "running.env"
SHORTEST_SECRET = 32
JOB_QUEUE = "werkstand:jobs"


class Environment(StrEnum):
    """Where this runs: development is open and convenient, production refuses everything that is not set."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


def default_var_folder() -> Path:
    """`var` beside the code in a clone, `var` in the working folder for an installed package."""
    return (ROOT if (ROOT / "pyproject.toml").exists() else Path.cwd()) / "var"


class Settings(BaseSettings):
    """The settings of one process; immutable, so that two parts never disagree."""

    model_config = SettingsConfigDict(
        env_prefix="WERKSTAND_", frozen=True, extra="ignore", validate_by_name=True, validate_by_alias=True
    )

    environment: Environment = Environment.DEVELOPMENT
    database_url: str = Field("", validation_alias="DATABASE_URL", description="PostgreSQL 18.")
    database_owner_url: str = Field(
        "", validation_alias="DATABASE_OWNER_URL", description="The owner of the tables, who migrates."
    )
    redis_url: str = Field("", validation_alias="REDIS_URL", description="Empty: no Redis, only slower.")
    storage_url: str = Field("", validation_alias="STORAGE_URL", description="file://, s3://, gs:// or az://.")
    clamd_url: str = Field(
        "", validation_alias="CLAMD_URL", description="tcp://host:port or unix:///path; empty: no check for viruses."
    )
    smtp_url: str = Field("", validation_alias="SMTP_URL", description="smtp://, smtps:// or smtp+starttls://.")
    host: str = "127.0.0.1"
    port: int = Field(8000, validation_alias="PORT", ge=1, le=65535)
    base_url: str = Field("", description="The public address that links in mails start with.")
    mail_sender: str = "Werkstand <werkstand@werkstand.example>"
    var_dir: Path = Field(default_factory=default_var_folder)
    secret_key: SecretStr = SecretStr("")
    trusted_proxies: str = Field(
        "", description="Proxies in front whose X-Forwarded-For is believed: addresses, networks."
    )
    allowed_origins: str = Field(
        "", description="Origins of other sites whose pages may use the API with a bearer token, or *."
    )
    cost_budget: int = Field(
        2_000_000, ge=0, description="Cost per minute of each account and of each bearer token; 0 for no limit."
    )
    header_bytes: int = Field(32_768, ge=4_096, description="How many bytes the headers of a request may have.")
    header_seconds: float = Field(10, gt=0, description="In how many seconds the headers of a request must arrive.")
    connections_per_address: int = Field(
        250, ge=0, description="Open connections of one address to one API process; 0 for no limit."
    )
    sockets_per_account: int = Field(
        20, ge=1, description="Open WebSockets of one account or mailed link to one API process."
    )
    automatic_persisted_queries: bool = Field(True, description="Whether clients may register documents by their hash.")
    trusted_documents_only: bool = Field(
        False, description="Whether the API runs no other documents than trusted ones."
    )
    metrics_token: SecretStr = Field(SecretStr(""), description="Opens /metrics to others than this machine.")
    webhooks_allow_loopback: bool = Field(
        False, description="Whether webhooks may go to this machine, in development only."
    )
    member_file_bytes: int = Field(
        200 * 1024**3, ge=0, description="How many bytes the files of one member may have together."
    )
    order_file_bytes: int = Field(
        50 * 1024**3, ge=0, description="How many bytes the files for one order may have together."
    )
    travel_rates_file: Path | None = Field(
        None, description="A CSV file with travel rates of further countries, in the columns of those that are known."
    )
    demo: bool = Field(True, description="Whether an empty development database is filled with the demo.")
    development_password: str = Field("", description="Password of the demo accounts, generated at first start.")

    @property
    def migration_url(self) -> str:
        """The database as its owner, and as the application where there is only one role."""
        return self.database_owner_url or self.database_url

    @property
    def in_development(self) -> bool:
        return self.environment is Environment.DEVELOPMENT

    def allows_origin(self, origin: str) -> bool:
        """Whether pages of this other origin may use the API, with a bearer token and never with a cookie.

        In development, pages that this machine serves may.
        """
        allowed = {each.strip().rstrip("/").lower() for each in self.allowed_origins.split(",")}
        return origin.lower() in allowed or "*" in allowed or (self.in_development and _is_of_this_machine(origin))

    @property
    def webhooks_may_go_to_loopback(self) -> bool:
        return self.in_development and self.webhooks_allow_loopback

    def key(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, so that a token of one kind never passes as another."""
        secret = self.secret_key.get_secret_value()
        if not secret:
            raise ValueError("WERKSTAND_SECRET_KEY is not set")
        return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)

    @model_validator(mode="before")
    @classmethod
    def _fill_what_follows(cls, values: dict[str, object]) -> dict[str, object]:
        """Derive the public address and the storage folder where they are not given."""
        filled = {name: value for name, value in values.items() if value != "" or name in {"REDIS_URL", "redis_url"}}
        port = filled.get("PORT", filled.get("port", 8000))
        filled.setdefault("base_url", f"http://127.0.0.1:{port}")
        if "STORAGE_URL" not in filled and "storage_url" not in filled:
            var_dir = Path(str(filled.get("var_dir", default_var_folder()))).resolve()
            filled["storage_url"] = (var_dir / "storage").as_uri()
        return filled

    @model_validator(mode="after")
    def _refuse_an_unfinished_production(self) -> Self:
        """In production nothing embedded, generated or known to everyone may be in use."""
        if self.in_development:
            return self
        for name in ("database_url", "smtp_url"):
            if not getattr(self, name):
                raise ValueError(f"{name.upper()} must be set in production")
        if len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"WERKSTAND_SECRET_KEY must have at least {SHORTEST_SECRET} characters in production")
        if not self.base_url.startswith("https://"):
            raise ValueError("WERKSTAND_BASE_URL must be the public https:// address in production")
        return self


def _is_of_this_machine(origin: str) -> bool:
    try:
        return urlsplit(origin).hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        return False


def read_settings(*files: str) -> Settings:
    """Read the environment and, in development, these files of the var folder for what it leaves open."""
    if os.environ.get("WERKSTAND_ENVIRONMENT", "development") != "development":
        return Settings()
    var_dir = Path(os.environ.get("WERKSTAND_VAR_DIR") or default_var_folder())
    return Settings(_env_file=tuple(var_dir / file for file in files))


@cache
def load() -> Settings:
    """The settings of this process, read at the first call; finds the servers that `werkstand up` started."""
    return read_settings(SECRETS_FILE, ADDRESSES_FILE)
