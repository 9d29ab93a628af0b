"""Tables, links and indexes of the first schema; once it is released, never edited.

Columns are written out here and not taken from the records, because the records of tomorrow must not change
yesterday's step. A test compares both.
"""

from __future__ import annotations

# Each word is a column; `:int` an integer, `:date` the five columns of a partial date, anything else text.
TABLES = {
    "source": "id name publisher address reliability read_on:date origin_id note",
    "body": "id name kind other_names state_link note country",
    "place": "id name kind number region",
    "place_alias": "id place_id name language",
    "cohort": "id name origin_id taken:date claimed_size:int source note",
    "case_file": (
        "id code alias status status_reason owner interval_days:int next_review:date last_seen:date held_at "
        "circumstances recorded_ms:int russian_letters_by russian_letters_on:date"
    ),
    "person": (
        "id sex born:date citizenship time_zone language form_of_address safe_hours phone_shared_with "
        "safety_note note merged_into recorded_ms:int"
    ),
    "person_name": "id person_id entered kind language family given patronymic source",
    "identifier": "id person_id kind number issued:date issued_by source",
    "role": "id case_id person_id kind claimed:int basis",
    "endpoint": "id kind raw norm mark note",
    "person_endpoint": "id person_id endpoint_id raw",
    "conversation": (
        "id case_id person_id happened:date ended:date channel in_the_room language noted call_back:date text "
        "recorded_ms:int"
    ),
    "entry": (
        "id kind case_id conversation_id happened:date learned:date basis hands:int reliability credibility "
        "source source_id words words_from words_language translation translated_by text checked check_failed "
        "topics hazards place_id cohort_id body_id recorded_ms:int"
    ),
    "entry_person": "id entry_id person_id part",
    "endpoint_use": "id entry_id endpoint_id part raw case_id",
    "sign_of_life": "id sign_class direction channel recognised_by check_question check_answered",
    "approach": (
        "id channel claimed_name claimed_body claimed_position pretext demands pressure threats proof_asked "
        "proof_given advice outcome"
    ),
    "document_request": "id document channel pages purpose contradicts sent sent_on:date follow_up",
    "promise": (
        "id promise amount:int currency conditions written contract_shown status fulfilled_on:date fulfilled_source"
    ),
    "promise_term": "id promise_id position:int due:date said:date",
    "payment": "id amount:int currency promise_id form receipt",
    "consent": (
        "id case_id giver_id purposes scope given:date form language asked_by risks_read alone adult "
        "necessity withhold_name:int withhold_why until:date withdrawn:date recorded_ms:int"
    ),
    "withholding": (
        "id case_id from_person_id topic entry_id identifier_id by_wish_of said reason review:date state "
        "learned_how recorded_ms:int"
    ),
    "disclosure": "id case_id made_ms:int profile language to_whom consents sha256 written_to",
    "disclosure_item": "id disclosure_id record_table record_id",
    "case_state": (
        "case_id word_earliest word_latest last_talk call_back first_due code alias_key seen_earliest seen_latest "
        "silent_since next_due counted_from soon_on now_on overdue talk_from talk_on"
    ),
    "copy": (
        "id:int copy_id counter:int commit_seq:int zone phone_region language demo_day "
        "backup_ms:int backup_seq:int backup_place backup_places doors unwitnessed:int"
    ),
    "journal_head": (
        "seq:int copy_id counter:int time_ms:int offset_min:int actor reason refers:int schema:int "
        "table_name row_id case_id previous payload_hash hash"
    ),
    "journal_payload": "seq:int salt body",
    "search_key": "row:int record_table record_id case_id",
    "draft": "id form case_id field value saved_ms:int",
    "cohort_member": "id cohort_id case_id source",
    "offer": (
        "id employer term monthly:int currency promised training excluded selected:int applied:int "
        "contract_shown own_will own_words"
    ),
    "stay": "id kind arrived:date left:date version",
    "status_report": "id dimension value about_group cohort_claim death_basis confirmed_by",
    "denial": "id body_id denied",
    "step_taken": "id by_whom step proof_of_sending registration registered:date why_not",
    "step_body": "id step_id body_id since:date forwarded_from",
    "step_reply": "id step_body_id reply received:date text",
    "task": "id case_id text kind due:date who state done_on:date outcome about_id recorded_ms:int",
    "check_question": "id case_id question answer agreed_with state used_on:date result",
    "legal_status": "id case_id article court term_start:date term_end:date parole:date regime counsel source",
    "family_effect": "id case_id as_of:date dependants income health threats note",
    "legal_hold": "id case_id reason by since:date review:date lifted:date",
    "custom_field": "id name of privacy_class",
    "custom_value": "id field_id privacy_class content case_id person_id",
    "attachment": "id case_id entry_id name media size:int sha256 blob sealed_sha256 seal_key recorded_ms:int",
}
KEYS = {"case_state": "case_id", "journal_head": "seq", "journal_payload": "seq", "search_key": "row"}
LINKS = {
    "case_file": ("held_at>place",),
    "person": ("merged_into>person",),
    "person_name": ("person_id>person",),
    "role": ("case_id>case_file", "person_id>person"),
    "person_endpoint": ("person_id>person", "endpoint_id>endpoint"),
    "place_alias": ("place_id>place",),
    "consent": ("case_id>case_file", "giver_id>person"),
    "withholding": (
        "case_id>case_file",
        "from_person_id>person",
        "entry_id>entry",
        "identifier_id>identifier",
    ),
    "disclosure": ("case_id>case_file",),
    "disclosure_item": ("disclosure_id>disclosure",),
    "conversation": ("case_id>case_file", "person_id>person"),
    "entry": (
        "case_id>case_file",
        "conversation_id>conversation",
        "place_id>place",
        "source_id>source",
        "cohort_id>cohort",
        "body_id>body",
    ),
    "entry_person": ("entry_id>entry", "person_id>person"),
    "endpoint_use": ("entry_id>entry", "endpoint_id>endpoint", "case_id>case_file"),
    "sign_of_life": ("id>entry",),
    "approach": ("id>entry",),
    "document_request": ("id>entry",),
    "promise": ("id>entry",),
    "promise_term": ("promise_id>promise",),
    "payment": ("id>entry", "promise_id>promise"),
    "case_state": ("case_id>case_file",),
    "journal_payload": ("seq>journal_head",),
    "cohort": ("origin_id>place",),
    "source": ("origin_id>source",),
    "cohort_member": ("cohort_id>cohort", "case_id>case_file"),
    "offer": ("id>entry",),
    "stay": ("id>entry",),
    "status_report": ("id>entry",),
    "denial": ("id>entry", "body_id>body"),
    "step_taken": ("id>entry",),
    "step_body": ("step_id>step_taken", "body_id>body", "forwarded_from>step_body"),
    "step_reply": ("step_body_id>step_body",),
    "task": ("case_id>case_file", "about_id>entry"),
    "check_question": ("case_id>case_file", "agreed_with>person"),
    "identifier": ("person_id>person",),
    "legal_status": ("case_id>case_file",),
    "family_effect": ("case_id>case_file",),
    "legal_hold": ("case_id>case_file",),
    "custom_value": ("field_id>custom_field", "case_id>case_file", "person_id>person"),
    "attachment": ("case_id>case_file", "entry_id>entry"),
}
UNIQUE = (
    ("case_file", "code"),
    ("endpoint", "kind norm"),
    ("search_key", "record_table record_id"),
    ("draft", "form case_id field"),
)
INDEXES = (
    ("case_state", "code"),
    ("case_state", "alias_key code"),
    ("case_state", "silent_since code"),
    ("case_state", "last_talk code"),
    ("case_state", "next_due code"),
    ("case_state", "call_back code"),
    ("case_state", "counted_from code soon_on now_on"),
    ("case_state", "overdue code"),
    ("case_state", "talk_from code talk_on"),
    ("person", "merged_into"),
    ("person_name", "person_id"),
    ("role", "case_id"),
    ("role", "person_id case_id"),
    ("person_endpoint", "person_id"),
    ("person_endpoint", "endpoint_id person_id"),
    ("consent", "case_id"),
    ("withholding", "case_id"),
    ("disclosure", "case_id"),
    ("conversation", "case_id happened_earliest"),
    ("entry", "case_id happened_earliest"),
    ("entry", "conversation_id"),
    ("entry", "place_id"),
    ("entry", "cohort_id"),
    ("entry", "body_id"),
    ("entry_person", "entry_id"),
    ("entry_person", "person_id"),
    ("endpoint_use", "entry_id"),
    ("endpoint_use", "endpoint_id case_id entry_id"),  # a shared number has very many: whose they are stands here
    ("promise_term", "promise_id"),
    ("payment", "promise_id"),
    ("disclosure_item", "disclosure_id"),
    ("journal_head", "counter"),
    ("journal_head", "row_id"),
    ("journal_head", "case_id"),
    ("cohort_member", "cohort_id"),
    ("cohort_member", "case_id"),
    ("denial", "body_id"),
    ("step_body", "step_id"),
    ("step_body", "body_id"),
    ("step_reply", "step_body_id"),
    ("task", "case_id"),
    ("check_question", "case_id"),
    ("identifier", "person_id"),
    ("legal_status", "case_id"),
    ("family_effect", "case_id"),
    ("legal_hold", "case_id"),
    ("custom_value", "field_id"),
    ("custom_value", "case_id"),
    ("custom_value", "person_id"),
    ("attachment", "case_id"),
    ("attachment", "entry_id"),
)
# Of what may wait for the office only the few rows that can, in the order in which they are asked for.
WAITING = (
    "task_untold ON task(recorded_ms, case_id) WHERE kind = 'tell_family' AND state = 'open'",
    (
        "consent_ends ON consent(min(coalesce(withdrawn_latest, '9999-12-31'), coalesce(until_latest, '9999-12-31')), "
        "case_id) WHERE coalesce(withdrawn_latest, until_latest) IS NOT NULL"
    ),
    (
        "case_file_last_seen ON case_file(coalesce(last_seen_earliest, last_seen_latest), last_seen_latest, id) "
        "WHERE status = 'open' AND last_seen IS NOT NULL"
    ),
    "case_file_unseen ON case_file(id) WHERE status = 'open' AND last_seen IS NULL",
    "step_taken_shown ON step_taken(id) WHERE proof_of_sending <> '' OR registered IS NOT NULL",
    "step_body_forwarded ON step_body(id) WHERE forwarded_from IS NOT NULL",
    "step_reply_acknowledged ON step_reply(step_body_id) WHERE reply = 'acknowledged'",
    "case_file_ended ON case_file(recorded_ms) WHERE status = 'ended'",
    "journal_head_attached ON journal_head(seq) WHERE table_name = 'attachment'",  # which sealed files it still names
)
# Every record of a person beside every record of the same person, itself among them: what reads of people go through.
# Branches and not one condition, so that each runs along an index.
SAME_PERSON = """
CREATE VIEW same_person AS
SELECT id, id AS other FROM person
UNION ALL SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL
UNION ALL SELECT merged_into, id FROM person WHERE merged_into IS NOT NULL
UNION ALL SELECT a.id, b.id FROM person a JOIN person b ON b.merged_into = a.merged_into AND b.id <> a.id
"""
