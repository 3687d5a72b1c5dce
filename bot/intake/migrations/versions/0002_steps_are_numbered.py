"""steps are numbered, so that their order never depends on a clock"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = """
UPDATE steps SET number = (
    SELECT count(*) FROM steps AS earlier
    WHERE earlier.referral_id = steps.referral_id
    AND (earlier.at < steps.at OR (earlier.at = steps.at AND earlier.id <= steps.id))
)
"""


def upgrade() -> None:
    """Number what is there by time, then hold to it."""
    with op.batch_alter_table("steps") as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.drop_index("ix_steps_of_referral")
    op.execute(_NUMBER)
    with op.batch_alter_table("steps") as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_steps_referral_id_number"), ["referral_id", "number"])


def downgrade() -> None:
    """Back to order by time."""
    with op.batch_alter_table("steps") as batch_op:
        batch_op.drop_constraint(op.f("uq_steps_referral_id_number"), type_="unique")
        batch_op.drop_column("number")
        batch_op.create_index("ix_steps_of_referral", ["referral_id", "at"])
