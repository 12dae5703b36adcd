"""The stages of many invoices: composed, checked, printed, rendered, sent and posted, each counted in the database."""

from tests.chaos.billing.kills import Stage

# A portion of an operation, or a single print, that is not committed yet.
HOLDS = """SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND l.relation = '{table}'::regclass AND l.mode = '{mode}'
        AND l.pid <> pg_backend_pid())"""
PORTION_IS_OPEN = HOLDS.format(table="bulk_operations", mode="RowShareLock")
NUMBER_IS_TAKEN = HOLDS.format(table="number_series", mode="RowExclusiveLock")
JOB_IS_CLAIMED = """SELECT EXISTS (SELECT FROM document_jobs WHERE kind = '{kind}' AND state = 'PENDING'
    AND attempts > 0 AND next_attempt_at > clock_timestamp())"""
JOBS_DONE = "SELECT count(*) FROM document_jobs WHERE kind = '{kind}' AND state = 'DONE'"


def composed(invoices: int) -> Stage:
    """The drafts of a run."""
    return Stage(
        name="compose",
        done="SELECT count(*) FROM invoices",
        total=invoices,
        is_in_the_middle=PORTION_IS_OPEN,
    )


def checked(invoices: int) -> Stage:
    """The judgements of the official rules."""
    return Stage(
        name="check",
        done=JOBS_DONE.format(kind="CHECK"),
        total=invoices,
        is_in_the_middle=JOB_IS_CLAIMED.format(kind="CHECK"),
    )


def printed(invoices: int, is_in_the_middle: str) -> Stage:
    """The numbers that are taken, by a run or one by one."""
    return Stage(
        name="print",
        done="SELECT count(*) FROM document_numbers",
        total=invoices,
        is_in_the_middle=is_in_the_middle,
    )


def rendered(invoices: int) -> Stage:
    """The documents that are stored."""
    return Stage(
        name="render",
        done=JOBS_DONE.format(kind="RENDERING"),
        total=invoices,
        is_in_the_middle=JOB_IS_CLAIMED.format(kind="RENDERING"),
    )


def posted(invoices: int) -> Stage:
    """The invoices that were sent, and are in the books."""
    return Stage(
        name="post",
        done="SELECT count(*) FROM invoices WHERE status = 'POSTED'",
        total=invoices,
        is_in_the_middle="SELECT EXISTS (SELECT FROM invoices WHERE status = 'PRINTED')",
    )
