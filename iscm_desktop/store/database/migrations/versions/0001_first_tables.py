"""First tables: rounds, questionnaires, responses, revisions, packages and operations.

Revision ID: 0001

Written after the tables by `schema_script`.
"""
# fmt: off
# ruff: noqa: E501 - lines as Alembic writes them

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attachment',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_attachment'))
    )
    op.create_table('coordinator_key',
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('is_ours', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.PrimaryKeyConstraint('recipient', name=op.f('pk_coordinator_key'))
    )
    op.create_table('cosigned_checkpoint',
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.PrimaryKeyConstraint('origin', name=op.f('pk_cosigned_checkpoint'))
    )
    op.create_table('known_device',
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('respondent_name', sa.Text(), nullable=False),
    sa.Column('first_seen_at', sa.String(length=27), nullable=False),
    sa.PrimaryKeyConstraint('form_id', 'respondent', 'key', name=op.f('pk_known_device'))
    )
    op.create_table('operation',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('started_at', sa.String(length=27), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('parameters', sa.Text(), nullable=False),
    sa.Column('about', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.String(length=27), nullable=True),
    sa.Column('digest', sa.String(length=64), server_default='', nullable=False),
    sa.Column('closing', sa.String(length=64), server_default='', nullable=False),
    sa.CheckConstraint('(outcome IS NULL) = (ended_at IS NULL)', name=op.f('ck_operation_ended')),
    sa.ForeignKeyConstraint(['about'], ['operation.number'], name=op.f('fk_operation_about_operation')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_operation'))
    )
    op.create_index(op.f('ix_operation_about'), 'operation', ['about'], unique=False)
    op.create_table('questionnaire',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_questionnaire'))
    )
    op.create_table('round',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.String(length=27), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_round'))
    )
    op.create_table('setting',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setting'))
    )
    op.create_table('subject',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.CheckConstraint("kind IN ('response', 'edition', 'summary')", name=op.f('ck_subject_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subject'))
    )
    op.create_table('attachment_use',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['attachment.digest'], name=op.f('fk_attachment_use_digest_attachment')),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_attachment_use_subject_subject')),
    sa.PrimaryKeyConstraint('subject', 'digest', name=op.f('pk_attachment_use')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_attachment_use_digest'), 'attachment_use', ['digest'], unique=False)
    op.create_table('checkpoint',
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.Column('peaks', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_checkpoint_round_round')),
    sa.PrimaryKeyConstraint('round', 'number', name=op.f('pk_checkpoint'))
    )
    op.create_table('draft',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('parents', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_draft_subject_subject')),
    sa.PrimaryKeyConstraint('subject', 'device', 'kind', 'path', name=op.f('pk_draft'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('issued_at', sa.String(length=27), nullable=False),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_invitation_round_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation'))
    )
    op.create_table('item',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('heads', sa.Text(), nullable=False),
    sa.Column('is_conflict', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_item_subject_subject')),
    sa.PrimaryKeyConstraint('subject', 'kind', 'path', name=op.f('pk_item')),
    sqlite_with_rowid=False
    )
    op.create_table('ledger_leaf',
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('operation', sa.Integer(), nullable=False),
    sa.Column('heads_root', sa.String(length=64), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['operation'], ['operation.number'], name=op.f('fk_ledger_leaf_operation_operation')),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_ledger_leaf_round_round')),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_ledger_leaf_subject_subject')),
    sa.PrimaryKeyConstraint('round', 'position', name=op.f('pk_ledger_leaf')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_ledger_leaf_operation'), 'ledger_leaf', ['operation'], unique=False)
    op.create_index(op.f('ix_ledger_leaf_subject'), 'ledger_leaf', ['subject'], unique=False)
    op.create_table('ledger_origin',
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_ledger_origin_round_round')),
    sa.PrimaryKeyConstraint('round', 'number', name=op.f('pk_ledger_origin'))
    )
    op.create_table('package',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('read_at', sa.String(length=27), nullable=False),
    sa.Column('revisions', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('root', sa.String(length=64), server_default='', nullable=False),
    sa.Column('trust', sa.String(length=24), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('signer_key', sa.Text(), nullable=False),
    sa.Column('has_bare_beginning', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_package_subject_subject')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_package')),
    sa.UniqueConstraint('digest', name=op.f('uq_package_digest'))
    )
    op.create_index(op.f('ix_package_signer_key'), 'package', ['signer_key'], unique=False)
    op.create_index(op.f('ix_package_subject'), 'package', ['subject'], unique=False)
    op.create_table('receipt',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_receipt_subject_subject')),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_receipt'))
    )
    op.create_table('received_invitation',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=False),
    sa.Column('issuer_key', sa.Text(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('received_at', sa.String(length=27), nullable=False),
    sa.Column('is_replaced', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_received_invitation_round_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_received_invitation'))
    )
    op.create_table('response',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=False),
    sa.Column('respondent_name', sa.Text(), nullable=False),
    sa.Column('questionnaire', sa.String(length=64), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('is_made_here', sa.Boolean(), nullable=False),
    sa.Column('is_hidden', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('changed_at', sa.String(length=27), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=True),
    sa.Column('asked', sa.Integer(), nullable=True),
    sa.Column('missing', sa.Integer(), nullable=True),
    sa.Column('wrong', sa.Integer(), nullable=True),
    sa.Column('conflicts', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('content', sa.Text(), server_default='', nullable=False),
    sa.Column('everything', sa.Text(), server_default='', nullable=False),
    sa.Column('signed_content', sa.Text(), server_default='', nullable=False),
    sa.Column('rests_on', sa.Text(), server_default='', nullable=False),
    sa.Column('exported', sa.Text(), server_default='', nullable=False),
    sa.Column('exported_at', sa.String(length=27), nullable=True),
    sa.CheckConstraint('answered >= 0 AND asked >= answered AND missing >= 0 AND wrong >= 0', name=op.f('ck_response_progress')),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_response_id_subject')),
    sa.ForeignKeyConstraint(['questionnaire'], ['questionnaire.hash'], name=op.f('fk_response_questionnaire_questionnaire')),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_response_round_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response'))
    )
    op.create_index(op.f('ix_response_round_form_id_respondent'), 'response', ['round', 'form_id', 'respondent'], unique=False)
    op.create_table('round_respondent',
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('form_id', sa.Text(), nullable=False),
    sa.Column('respondent', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_round_respondent_round_round')),
    sa.PrimaryKeyConstraint('round', 'form_id', 'respondent', name=op.f('pk_round_respondent'))
    )
    op.create_table('summary',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('round', sa.Text(), nullable=False),
    sa.Column('mechanism', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['subject.id'], name=op.f('fk_summary_id_subject')),
    sa.ForeignKeyConstraint(['round'], ['round.code'], name=op.f('fk_summary_round_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_summary'))
    )
    op.create_index(op.f('ix_summary_round_mechanism'), 'summary', ['round', 'mechanism'], unique=True)
    op.create_table('operation_file',
    sa.Column('operation', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('package', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('result', sa.String(length=16), nullable=False),
    sa.Column('new', sa.Integer(), nullable=False),
    sa.Column('same', sa.Integer(), nullable=False),
    sa.Column('newer', sa.Integer(), nullable=False),
    sa.Column('removed', sa.Integer(), nullable=False),
    sa.Column('conflicts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['operation'], ['operation.number'], name=op.f('fk_operation_file_operation_operation')),
    sa.ForeignKeyConstraint(['package'], ['package.number'], name=op.f('fk_operation_file_package_package')),
    sa.PrimaryKeyConstraint('operation', 'position', name=op.f('pk_operation_file'))
    )
    op.create_index(op.f('ix_operation_file_package'), 'operation_file', ['package'], unique=False)
    op.create_table('seal',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('package', sa.Integer(), nullable=True),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.Column('members', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['package'], ['package.number'], name=op.f('fk_seal_package_package')),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_seal_subject_subject')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_seal'))
    )
    op.create_index(op.f('ix_seal_subject_signature'), 'seal', ['subject', 'signature'], unique=True)
    op.create_table('revision',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('parents', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=27), nullable=False),
    sa.Column('package', sa.Integer(), nullable=True),
    sa.Column('seal', sa.Integer(), nullable=True),
    sa.Column('is_hidden', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['package'], ['package.number'], name=op.f('fk_revision_package_package')),
    sa.ForeignKeyConstraint(['seal'], ['seal.number'], name=op.f('fk_revision_seal_seal')),
    sa.ForeignKeyConstraint(['subject'], ['subject.id'], name=op.f('fk_revision_subject_subject')),
    sa.PrimaryKeyConstraint('subject', 'id', name=op.f('pk_revision')),
    sqlite_with_rowid=False
    )
    op.create_table('operation_revision',
    sa.Column('operation', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['operation'], ['operation.number'], name=op.f('fk_operation_revision_operation_operation')),
    sa.ForeignKeyConstraint(['subject', 'revision'], ['revision.subject', 'revision.id'], name=op.f('fk_operation_revision_subject_revision_revision')),
    sa.PrimaryKeyConstraint('operation', 'revision', name=op.f('pk_operation_revision'))
    )
    op.create_index(op.f('ix_operation_revision_subject'), 'operation_revision', ['subject'], unique=False)
    op.create_table('package_revision',
    sa.Column('package', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['package'], ['package.number'], name=op.f('fk_package_revision_package_package')),
    sa.ForeignKeyConstraint(['subject', 'revision'], ['revision.subject', 'revision.id'], name=op.f('fk_package_revision_subject_revision_revision')),
    sa.PrimaryKeyConstraint('package', 'revision', name=op.f('pk_package_revision'))
    )
    op.create_index(op.f('ix_package_revision_subject'), 'package_revision', ['subject'], unique=False)
