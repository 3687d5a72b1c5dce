"""What the intake takes from its environment (``BOT_…``)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.contract import Band, Calendar, Clock

ROOT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Clocks(BaseModel):
    """MASH's own targets. Wolverhampton's paper gives 4, 24 and 72 hours and does not say which hours."""

    red: Clock = Clock(4, "hours", unit_stated=False, overrun=True)
    amber: Clock = Clock(24, "hours", unit_stated=False)
    green: Clock = Clock(72, "hours", unit_stated=False)
    unrated: Clock = Clock(1, "working_days")  # Working Together: a decision within one working day

    def of(self, band: Band | None) -> Clock:
        """The clock of a band; of a referral that nobody has rated or suggested a band for."""
        named: Literal["red", "amber", "green", "unrated"] = band or "unrated"
        clock: Clock = getattr(self, named)
        return clock


class IntakeSettings(BaseSettings):
    """The settings of the intake's process."""

    model_config = SettingsConfigDict(env_prefix="BOT_", extra="ignore")

    demo: bool = Field(False, description="1 allows the demonstration sign-in; loopback only")
    intake_host: str = Field("127.0.0.1", description="address that the intake listens on")
    intake_port: int = Field(8001, description="port of the intake")
    intake_public_url: str = Field("", description="the intake's address as senders see it; built if empty")
    state_dir: Path = Field(ROOT / "var", description="folder of database and keys")
    assets_dir: Path = Field(ROOT / "var" / "assets", description="folder of browser assets")
    intake_database_url: str = Field(
        "", description="SQLAlchemy address; SQLite below the state folder if empty"
    )
    intake_client_id: str = Field("demo-school", description="OAuth client id of the demonstration school")
    intake_client_secret: SecretStr = Field(SecretStr(""), description="and its secret")
    intake_clocks: Clocks = Field(Clocks(), description="JSON; the targets for red, amber, green, unrated")
    intake_calendar: Calendar = Field(Calendar(), description="JSON; when MASH works")
    intake_idle_minutes: int = Field(60, description="minutes after which a sign-in ends")

    @property
    def key_ring(self) -> Path:
        """The intake's own key ring; it shares none with the school's side."""
        return self.state_dir / "keys" / "intake-ring.json"

    @property
    def database(self) -> str:
        """SQLAlchemy address of the intake's database."""
        return self.intake_database_url or f"sqlite:///{self.state_dir / 'intake.db'}"

    @property
    def public_url(self) -> str:
        """Where senders reach it; also the audience of their signed assertions."""
        return self.intake_public_url.rstrip("/") or f"http://{self.intake_host}:{self.intake_port}"

    @property
    def demonstration(self) -> bool:
        """Whether anybody on this machine may choose who to be: asked for, and bound to loopback."""
        return self.demo and self.intake_host in LOOPBACK
