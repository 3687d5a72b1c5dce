"""an index for each lane of the queue, since counting a lane read every referral that waited anywhere"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_LANES = (
    ("ix_referrals_to_screen", ["urgency", "due_at"], "screened_at IS NULL"),
    ("ix_referrals_to_rate", ["urgency", "due_at"], "screened_at IS NOT NULL AND rated_at IS NULL"),
    ("ix_referrals_rated", ["urgency", "due_at"], "rated_at IS NOT NULL"),
    ("ix_referrals_of_hub", ["hub", "urgency", "due_at"], "hub IS NOT NULL"),
)


def upgrade() -> None:
    """One index for all that waits becomes one for each lane; a worker's lane is in its order, too."""
    op.drop_index("ix_referrals_queue", "referrals")
    op.drop_index("ix_referrals_worker_id", "referrals")
    for name, columns, condition in _LANES:
        only = sa.text(f"left_at IS NULL AND {condition}")
        op.create_index(name, "referrals", columns, sqlite_where=only, postgresql_where=only)
    op.create_index("ix_referrals_of_worker", "referrals", ["worker_id", "allocated_at"])


def downgrade() -> None:
    """Back to the one index."""
    op.drop_index("ix_referrals_of_worker", "referrals")
    for name, _, _ in _LANES:
        op.drop_index(name, "referrals")
    only = sa.text("left_at IS NULL")
    op.create_index(
        "ix_referrals_queue", "referrals", ["urgency", "due_at"], sqlite_where=only, postgresql_where=only
    )
    op.create_index("ix_referrals_worker_id", "referrals", ["worker_id"])
