"""Effects of the moves of imports: a file is checked and kept for a day, entered as a whole, or removed."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.database.audit import audit
from domain.engine.transition import TransitionContext, make
from domain.imports.decoding import decode, decode_base64
from domain.imports.examination import MOVE, RECIPES, examine
from domain.imports.inputs import ImportFile
from domain.imports.model import DataImport
from domain.imports.recipe import Entry
from domain.kernel.actors import CLOCK

# So many entries are written with one statement, far below the time that a statement may take.
PORTION = 200
# Evaluating thousands of rows takes longer than the transaction of one move may be idle.
TAKE_TIME = """SELECT set_config('idle_in_transaction_session_timeout', '5min', TRUE),
    set_config('statement_timeout', '5min', TRUE)"""


async def check(move: TransitionContext) -> DataImport:
    """Check the file and keep it; `Refused` with every fault, and then nothing is kept."""
    entered: ImportFile = move.input
    file = decode(decode_base64(entered.content))
    transition = move.work.registry.lifecycles[RECIPES[entered.kind].noun].moves[MOVE]
    await move.connection.execute_query(TAKE_TIME)
    examined = await examine(move.connection, entered.kind, file.text, transition, move.context)
    checked = DataImport(
        kind=entered.kind,
        file_name=entered.file_name.strip(),
        sha256=file.sha256,
        encoding=file.encoding,
        delimiter=examined.delimiter,
        row_count=len(examined.entries),
        mail_count=examined.mail_count,
        text=file.text,
        created_by_id=move.context.actor.account_id,
        created_at=move.now,
    )
    move.event_body |= _account_of(checked)
    move.insert(checked)
    return checked


async def run(move: TransitionContext) -> None:
    """Enter everything in the file, which is checked again as things are now; `Refused` when anything is wrong.

    Each entry is a move of its own, made by the system in the name of the one who imports.
    """
    checked: DataImport = move.row
    lifecycle = move.work.registry.lifecycles[RECIPES[checked.kind].noun]
    transition = lifecycle.moves[MOVE]
    for statement in (TAKE_TIME, RECIPES[checked.kind].lock):
        await move.connection.execute_query(statement)
    context = move.context.as_actor(replace(CLOCK, name=move.context.actor.name))
    examined = await examine(move.connection, checked.kind, checked.text, transition, context)
    for portion in _portions(examined.entries):
        await make(
            [
                TransitionContext(
                    lifecycle=lifecycle,
                    transition=transition,
                    row=None,
                    facts=None,
                    input=entry.input,
                    context=context,
                    work=move.work,
                    event_body={"message": checked.file_name},
                )
                for entry in portion
            ]
        )
        await move.work.writes.flush()
        await asyncio.sleep(0)
    checked.row_count, checked.mail_count = len(examined.entries), examined.mail_count
    checked.imported_at, checked.text = move.now, ""
    move.event_body |= _account_of(checked)
    await audit(move.connection, "dataImport.run", move.context.actor.account_id, _account_of(checked))


def discard(move: TransitionContext) -> None:
    move.row.text = ""


def _portions(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (entries[first : first + PORTION] for first in range(0, len(entries), PORTION))


def _account_of(checked: DataImport) -> dict[str, object]:
    """What history and audit trail keep of a file."""
    return {
        "kind": checked.kind,
        "file": checked.file_name,
        "sha256": checked.sha256,
        "count": checked.row_count,
    }
