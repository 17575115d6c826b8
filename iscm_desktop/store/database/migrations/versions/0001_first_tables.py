"""First tables: rounds, questionnaires, responses, revisions, packages and batches.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.String(27)


def upgrade() -> None:
    _what_is_asked()
    _who_is_invited()
    _what_it_is_about()
    _truth()
    _batches()
    _present()


def _what_is_asked() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "round",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_round"),
    )
    op.create_table(
        "questionnaire",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.PrimaryKeyConstraint("hash", name="pk_questionnaire"),
    )


def _who_is_invited() -> None:
    op.create_table(
        "round_respondent",
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("round", "form_id", "respondent", name="pk_round_respondent"),
        sa.ForeignKeyConstraint(["round"], ["round.code"], name="fk_round_respondent_round_round"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("issued_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.ForeignKeyConstraint(["round"], ["round.code"], name="fk_invitation_round_round"),
    )
    op.create_table(
        "received_invitation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("issuer_key", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_received_invitation"),
        sa.ForeignKeyConstraint(["round"], ["round.code"], name="fk_received_invitation_round_round"),
    )
    op.create_table(
        "coordinator_key",
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_ours", sa.Boolean, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("recipient", name="pk_coordinator_key"),
    )
    op.create_table(
        "known_device",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen_with", sa.Text, nullable=False),
        sa.Column("first_seen_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_known_device"),
    )


def _what_it_is_about() -> None:
    op.create_table(
        "subject",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subject"),
        sa.CheckConstraint("kind IN ('response', 'summary')", name="ck_subject_kind"),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("form_id", sa.Text, nullable=False),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("respondent_name", sa.Text, nullable=False),
        sa.Column("questionnaire", sa.String(64), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("is_made_here", sa.Boolean, nullable=False),
        sa.Column("is_hidden", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.Column("answered", sa.Integer),
        sa.Column("asked", sa.Integer),
        sa.Column("missing", sa.Integer),
        sa.Column("conflicts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("content", sa.Text, nullable=False, server_default=""),
        sa.Column("everything", sa.Text, nullable=False, server_default=""),
        sa.Column("signed_content", sa.Text, nullable=False, server_default=""),
        sa.Column("exported", sa.Text, nullable=False, server_default=""),
        sa.Column("exported_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        sa.ForeignKeyConstraint(["id"], ["subject.id"], name="fk_response_id_subject"),
        sa.ForeignKeyConstraint(["round"], ["round.code"], name="fk_response_round_round"),
        sa.ForeignKeyConstraint(
            ["questionnaire"], ["questionnaire.hash"], name="fk_response_questionnaire_questionnaire"
        ),
        sa.CheckConstraint(
            "answered >= 0 AND asked >= answered AND missing >= 0", name="ck_response_progress"
        ),
    )
    op.create_index(
        "ix_response_round_form_id_respondent", "response", ["round", "form_id", "respondent"], unique=True
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("mechanism", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_summary"),
        sa.ForeignKeyConstraint(["id"], ["subject.id"], name="fk_summary_id_subject"),
        sa.ForeignKeyConstraint(["round"], ["round.code"], name="fk_summary_round_round"),
    )
    op.create_index("ix_summary_round_mechanism", "summary", ["round", "mechanism"], unique=True)


def _truth() -> None:
    op.create_table(
        "package",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("read_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_package"),
        sa.UniqueConstraint("digest", name="uq_package_digest"),
        sa.ForeignKeyConstraint(["subject"], ["subject.id"], name="fk_package_subject_subject"),
    )
    op.create_table(
        "revision",
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("parents", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("package", sa.Integer),
        sa.Column("is_hidden", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("subject", "id", name="pk_revision"),
        sa.ForeignKeyConstraint(["subject"], ["subject.id"], name="fk_revision_subject_subject"),
        sa.ForeignKeyConstraint(["package"], ["package.number"], name="fk_revision_package_package"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "package_revision",
        sa.Column("package", sa.Integer, nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("package", "revision", name="pk_package_revision"),
        sa.ForeignKeyConstraint(["package"], ["package.number"], name="fk_package_revision_package_package"),
        sa.ForeignKeyConstraint(
            ["subject", "revision"],
            ["revision.subject", "revision.id"],
            name="fk_package_revision_subject_revision_revision",
        ),
    )
    op.create_index("ix_package_revision_subject", "package_revision", ["subject"])


def _batches() -> None:
    op.create_table(
        "batch",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("is_taken_back", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("number", name="pk_batch"),
    )
    op.create_table(
        "batch_file",
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("package", sa.Integer, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("same", sa.Integer, nullable=False),
        sa.Column("newer", sa.Integer, nullable=False),
        sa.Column("conflicts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("batch", "position", name="pk_batch_file"),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"], name="fk_batch_file_batch_batch"),
        sa.ForeignKeyConstraint(["package"], ["package.number"], name="fk_batch_file_package_package"),
    )
    op.create_index("ix_batch_file_package", "batch_file", ["package"])


def _present() -> None:
    op.create_table(
        "item",
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("heads", sa.Text, nullable=False),
        sa.Column("is_conflict", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("subject", "kind", "path", name="pk_item"),
        sa.ForeignKeyConstraint(["subject"], ["subject.id"], name="fk_item_subject_subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("parents", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind", "path", name="pk_draft"),
        sa.ForeignKeyConstraint(["subject"], ["subject.id"], name="fk_draft_subject_subject"),
    )
