"""Records about an account's person that are kept when the account is erased."""

from dataclasses import dataclass

from domain.access.scoped_table import ScopedTable
from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.engine.facts import fact
from domain.personal_data.kept_records import Found, Kept, found, kept
from domain.retention.periods import KeptRecord

EVENTS = "FROM events e WHERE e.account_id = {t}.id OR e.subject_kind = 'account' AND e.subject_id = {t}.id"
AUDITED = "FROM audit x WHERE x.account_id = {t}.id OR x.detail ->> 'account' = {t}.id::text"
LETTERS = "FROM outbox m WHERE m.account_id = {t}.id AND m.sent_at IS NOT NULL"
MEMBERSHIP = "FROM members m WHERE m.account_id = {t}.id"


@dataclass(frozen=True)
class AccountRecords:
    """How many records of each kind there are, and when the last one was made."""

    events: Found = fact(found(EVENTS, "e.at"))
    audit: Found = fact(found(AUDITED, "x.at"))
    letters: Found = fact(found(LETTERS, "m.sent_at"))
    memberships: Found = fact(found(MEMBERSHIP, "app_now()"))


@dataclass(frozen=True)
class RecordsOfAccount:
    """The facts and their table, as `read_facts` takes them."""

    facts: type = AccountRecords
    scope: ScopedTable = ACCOUNTS_SCOPE


def kept_records(records: AccountRecords) -> list[Kept]:
    """What is kept of an account's person, and until when; a membership counts from today."""
    return [
        *kept(KeptRecord.LETTERS, records.letters),
        *kept(KeptRecord.HISTORY, records.events),
        *kept(KeptRecord.AUDIT, records.audit),
        *kept(KeptRecord.MEMBERSHIP, records.memberships),
    ]
