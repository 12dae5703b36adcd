"""Rules of the database itself: finished files, and the files of submitted versions, do not change."""

from domain.billing.immutability import no_truncate_trigger
from domain.database import ddl

RECEIVED_WITHIN_SIZE = ddl.check("files", "files_received_within_size", "received BETWEEN 0 AND size AND size > 0")
FINISHED_IS_WHOLE = ddl.check(
    "files",
    "files_finished_is_whole",
    """state <> 'FINISHED' OR received = size AND sha256 ~ '^[0-9a-f]{64}$' AND media_type IS NOT NULL
        AND finished_at IS NOT NULL""",
)
WAITING_FILES = ddl.index(
    "files_waiting", "files (next_attempt_at, id) WHERE state = 'UPLOADING' AND next_attempt_at IS NOT NULL"
)
REMOVED_FILES = ddl.index("files_removed", "files (id) WHERE state = 'REMOVED'")
FILES_OF_MEMBER = ddl.index("files_of_member", "files (member_id, id)")
FILES_FOR_ORDER = ddl.index("files_for_order", "files (for_order_id) WHERE for_order_id IS NOT NULL")

KEEP_FINISHED = (
    """CREATE FUNCTION keep_finished_files() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (OLD.name, OLD.size, OLD.sha256, OLD.media_type, OLD.member_id, OLD.received)
            IS DISTINCT FROM (NEW.name, NEW.size, NEW.sha256, NEW.media_type, NEW.member_id, NEW.received)
            OR NEW.state NOT IN ('FINISHED', 'REMOVED')
        THEN
            RAISE EXCEPTION 'file % is finished and never changes', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_finished_files()",
)
KEEP_FINISHED_TRIGGER = (
    """CREATE TRIGGER files_keep_finished BEFORE UPDATE ON files
    FOR EACH ROW WHEN (OLD.state = 'FINISHED') EXECUTE FUNCTION keep_finished_files()""",
    "DROP TRIGGER files_keep_finished ON files",
)
KEEP_SUBMITTED = (
    """CREATE FUNCTION keep_submitted_files() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE submitted int;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION 'the files of a version never change' USING ERRCODE = 'restrict_violation';
        END IF;
        SELECT d.current_number INTO submitted FROM deliveries d
            WHERE d.id = CASE TG_OP WHEN 'DELETE' THEN OLD.delivery_id ELSE NEW.delivery_id END FOR SHARE;
        IF submitted >= (CASE TG_OP WHEN 'DELETE' THEN OLD.number ELSE NEW.number END) THEN
            RAISE EXCEPTION 'the files of a submitted version never change' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$""",
    "DROP FUNCTION keep_submitted_files()",
)
KEEP_SUBMITTED_TRIGGER = (
    """CREATE TRIGGER delivery_files_keep_submitted BEFORE INSERT OR UPDATE OR DELETE ON delivery_files
    FOR EACH ROW EXECUTE FUNCTION keep_submitted_files()""",
    "DROP TRIGGER delivery_files_keep_submitted ON delivery_files",
)
LINK_OR_FILE = ddl.check("evidence", "evidence_link_or_file", "(link IS NULL) <> (file_id IS NULL)")
EVIDENCE_OF_FILE = ddl.index("evidence_of_file", "evidence (file_id) WHERE file_id IS NOT NULL")

STATEMENTS = (
    RECEIVED_WITHIN_SIZE,
    FINISHED_IS_WHOLE,
    WAITING_FILES,
    REMOVED_FILES,
    FILES_OF_MEMBER,
    FILES_FOR_ORDER,
    KEEP_FINISHED,
    KEEP_FINISHED_TRIGGER,
    KEEP_SUBMITTED,
    KEEP_SUBMITTED_TRIGGER,
    no_truncate_trigger("delivery_files"),
)
KEEP_OWNER = (
    KEEP_FINISHED[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("OLD.member_id,", "OLD.member_id, OLD.account_id,")
    .replace("NEW.member_id,", "NEW.member_id, NEW.account_id,"),
    KEEP_FINISHED[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
)
ONE_OWNER = ddl.check("files", "files_one_owner", "num_nonnulls(member_id, account_id) = 1")
FILES_OF_ACCOUNT = ddl.index("files_of_account", "files (account_id, id) WHERE account_id IS NOT NULL")
COMMENT_STATEMENTS = (
    KEEP_OWNER,
    ONE_OWNER,
    FILES_OF_ACCOUNT,
    ddl.insert_only("comment_files"),
    no_truncate_trigger("comment_files"),
)
KEEP_CHECKED = (
    """CREATE OR REPLACE FUNCTION keep_finished_files() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (OLD.name, OLD.size, OLD.sha256, OLD.media_type, OLD.member_id, OLD.account_id, OLD.received)
            IS DISTINCT FROM (NEW.name, NEW.size, NEW.sha256, NEW.media_type, NEW.member_id, NEW.account_id,
                NEW.received)
            OR NEW.state NOT IN (OLD.state, 'REMOVED')
                AND (OLD.state <> 'CHECKING' OR NEW.state NOT IN ('FINISHED', 'QUARANTINED'))
            OR OLD.state <> 'CHECKING'
                AND (OLD.virus_check, OLD.virus_name) IS DISTINCT FROM (NEW.virus_check, NEW.virus_name)
        THEN
            RAISE EXCEPTION 'file % is finished and never changes', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$""",
    KEEP_OWNER[0],
)
KEEP_CHECKED_TRIGGER = (
    """CREATE OR REPLACE TRIGGER files_keep_finished BEFORE UPDATE ON files FOR EACH ROW
    WHEN (OLD.state IN ('CHECKING', 'FINISHED', 'QUARANTINED')) EXECUTE FUNCTION keep_finished_files()""",
    KEEP_FINISHED_TRIGGER[0].replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER"),
)
KEEP_CONTACT = (
    KEEP_CHECKED[0]
    .replace("OLD.account_id, OLD.received", "OLD.account_id, OLD.contact_id, OLD.received")
    .replace(
        "NEW.account_id,\n                NEW.received", "NEW.account_id,\n                NEW.contact_id, NEW.received"
    ),
    KEEP_CHECKED[0],
)
CHECKED_IS_WHOLE = ddl.check(
    "files",
    "files_checked_is_whole",
    """state NOT IN ('CHECKING', 'QUARANTINED') OR received = size AND sha256 ~ '^[0-9a-f]{64}$'
        AND media_type IS NOT NULL AND finished_at IS NOT NULL""",
)
QUARANTINED_IS_INFECTED = ddl.check(
    "files",
    "files_quarantined_is_infected",
    "state <> 'QUARANTINED' OR virus_check = 'INFECTED' AND virus_name IS NOT NULL",
)
FINISHED_IS_NOT_INFECTED = ddl.check(
    "files", "files_finished_is_not_infected", "state <> 'FINISHED' OR virus_check IS DISTINCT FROM 'INFECTED'"
)
FILES_TO_CHECK = ddl.index("files_to_check", "files (next_attempt_at, id) WHERE state = 'CHECKING'")
FILES_OF_CONTACT = ddl.index("files_of_contact", "files (contact_id, id) WHERE contact_id IS NOT NULL")
ONE_OWNER_OF_THREE = ddl.check("files", "files_one_owner", "num_nonnulls(member_id, account_id, contact_id) = 1")
CONTACT_STATEMENTS = (KEEP_CONTACT, (ONE_OWNER[1], ONE_OWNER[0]), ONE_OWNER_OF_THREE, FILES_OF_CONTACT)
CHECK_STATEMENTS = (
    KEEP_CHECKED,
    KEEP_CHECKED_TRIGGER,
    CHECKED_IS_WHOLE,
    QUARANTINED_IS_INFECTED,
    FINISHED_IS_NOT_INFECTED,
    FILES_TO_CHECK,
)
EVIDENCE_STATEMENTS = (LINK_OR_FILE, EVIDENCE_OF_FILE)
WAITING_PREVIEWS = ddl.index("file_previews_waiting", "file_previews (next_attempt_at, id) WHERE state = 'WAITING'")
PREVIEW_STATEMENTS = (WAITING_PREVIEWS,)
