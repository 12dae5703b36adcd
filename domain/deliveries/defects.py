"""The defects of a version: named by the customer, ticked or answered by the member."""

from collections.abc import Sequence
from uuid import UUID

from domain.deliveries.inputs import PlacedDefect
from domain.deliveries.model import Defect
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, invalid

SELECT_FILES = "SELECT file_id FROM delivery_files WHERE delivery_id = $1 AND number = $2"
SELECT_DEFECTS = "SELECT id FROM defects WHERE delivery_id = $1 AND version_number = $2 ORDER BY id"
STORE_ANSWERS = """UPDATE defects d SET answer = a.answer, corrected_at = CASE WHEN a.corrected THEN
        coalesce(d.corrected_at, $5) END
    FROM unnest($1::uuid[], $2::boolean[], $3::text[]) AS a (id, corrected, answer)
    WHERE d.id = a.id AND d.delivery_id = $4"""


async def record_named_defects(move: TransitionContext) -> list[str]:
    """Store the defects of the current version, those without a place first; return their texts.

    Raises `Refused` for a file that this version does not have.
    """
    delivery, placed = move.row, move.input.placed_defects
    await _require_files(move, placed)
    entries = [*(PlacedDefect(text=text) for text in move.input.defects), *placed]
    for entry in entries:
        move.insert(
            Defect(
                delivery_id=delivery.id,
                version_number=delivery.current_number,
                text=entry.text.strip(),
                file_id=entry.file_id,
                page=entry.page,
                created_at=move.now,
            )
        )
    return [entry.text.strip() for entry in entries]


async def answer_defects(move: TransitionContext) -> None:
    """Tick or answer defects of the current version; the customer reads it with the next one."""
    delivery, answers = move.row, move.input.answers
    known = await _ids(move, SELECT_DEFECTS)
    for position, answer in enumerate(answers):
        if answer.number > len(known):
            raise Refused(invalid("defect_unknown", "answers", str(position), "number"))
    columns = (
        [known[answer.number - 1] for answer in answers],
        [answer.corrected for answer in answers],
        [(answer.answer or "").strip() or None for answer in answers],
    )
    await move.connection.execute_query(STORE_ANSWERS, [*columns, delivery.id, move.now])


async def _require_files(move: TransitionContext, placed: Sequence[PlacedDefect]) -> None:
    if not any(entry.file_id for entry in placed):
        return
    known = await _ids(move, SELECT_FILES)
    for position, entry in enumerate(placed):
        if entry.file_id and entry.file_id not in known:
            raise Refused(invalid("defect_file_unknown", "placed_defects", str(position), "file_id"))


async def _ids(move: TransitionContext, statement: str) -> list[UUID]:
    values = [move.row.id, move.row.current_number]
    return [next(iter(row.values())) for row in await move.connection.execute_query_dict(statement, values)]
