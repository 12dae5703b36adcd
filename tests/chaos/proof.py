"""The proof after a run: what was promised, looked up in the database and in the mail server's counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos import statements
from tests.chaos.connection import Administrator
from tests.chaos.ledger import Ledger, Trace
from tests.chaos.mail_sink import MailSink

MOST_SHOWN = 5


@dataclass
class Findings:
    """What was counted, and each promise that did not hold, with examples."""

    counts: dict[str, int] = field(default_factory=dict)
    violations: dict[str, Sequence[str]] = field(default_factory=dict)

    def require_none(self, promise: str, found: Sequence[object]) -> None:
        """Count what breaks a promise."""
        self.counts[promise] = len(found)
        if found:
            self.violations[promise] = [str(each) for each in found[:MOST_SHOWN]]


async def prove(administrator: Administrator, ledger: Ledger, mails: MailSink) -> Findings:
    """Compare what clients were told, and what was due, with what is there."""
    findings = Findings()
    await _prove_mutations(administrator, ledger, findings)
    for promise, statement in statements.PROMISES.items():
        rows = await administrator.fetch(statement)
        findings.require_none(promise, [dict(row) for row in rows])
    await _prove_mails(administrator, mails, findings)
    for name, statement in statements.COUNTS.items():
        findings.counts[name] = await administrator.fetchval(statement)
    return findings


async def _prove_mutations(administrator: Administrator, ledger: Ledger, findings: Findings) -> None:
    """Each acknowledged mutation left its rows, and none left them twice; what had no answer may be there or not."""
    rows = await administrator.fetch(statements.TRACES)
    there: Counter[Trace] = Counter({(row["kind"], row["what"]): row["rows"] for row in rows})
    asked = {trace for counts in (ledger.acknowledged, ledger.unknown, ledger.refused) for trace in counts}
    lost, doubled = [], []
    for trace in asked:
        found, least = there[_inner(trace)], ledger.acknowledged[trace]
        if found < least:
            lost.append(f"{trace}: {found} of {least}")
        if found > least + ledger.unknown[trace]:
            doubled.append(f"{trace}: {found}, acknowledged {least}")
    findings.require_none("acknowledged mutations lost", lost)
    findings.require_none("mutations doubled, or made and refused", doubled)
    stored = {row["key"] for row in await administrator.fetch(statements.KEYS)}
    findings.require_none("keys without their outcome", sorted(ledger.keys - stored))


def _inner(trace: Trace) -> Trace:
    """The trace as the database writes it: identifiers without their prefix."""
    kind, what = trace
    return (kind, what.partition("_")[2]) if "." in kind else trace


async def _prove_mails(administrator: Administrator, mails: MailSink, findings: Findings) -> None:
    """What is marked as sent was accepted, alone or in the one mail of its batch."""
    rows = await administrator.fetch(statements.SENT_MAILS)
    accepted = {_batch(row) for row in rows if row["id"] in mails.accepted}
    lost = [row["id"] for row in rows if row["id"] not in mails.accepted and _batch(row) not in accepted]
    findings.require_none("mails marked as sent that never arrived", lost)
    known = {row["id"] for row in await administrator.fetch(statements.EVERY_MAIL)}
    findings.require_none("mails of no message", sorted(set(mails.accepted) - known))
    findings.counts["mails accepted"] = mails.accepted.total()
    findings.counts["mails that arrived again under the same Message-ID"] = sum(
        count - 1 for count in mails.accepted.values()
    )


def _batch(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What the messages of one mail have in common; a message of its own has its id."""
    if row["operation_id"] or row["digest_at"]:
        return row["reader"], row["operation_id"], row["digest_at"]
    return (row["id"],)
