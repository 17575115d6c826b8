"""Which questionnaires new responses use: all that were there, for nothing tells who brought them.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taken_questionnaire",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hash"], ["questionnaire.hash"], name=op.f("fk_taken_questionnaire_hash_questionnaire")
        ),
        sa.PrimaryKeyConstraint("hash", "round", name=op.f("pk_taken_questionnaire")),
    )
    op.execute(
        "INSERT INTO taken_questionnaire (hash, round) "
        "SELECT hash, '' FROM questionnaire WHERE source IS NOT NULL"
    )
