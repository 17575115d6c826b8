-- Made from the migrations by `python -m iscm_desktop.store.schema_script`; do not edit.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE attachment (
    digest VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (digest)
);
CREATE TABLE coordinator_key (
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    is_ours BOOLEAN NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_coordinator_key PRIMARY KEY (recipient)
);
CREATE TABLE cosigned_checkpoint (
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    root VARCHAR(64) NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_cosigned_checkpoint PRIMARY KEY (origin)
);
CREATE TABLE known_device (
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    respondent_name TEXT NOT NULL,
    first_seen_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_known_device PRIMARY KEY (form_id, respondent, "key")
);
CREATE TABLE operation (
    number INTEGER NOT NULL,
    kind VARCHAR(16) NOT NULL,
    started_at VARCHAR(27) NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    parameters TEXT NOT NULL,
    about INTEGER,
    outcome VARCHAR(16),
    ended_at VARCHAR(27),
    digest VARCHAR(64) DEFAULT '' NOT NULL,
    closing VARCHAR(64) DEFAULT '' NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (number),
    CONSTRAINT ck_operation_ended CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CONSTRAINT fk_operation_about_operation FOREIGN KEY(about) REFERENCES operation (number)
);
CREATE TABLE questionnaire (
    hash VARCHAR(64) NOT NULL,
    form_id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    CONSTRAINT pk_questionnaire PRIMARY KEY (hash)
);
CREATE TABLE round (
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    due_on DATE,
    created_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_round PRIMARY KEY (code)
);
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE subject (
    id VARCHAR(32) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    CONSTRAINT pk_subject PRIMARY KEY (id),
    CONSTRAINT ck_subject_kind CHECK (kind IN ('response', 'edition', 'summary'))
);
CREATE TABLE attachment_use (
    subject VARCHAR(32) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    CONSTRAINT pk_attachment_use PRIMARY KEY (subject, digest),
    CONSTRAINT fk_attachment_use_digest_attachment FOREIGN KEY(digest) REFERENCES attachment (digest),
    CONSTRAINT fk_attachment_use_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
)
 WITHOUT ROWID

;
CREATE TABLE checkpoint (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root VARCHAR(64) NOT NULL,
    peaks TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_checkpoint PRIMARY KEY (round, number),
    CONSTRAINT fk_checkpoint_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE draft (
    subject VARCHAR(32) NOT NULL,
    device TEXT NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT,
    parents TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (subject, device, kind, path),
    CONSTRAINT fk_draft_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
);
CREATE TABLE invitation (
    id VARCHAR(32) NOT NULL,
    round TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    language TEXT NOT NULL,
    contact TEXT NOT NULL,
    file_name TEXT NOT NULL,
    recipient TEXT NOT NULL,
    issued_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT fk_invitation_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE item (
    subject VARCHAR(32) NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT,
    heads TEXT NOT NULL,
    is_conflict BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_item PRIMARY KEY (subject, kind, path),
    CONSTRAINT fk_item_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
)
 WITHOUT ROWID

;
CREATE TABLE ledger_leaf (
    round TEXT NOT NULL,
    position INTEGER NOT NULL,
    subject VARCHAR(32) NOT NULL,
    operation INTEGER NOT NULL,
    heads_root VARCHAR(64) NOT NULL,
    salt VARCHAR(32) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_ledger_leaf PRIMARY KEY (round, position),
    CONSTRAINT fk_ledger_leaf_operation_operation FOREIGN KEY(operation) REFERENCES operation (number),
    CONSTRAINT fk_ledger_leaf_round_round FOREIGN KEY(round) REFERENCES round (code),
    CONSTRAINT fk_ledger_leaf_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
)
 WITHOUT ROWID

;
CREATE TABLE ledger_origin (
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_ledger_origin PRIMARY KEY (round, number),
    CONSTRAINT fk_ledger_origin_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE package (
    number INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    subject VARCHAR(32) NOT NULL,
    file_name TEXT NOT NULL,
    sender TEXT NOT NULL,
    read_at VARCHAR(27) NOT NULL,
    revisions INTEGER DEFAULT 0 NOT NULL,
    root VARCHAR(64) DEFAULT '' NOT NULL,
    trust VARCHAR(24) NOT NULL,
    device TEXT NOT NULL,
    signer_key TEXT NOT NULL,
    has_bare_beginning BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_package PRIMARY KEY (number),
    CONSTRAINT fk_package_subject_subject FOREIGN KEY(subject) REFERENCES subject (id),
    CONSTRAINT uq_package_digest UNIQUE (digest)
);
CREATE TABLE receipt (
    subject VARCHAR(32) NOT NULL,
    round TEXT NOT NULL,
    position INTEGER NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (subject),
    CONSTRAINT fk_receipt_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
);
CREATE TABLE received_invitation (
    id VARCHAR(32) NOT NULL,
    round TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    issuer_key TEXT NOT NULL,
    document TEXT NOT NULL,
    received_at VARCHAR(27) NOT NULL,
    is_replaced BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_received_invitation PRIMARY KEY (id),
    CONSTRAINT fk_received_invitation_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE response (
    id VARCHAR(32) NOT NULL,
    round TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    respondent_name TEXT NOT NULL,
    questionnaire VARCHAR(64) NOT NULL,
    language TEXT NOT NULL,
    is_made_here BOOLEAN NOT NULL,
    is_hidden BOOLEAN DEFAULT 0 NOT NULL,
    changed_at VARCHAR(27) NOT NULL,
    answered INTEGER,
    asked INTEGER,
    missing INTEGER,
    wrong INTEGER,
    conflicts INTEGER DEFAULT 0 NOT NULL,
    content TEXT DEFAULT '' NOT NULL,
    everything TEXT DEFAULT '' NOT NULL,
    signed_content TEXT DEFAULT '' NOT NULL,
    rests_on TEXT DEFAULT '' NOT NULL,
    exported TEXT DEFAULT '' NOT NULL,
    exported_at VARCHAR(27),
    CONSTRAINT pk_response PRIMARY KEY (id),
    CONSTRAINT ck_response_progress CHECK (answered >= 0 AND asked >= answered AND missing >= 0 AND wrong >= 0),
    CONSTRAINT fk_response_id_subject FOREIGN KEY(id) REFERENCES subject (id),
    CONSTRAINT fk_response_questionnaire_questionnaire FOREIGN KEY(questionnaire) REFERENCES questionnaire (hash),
    CONSTRAINT fk_response_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE round_respondent (
    round TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    contact TEXT NOT NULL,
    CONSTRAINT pk_round_respondent PRIMARY KEY (round, form_id, respondent),
    CONSTRAINT fk_round_respondent_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE summary (
    id VARCHAR(32) NOT NULL,
    round TEXT NOT NULL,
    mechanism TEXT NOT NULL,
    CONSTRAINT pk_summary PRIMARY KEY (id),
    CONSTRAINT fk_summary_id_subject FOREIGN KEY(id) REFERENCES subject (id),
    CONSTRAINT fk_summary_round_round FOREIGN KEY(round) REFERENCES round (code)
);
CREATE TABLE operation_file (
    operation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    package INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    result VARCHAR(16) NOT NULL,
    new INTEGER NOT NULL,
    same INTEGER NOT NULL,
    newer INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    CONSTRAINT pk_operation_file PRIMARY KEY (operation, position),
    CONSTRAINT fk_operation_file_operation_operation FOREIGN KEY(operation) REFERENCES operation (number),
    CONSTRAINT fk_operation_file_package_package FOREIGN KEY(package) REFERENCES package (number)
);
CREATE TABLE seal (
    number INTEGER NOT NULL,
    subject VARCHAR(32) NOT NULL,
    package INTEGER,
    device TEXT NOT NULL,
    "key" TEXT NOT NULL,
    signature TEXT NOT NULL,
    members TEXT,
    CONSTRAINT pk_seal PRIMARY KEY (number),
    CONSTRAINT fk_seal_package_package FOREIGN KEY(package) REFERENCES package (number),
    CONSTRAINT fk_seal_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
);
CREATE TABLE revision (
    subject VARCHAR(32) NOT NULL,
    id VARCHAR(64) NOT NULL,
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT,
    parents TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    made_at VARCHAR(27) NOT NULL,
    package INTEGER,
    seal INTEGER,
    is_hidden BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_revision PRIMARY KEY (subject, id),
    CONSTRAINT fk_revision_package_package FOREIGN KEY(package) REFERENCES package (number),
    CONSTRAINT fk_revision_seal_seal FOREIGN KEY(seal) REFERENCES seal (number),
    CONSTRAINT fk_revision_subject_subject FOREIGN KEY(subject) REFERENCES subject (id)
)
 WITHOUT ROWID

;
CREATE TABLE operation_revision (
    operation INTEGER NOT NULL,
    revision VARCHAR(64) NOT NULL,
    subject VARCHAR(32) NOT NULL,
    CONSTRAINT pk_operation_revision PRIMARY KEY (operation, revision),
    CONSTRAINT fk_operation_revision_operation_operation FOREIGN KEY(operation) REFERENCES operation (number),
    CONSTRAINT fk_operation_revision_subject_revision_revision FOREIGN KEY(subject, revision) REFERENCES revision (subject, id)
);
CREATE TABLE package_revision (
    package INTEGER NOT NULL,
    revision VARCHAR(64) NOT NULL,
    subject VARCHAR(32) NOT NULL,
    CONSTRAINT pk_package_revision PRIMARY KEY (package, revision),
    CONSTRAINT fk_package_revision_package_package FOREIGN KEY(package) REFERENCES package (number),
    CONSTRAINT fk_package_revision_subject_revision_revision FOREIGN KEY(subject, revision) REFERENCES revision (subject, id)
);
CREATE TABLE operation_refusal (
    operation INTEGER NOT NULL,
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    origin TEXT NOT NULL,
    within TEXT NOT NULL,
    problem TEXT NOT NULL,
    particulars TEXT NOT NULL,
    form_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    respondent_name TEXT NOT NULL,
    language TEXT NOT NULL,
    sender TEXT NOT NULL,
    address TEXT NOT NULL,
    mail_subject TEXT NOT NULL,
    mail_id TEXT NOT NULL,
    mail_language TEXT NOT NULL,
    CONSTRAINT pk_operation_refusal PRIMARY KEY (operation, position),
    CONSTRAINT fk_operation_refusal_operation_operation FOREIGN KEY(operation) REFERENCES operation (number)
)
 WITHOUT ROWID

;
CREATE TABLE taken_questionnaire (
    hash VARCHAR(64) NOT NULL,
    round TEXT NOT NULL,
    CONSTRAINT pk_taken_questionnaire PRIMARY KEY (hash, round),
    CONSTRAINT fk_taken_questionnaire_hash_questionnaire FOREIGN KEY(hash) REFERENCES questionnaire (hash)
);
CREATE INDEX ix_operation_about ON operation (about);
CREATE INDEX ix_attachment_use_digest ON attachment_use (digest);
CREATE INDEX ix_ledger_leaf_operation ON ledger_leaf (operation);
CREATE INDEX ix_ledger_leaf_subject ON ledger_leaf (subject);
CREATE INDEX ix_package_signer_key ON package (signer_key);
CREATE INDEX ix_package_subject ON package (subject);
CREATE INDEX ix_response_round_form_id_respondent ON response (round, form_id, respondent);
CREATE UNIQUE INDEX ix_summary_round_mechanism ON summary (round, mechanism);
CREATE INDEX ix_operation_file_package ON operation_file (package);
CREATE UNIQUE INDEX ix_seal_subject_signature ON seal (subject, signature);
CREATE INDEX ix_operation_revision_subject ON operation_revision (subject);
CREATE INDEX ix_package_revision_subject ON package_revision (subject);
INSERT INTO alembic_version VALUES ('0003');
