"""Effects of the moves of bank files: a file is read as a whole, and what is sure of it is booked at once."""

import asyncio
import base64
import binascii
import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from domain.bank.camt.faults import BrokenBankFile
from domain.bank.camt.reader import read_bank_file
from domain.bank.camt.values import BankBooking, BankStatements, Bounds
from domain.bank.facts import SuggestionFacts, suggestions_of
from domain.bank.fingerprints import fingerprints
from domain.bank.inputs import BankFileContent, Booking, ShareInput
from domain.bank.model import BankFile, BankTransaction, BankTransactionStatus
from domain.bank.suggestions import Suggestion
from domain.engine import facts
from domain.engine.transition import TransitionContext, apply_all
from domain.kernel.errors import Refused, invalid
from domain.kernel.identifiers import compact

# One file after the other, so that what comes twice at once is refused like what comes again.
LOCK_IMPORTS = "SELECT pg_advisory_xact_lock(hashtextextended('imports.bankFiles', 0))"
SAME_FILE = "SELECT 1 FROM bank_files f WHERE f.sha256 = $1"
OWN_ACCOUNTS = "SELECT s.iban, s.further_ibans FROM operator_settings s"
MAX_AHEAD = timedelta(days=7)
KNOWN = "SELECT b.fingerprint FROM bank_transactions b WHERE b.fingerprint = ANY($1::text[])"
OPEN_OF_FILE = f"""SELECT t.id, {facts.select(SuggestionFacts, "t")}::text AS facts FROM bank_transactions t
    WHERE t.file_id = $1 AND t.status = 'OPEN' AND t.amount_cents > 0 ORDER BY t.position FOR UPDATE OF t"""


async def import_file(move: TransitionContext) -> BankFile:
    """Read the file and keep its transactions; `Refused` with line and reason when it is broken or known."""
    entered: BankFileContent = move.input
    content = _decoded(entered.content)
    digest, read = sha256(content).hexdigest(), await asyncio.to_thread(_read, content, await _bounds(move))
    await move.connection.execute_query(LOCK_IMPORTS)
    if await move.connection.execute_query_dict(SAME_FILE, [digest]):
        raise Refused(invalid("bank_file_known", "content"))
    bookings = [booking for statement in read.statements for booking in statement.bookings]
    new = await _new_ones(move, bookings)
    file = BankFile(
        file_name=entered.file_name.strip(),
        sha256=digest,
        format=read.format,
        account_count=len({statement.account_iban for statement in read.statements}),
        transaction_count=len(new),
        known_count=len(bookings) - len(new),
        created_by_id=move.context.actor.account_id,
        created_at=move.now,
    )
    move.insert(file)
    for position, (fingerprint, booking) in enumerate(new, start=1):
        move.insert(_transaction(move, file, position, fingerprint, booking))
    move.event_body |= {"file": file.file_name, "sha256": digest, "count": len(new), "known": file.known_count}
    return file


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(invalid("bank_file_not_base64", "content")) from error


async def _bounds(move: TransitionContext) -> Bounds:
    """The operator's accounts, if it has named any; a bank may book for one of the next working days."""
    (row,) = await move.connection.execute_query_dict(OWN_ACCOUNTS)
    named = [compact(each) for each in (row["iban"], *row["further_ibans"].split(","))]
    accounts = frozenset(filter(None, named)) if row["iban"] else frozenset[str]()
    return Bounds(accounts=accounts, last_day=move.context.today + MAX_AHEAD)


def _read(content: bytes, bounds: Bounds) -> BankStatements:
    try:
        return read_bank_file(content, bounds)
    except BrokenBankFile as broken:
        raise Refused(invalid(broken.reason, "content", line=broken.line or 1, **broken.params)) from broken


async def _new_ones(move: TransitionContext, bookings: Sequence[BankBooking]) -> list[tuple[str, BankBooking]]:
    """Those that no earlier file has brought, with their fingerprints."""
    found = list(fingerprints(bookings))
    known = {row["fingerprint"] for row in await move.connection.execute_query_dict(KNOWN, [found])}
    return [(each, booking) for each, booking in zip(found, bookings, strict=True) if each not in known]


def _transaction(
    move: TransitionContext, file: BankFile, position: int, fingerprint: str, booking: BankBooking
) -> BankTransaction:
    """What went out pays no receivable, so that it is set aside at once."""
    came_in = booking.amount_cents > 0
    return BankTransaction(
        status=BankTransactionStatus.OPEN if came_in else BankTransactionStatus.SET_ASIDE,
        file_id=file.id,
        position=position,
        fingerprint=fingerprint,
        created_at=move.now,
        **vars(booking),
    )


async def book_suggestions(move: TransitionContext) -> None:
    """Book what is sure enough; never more than is owed, and one transaction for each receivable at a time."""
    rows = await move.connection.execute_query_dict(OPEN_OF_FILE, [move.row.id])
    found = [(row["id"], suggestions_of(facts.read(SuggestionFacts, json.loads(row["facts"])))) for row in rows]
    requests = [*_sure(found, move.input.confidence if move.input else 95)]
    transactions = move.work.registry.lifecycles["bankTransaction"]
    await apply_all(move.work, transactions, transactions.moves["book"], requests, move.context)
    move.event_body["booked"] = len(requests)


def _sure(found: Sequence[tuple[UUID, list[Suggestion]]], confidence: int) -> list[tuple[UUID, Booking]]:
    taken: set[UUID] = set()
    requests = []
    for transaction_id, listed in found:
        if not listed or listed[0].confidence < confidence or _is_tie(listed):
            continue
        named = {share.receivable_id for share in listed[0].shares}
        if not named & taken:
            taken |= named
            requests.append((transaction_id, booking_of(listed[0])))
    return requests


def _is_tie(listed: Sequence[Suggestion]) -> bool:
    return len(listed) > 1 and listed[0].confidence == listed[1].confidence


def booking_of(suggestion: Suggestion) -> Booking:
    """The suggestion as the input that books it."""
    return Booking(
        shares=tuple(
            ShareInput(receivable_id=each.receivable_id, amount=Decimal(each.amount_cents) / 100)
            for each in suggestion.shares
        )
    )


def note_shares(move: TransitionContext) -> None:
    move.event_body["shares"] = [
        {"receivable_id": each.receivable_id, "amount": each.amount} for each in move.input.shares
    ]


def note_reason(move: TransitionContext) -> None:
    move.event_body["reason"] = move.input.reason.strip()


def set_aside(move: TransitionContext) -> None:
    move.row.note = move.input.note.strip()
    move.event_body["reason"] = move.row.note


def restore(move: TransitionContext) -> None:
    move.row.note = ""
