"""Children under another authority: a referral that staff send by hand, and that they say they have sent.

Only adds, and everything added may be empty: the previous release goes on reading and writing its own rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_by_hand"
down_revision = "0002_officers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referrals", sa.Column("by_hand", sa.Boolean(), nullable=True))
    op.add_column("referrals", sa.Column("authority_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("calls", sa.Column("referral_id", sa.String(length=32), nullable=True))
    op.create_table(
        "handed_over",
        sa.Column("referral_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_handed_over_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_over")),
    )
    op.create_index(op.f("ix_handed_over_referral_id"), "handed_over", ["referral_id"])


def downgrade() -> None:
    op.drop_table("handed_over")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_column("referral_id")
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_column("authority_sealed")
        batch_op.drop_column("by_hand")
