"""Everything that can be set from the environment (``BOT_…``), documented in one table of the README."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings of every process; a child process inherits them through its environment."""

    model_config = SettingsConfigDict(env_prefix="BOT_", populate_by_name=True, extra="ignore")

    demo: bool = Field(False, description="1 allows the demonstration sign-in; loopback addresses only")
    host: str = Field("127.0.0.1", description="address that the web process listens on")
    state_dir: Path = Field(ROOT / "var", description="folder of databases, keys and logs")
    database_url: str = Field(
        "",
        description="SQLAlchemy address of the school side's database; "
        "SQLite below the state folder if empty",
        validation_alias=AliasChoices("BOT_DATABASE_URL", "DATABASE_URL"),
    )
    intake_database_url: str = Field("", description="the same for the reference intake")
    web_port: int = Field(8000, description="port of the web pages and the JSON API")
    intake_port: int = Field(8001, description="port of the reference intake")
    parser_port: int = Field(5005, description="port of Rasa's parser (loopback)")
    actions_port: int = Field(5055, description="port of the action server (loopback)")
    parser_url: str = Field("", description="address of Rasa's parser; built from the port if empty")
    parser_timeout: float = Field(
        2.0, description="seconds to wait for the parser before going on without it"
    )
    assets_dir: Path = Field(
        ROOT / "var" / "assets", description="folder of browser assets, where set-up puts them"
    )
    models_dir: Path = Field(ROOT / "models", description="folder of trained models")
    packs_dir: Path = Field(ROOT / "data" / "thresholds", description="folder of threshold packs")
    pack: str = Field("wolverhampton", description="threshold pack of the demonstration authority")
    intake_url: str = Field("", description="address of the intake; 'none' means telephone and PDF only")
    intake_client_id: str = Field(
        "demo-school", description="OAuth client id of this organisation at the intake"
    )
    intake_client_secret: SecretStr = Field(
        SecretStr(""), description="OAuth client secret; the demonstration makes one in the state folder"
    )
    intake_events_secret: SecretStr = Field(
        SecretStr(""),
        description="secret (`whsec_…`) of events that the intake pushes to `/api/v1/events`; if empty, they "
        "are only read by cursor",
    )
    unsent_alert_minutes: float = Field(
        5.0, description="minutes after which an unsent Red or Amber is shown to the DSL"
    )
    worker_pause_seconds: float = Field(1.0, description="pause of the delivery worker between two looks")
    idle_minutes: int = Field(60, description="minutes without a click after which a session ends")
    smtp_url: str = Field(
        "", description="smtp://host:port of the mail server that carries notices; none if empty"
    )
    notice_from: str = Field("safeguarding-assistant@localhost", description="sender of outgoing notices")

    @property
    def key_ring(self) -> Path:
        """The school side's key ring: outside the database and outside its backups."""
        return self.state_dir / "keys" / "ring.json"

    @property
    def database(self) -> str:
        """SQLAlchemy address of the school side's database."""
        return self.database_url or f"sqlite:///{self.state_dir / 'school.db'}"

    @property
    def promoted_model(self) -> Path:
        """Points at the model that an education officer promoted; absent until one was.

        Its name tells the pipeline that the model was made for: after an update that changes the pipeline the
        parser starts with the base model, since it could not load the promoted one.
        """
        return self.state_dir / "models" / f"promoted-{pipeline()}.tar.gz"

    @property
    def parser(self) -> str:
        """Base address of Rasa's parser."""
        return self.parser_url or f"http://127.0.0.1:{self.parser_port}"

    @property
    def intake(self) -> str | None:
        """Base address of the intake, or None when referrals go by telephone and PDF."""
        if self.intake_url == "none":
            return None
        return self.intake_url or f"http://127.0.0.1:{self.intake_port}"


@cache
def pipeline() -> str:
    """What Rasa runs, as a short digest: its configuration, its versions, and our component."""
    made_from = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "requirements" / "rasa.txt"]
    made_from += sorted((ROOT / "bot" / "parser").glob("*.py"))
    content = b"".join(file.read_bytes() for file in made_from if file.exists())
    return sha256(content).hexdigest()[:12]
