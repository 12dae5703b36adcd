"""Records about an account's person that are kept when the account is erased."""

from dataclasses import dataclass
from datetime import date

from domain.access.scoped_table import ScopedTable
from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.engine.facts import fact
from domain.personal_data.kept_records import Kept, kept
from domain.retention.periods import KeptRecord

EVENTS = "FROM events e WHERE e.account_id = {t}.id OR e.subject_kind = 'account' AND e.subject_id = {t}.id"
AUDITED = "FROM audit x WHERE x.account_id = {t}.id OR x.detail ->> 'account' = {t}.id::text"
LETTERS = "FROM outbox m WHERE m.account_id = {t}.id AND m.sent_at IS NOT NULL"
MEMBERSHIP = "FROM members m WHERE m.account_id = {t}.id"


@dataclass(frozen=True)
class AccountRecords:
    """How many records of each kind there are, and when the last one was made."""

    events: int = fact(f"(SELECT count(*) {EVENTS})")
    last_event_on: date | None = fact(f"(SELECT max(e.at)::date {EVENTS})")
    audit: int = fact(f"(SELECT count(*) {AUDITED})")
    last_audited_on: date | None = fact(f"(SELECT max(x.at)::date {AUDITED})")
    letters: int = fact(f"(SELECT count(*) {LETTERS})")
    last_letter_on: date | None = fact(f"(SELECT max(m.sent_at)::date {LETTERS})")
    memberships: int = fact(f"(SELECT count(*) {MEMBERSHIP})")
    today: date = fact("app_now()::date")


@dataclass(frozen=True)
class RecordsOfAccount:
    """The facts and their table, as `read_facts` takes them."""

    facts: type = AccountRecords
    scope: ScopedTable = ACCOUNTS_SCOPE


def kept_records(records: AccountRecords) -> list[Kept]:
    """What is kept of an account's person, and until when; a membership counts from today."""
    return [
        *kept(KeptRecord.LETTERS, records.letters, records.last_letter_on),
        *kept(KeptRecord.HISTORY, records.events, records.last_event_on),
        *kept(KeptRecord.AUDIT, records.audit, records.last_audited_on),
        *kept(KeptRecord.MEMBERSHIP, records.memberships, records.today),
    ]
