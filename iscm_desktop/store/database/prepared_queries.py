"""Queries as text. Written by `python -m iscm_desktop.store.schema_script` after `queries_to_prepare`."""

from iscm_desktop.store.database.transaction import PreparedQuery

SETTING_TABLE = PreparedQuery(
    """
CREATE TABLE IF NOT EXISTS setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
)
""",
    """
CREATE TABLE IF NOT EXISTS setting (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (key)
)
""",
)
SETTING = PreparedQuery(
    """
SELECT setting.value
FROM setting
WHERE setting."key" = :key
""",
    """
SELECT setting.value
FROM setting
WHERE setting.key = %(key)s::VARCHAR
""",
)
PUT_SETTING = PreparedQuery(
    """
INSERT INTO setting ("key", value) VALUES (:key, :value) ON CONFLICT ("key") DO UPDATE SET value =
excluded.value
""",
    """
INSERT INTO setting (key, value) VALUES (%(key)s::VARCHAR, %(value)s::VARCHAR) ON CONFLICT (key) DO UPDATE SET
value = excluded.value
""",
)
FORGET_SETTING = PreparedQuery(
    """
DELETE FROM setting WHERE setting."key" = :key
""",
    """
DELETE FROM setting WHERE setting.key = %(key)s::VARCHAR
""",
)
ROUNDS = PreparedQuery(
    """
SELECT round.code, round.title, CAST(round.due_on AS TEXT) AS due_on, round.created_at
FROM round ORDER BY round.created_at DESC, round.code DESC
""",
    """
SELECT round.code, round.title, CAST(round.due_on AS TEXT) AS due_on, round.created_at
FROM round ORDER BY round.created_at DESC, round.code DESC
""",
)
PUT_ROUND = PreparedQuery(
    """
INSERT INTO round (code, title, due_on, created_at) VALUES (:code, :title, :due_on, :created_at) ON CONFLICT
(code) DO UPDATE SET title = excluded.title, due_on = excluded.due_on
""",
    """
INSERT INTO round (code, title, due_on, created_at) VALUES (%(code)s::VARCHAR, %(title)s::VARCHAR,
%(due_on)s::DATE, %(created_at)s::VARCHAR) ON CONFLICT (code) DO UPDATE SET title = excluded.title, due_on =
excluded.due_on
""",
)
RESPONSES = PreparedQuery(
    """
SELECT response.id, response.round, response.form_id, questionnaire.title, questionnaire.version,
response.respondent, response.respondent_name, response.language, response.answered, response.asked,
response.missing, response.wrong, response.changed_at, response.exported_at, response.conflicts,
response.content, response.everything, response.signed_content, response.exported, EXISTS (SELECT *
FROM draft
WHERE draft.subject = response.id) AS anon_1, EXISTS (SELECT *
FROM draft
WHERE draft.subject = response.id AND draft.kind IN ('answer', 'entry', 'nothing_to_report')) AS anon_2,
(EXISTS (SELECT *
FROM subject
WHERE subject.id = response.id AND subject.kind = 'edition')) OR response.is_made_here = 0 AND (EXISTS (SELECT
*
FROM item
WHERE item.subject = response.id AND item.kind = 'edition')) AND NOT (EXISTS (SELECT *
FROM item
WHERE item.subject = response.id AND item.kind = 'questionnaire')) AS anon_3
FROM response JOIN questionnaire ON questionnaire.hash = response.questionnaire JOIN round ON round.code =
response.round
WHERE response.is_hidden = 0 AND (CAST(:id AS TEXT) IS NULL OR response.id = CAST(:id AS TEXT)) ORDER BY
round.created_at DESC, response.round DESC, response.form_id, response.respondent_name, response.respondent
""",
    """
SELECT response.id, response.round, response.form_id, questionnaire.title, questionnaire.version,
response.respondent, response.respondent_name, response.language, response.answered, response.asked,
response.missing, response.wrong, response.changed_at, response.exported_at, response.conflicts,
response.content, response.everything, response.signed_content, response.exported, EXISTS (SELECT *
FROM draft
WHERE draft.subject = response.id) AS anon_1, EXISTS (SELECT *
FROM draft
WHERE draft.subject = response.id AND draft.kind IN ('answer', 'entry', 'nothing_to_report')) AS anon_2,
(EXISTS (SELECT *
FROM subject
WHERE subject.id = response.id AND subject.kind = 'edition')) OR NOT response.is_made_here AND (EXISTS (SELECT
*
FROM item
WHERE item.subject = response.id AND item.kind = 'edition')) AND NOT (EXISTS (SELECT *
FROM item
WHERE item.subject = response.id AND item.kind = 'questionnaire')) AS anon_3
FROM response JOIN questionnaire ON questionnaire.hash = response.questionnaire JOIN round ON round.code =
response.round
WHERE NOT response.is_hidden AND (CAST(%(id)s AS TEXT) IS NULL OR response.id = CAST(%(id)s AS TEXT)) ORDER BY
round.created_at DESC, response.round DESC, response.form_id, response.respondent_name, response.respondent
""",
)
LAST_OPERATION = PreparedQuery(
    """
SELECT operation.number, operation.digest
FROM operation
WHERE operation.number = (SELECT max(operation.number) AS max_1
FROM operation)
""",
    """
SELECT operation.number, operation.digest
FROM operation
WHERE operation.number = (SELECT max(operation.number) AS max_1
FROM operation)
""",
)
OPERATION_OUTCOME = PreparedQuery(
    """
SELECT operation.digest, operation.outcome, operation.ended_at
FROM operation
WHERE operation.number = :which
""",
    """
SELECT operation.digest, operation.outcome, operation.ended_at
FROM operation
WHERE operation.number = %(which)s::INTEGER
""",
)
OPERATION_FILES = PreparedQuery(
    """
SELECT operation_file.position, operation_file.file_name, operation_file.result, operation_file.new,
operation_file.same, operation_file.newer, operation_file.removed, operation_file.conflicts, package.number,
package.digest, package.subject, package.file_name AS file_name_1, package.sender, package.read_at,
package.revisions, package.root
FROM operation_file JOIN package ON package.number = operation_file.package
WHERE operation_file.operation = :which ORDER BY operation_file.position
""",
    """
SELECT operation_file.position, operation_file.file_name, operation_file.result, operation_file."new",
operation_file.same, operation_file.newer, operation_file.removed, operation_file.conflicts, package.number,
package.digest, package.subject, package.file_name AS file_name_1, package.sender, package.read_at,
package.revisions, package.root
FROM operation_file JOIN package ON package.number = operation_file.package
WHERE operation_file.operation = %(which)s::INTEGER ORDER BY operation_file.position
""",
)
OPERATION_REVISIONS = PreparedQuery(
    """
SELECT operation_revision.subject, operation_revision.revision
FROM operation_revision
WHERE operation_revision.operation = :which ORDER BY operation_revision.revision
""",
    """
SELECT operation_revision.subject, operation_revision.revision
FROM operation_revision
WHERE operation_revision.operation = %(which)s::INTEGER ORDER BY operation_revision.revision
""",
)
OPERATION_REFUSALS = PreparedQuery(
    """
SELECT operation_refusal.position, operation_refusal.file_name, operation_refusal.origin,
operation_refusal.within, operation_refusal.problem, operation_refusal.particulars, operation_refusal.form_id,
operation_refusal.respondent, operation_refusal.respondent_name, operation_refusal.language,
operation_refusal.sender, operation_refusal.address, operation_refusal.mail_subject,
operation_refusal.mail_id, operation_refusal.mail_language
FROM operation_refusal
WHERE operation_refusal.operation = :which ORDER BY operation_refusal.position
""",
    """
SELECT operation_refusal.position, operation_refusal.file_name, operation_refusal.origin,
operation_refusal.within, operation_refusal.problem, operation_refusal.particulars, operation_refusal.form_id,
operation_refusal.respondent, operation_refusal.respondent_name, operation_refusal.language,
operation_refusal.sender, operation_refusal.address, operation_refusal.mail_subject,
operation_refusal.mail_id, operation_refusal.mail_language
FROM operation_refusal
WHERE operation_refusal.operation = %(which)s::INTEGER ORDER BY operation_refusal.position
""",
)
CLOSE_OPERATION = PreparedQuery(
    """
UPDATE operation SET closing=:closing WHERE operation.number = :which
""",
    """
UPDATE operation SET closing=%(closing)s::VARCHAR WHERE operation.number = %(which)s::INTEGER
""",
)
ADD_OPERATION = PreparedQuery(
    """
INSERT INTO operation (number, kind, started_at, person, device, parameters, about, outcome, ended_at, digest,
closing) VALUES (:number, :kind, :started_at, :person, :device, :parameters, :about, :outcome, :ended_at,
:digest, :closing)
""",
    """
INSERT INTO operation (number, kind, started_at, person, device, parameters, about, outcome, ended_at, digest,
closing) VALUES (%(number)s::INTEGER, %(kind)s::VARCHAR, %(started_at)s::VARCHAR, %(person)s::VARCHAR,
%(device)s::VARCHAR, %(parameters)s::VARCHAR, %(about)s::INTEGER, %(outcome)s::VARCHAR, %(ended_at)s::VARCHAR,
%(digest)s::VARCHAR, %(closing)s::VARCHAR)
""",
)
FINISH_OPERATION = PreparedQuery(
    """
UPDATE operation SET outcome=:outcome, ended_at=:ended_at WHERE operation.number = :which AND
operation.outcome IS NULL
""",
    """
UPDATE operation SET outcome=%(outcome)s::VARCHAR, ended_at=%(ended_at)s::VARCHAR WHERE operation.number =
%(which)s::INTEGER AND operation.outcome IS NULL
""",
)
CHECKPOINTS = PreparedQuery(
    """
SELECT checkpoint.round, checkpoint.number, checkpoint.size, checkpoint.root, checkpoint.peaks
FROM checkpoint ORDER BY checkpoint.round, checkpoint.number
""",
    """
SELECT checkpoint.round, checkpoint.number, checkpoint.size, checkpoint.root, checkpoint.peaks
FROM checkpoint ORDER BY checkpoint.round, checkpoint.number
""",
)
LEAF_HASHES = PreparedQuery(
    """
SELECT ledger_leaf.hash
FROM ledger_leaf
WHERE ledger_leaf.round = :round AND ledger_leaf.position >= :start AND ledger_leaf.position < :end ORDER BY
ledger_leaf.position
""",
    """
SELECT ledger_leaf.hash
FROM ledger_leaf
WHERE ledger_leaf.round = %(round)s::VARCHAR AND ledger_leaf.position >= %(start)s::INTEGER AND
ledger_leaf.position < %(end)s::INTEGER ORDER BY ledger_leaf.position
""",
)
RUNNING_OPERATIONS = PreparedQuery(
    """
SELECT operation.number, operation.kind, operation.parameters, (SELECT count(*) AS count_1
FROM operation_file
WHERE operation_file.operation = operation.number) AS anon_1
FROM operation
WHERE operation.outcome IS NULL AND (CAST(:device AS TEXT) IS NULL OR operation.device = CAST(:device AS
TEXT)) ORDER BY operation.number
""",
    """
SELECT operation.number, operation.kind, operation.parameters, (SELECT count(*) AS count_1
FROM operation_file
WHERE operation_file.operation = operation.number) AS anon_1
FROM operation
WHERE operation.outcome IS NULL AND (CAST(%(device)s AS TEXT) IS NULL OR operation.device = CAST(%(device)s AS
TEXT)) ORDER BY operation.number
""",
)
EXPORTS = PreparedQuery(
    """
SELECT operation.parameters
FROM operation
WHERE operation.kind = 'export' AND operation.outcome = 'done' ORDER BY operation.number
""",
    """
SELECT operation.parameters
FROM operation
WHERE operation.kind = 'export' AND operation.outcome = 'done' ORDER BY operation.number
""",
)
