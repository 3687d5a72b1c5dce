"""Officers mend what is misread: examples, redacted and sealed, and the registry of models."""

import sqlalchemy as sa
from alembic import op

revision = "0002_officers"
down_revision = "0001"
branch_labels = None
depends_on = None


def _when(name: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def upgrade() -> None:
    op.create_table(
        "examples",
        sa.Column("la_code", sa.String(length=3), nullable=True),
        sa.Column("concern_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=32), nullable=False),
        _when("at", required=True),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=True),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("use", sa.String(length=64), nullable=True),
        sa.Column("labelled_by", sa.String(length=32), nullable=True),
        _when("labelled_at"),
        sa.Column("checked_by", sa.String(length=32), nullable=True),
        _when("checked_at"),
        sa.Column("set_aside_by", sa.String(length=32), nullable=True),
        _when("set_aside_at"),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("understood_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ticked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examples")),
        sa.UniqueConstraint("message_id", name=op.f("uq_examples_message_id")),
    )
    for column in ("la_code", "concern_id", "score"):
        op.create_index(op.f(f"ix_examples_{column}"), "examples", [column])
    op.create_table(
        "models",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        _when("started_at", required=True),
        sa.Column("started_by", sa.String(length=32), nullable=True),
        sa.Column("running", sa.String(length=64), nullable=True),
        _when("touched_at", required=True),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("examples", sa.Integer(), nullable=False),
        _when("trained_at"),
        _when("failed_at"),
        sa.Column("failed_because", sa.String(length=300), nullable=True),
        sa.Column("compared_with", sa.String(length=100), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        _when("promoted_at"),
        sa.Column("promoted_by", sa.String(length=32), nullable=True),
        _when("retired_at"),
        _when("set_aside_at"),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        sa.UniqueConstraint("name", name=op.f("uq_models_name")),
        sa.UniqueConstraint("running", name=op.f("uq_models_running")),
    )


def downgrade() -> None:
    op.drop_table("models")
    op.drop_table("examples")
