"""Moves that are made of many rows at once: commands, kinds and handlers, derived from the rows' own moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, make_dataclass

from domain.bulk.execution import start
from domain.bulk.handlers.base import Handler
from domain.bulk.handlers.moves import input_parameters, move_handler
from domain.bulk.model import BulkKind, BulkState, BulkSubject
from domain.bulk.selection import SELECTIONS
from domain.bulk.subjects import SUBJECTS
from domain.engine.lifecycle import Lifecycle, Transition, Validator
from domain.kernel.actors import CLOCK_ROLE, OFFICE

# Moves of a whole lifecycle in one transaction hold the locks of all their rows until the last one is written.
MOST_ATOMIC = 250


@dataclass(frozen=True, kw_only=True)
class BulkMove:
    """A move that says `in_bulk`, the noun whose rows make it, and the kind of operation that makes it of many."""

    subject: BulkSubject
    transition: Transition
    kind: BulkKind


def _moves() -> Iterator[BulkMove]:
    for subject, noun in SUBJECTS.items():
        for transition in noun.lifecycle.moves.values():
            if transition.in_bulk:
                yield BulkMove(subject=subject, transition=transition, kind=_kind(noun.lifecycle, transition))


def _kind(lifecycle: Lifecycle, transition: Transition) -> BulkKind:
    """`order.sendBack` is ORDER_SEND_BACK; an error names the kind that is missing."""
    words = "".join(f"_{letter}" if letter.isupper() else letter for letter in transition.name)
    return BulkKind(f"{lifecycle.noun}_{words}".upper())


MOVES: Mapping[BulkKind, BulkMove] = {move.kind: move for move in _moves()}
MOVE_HANDLERS: Mapping[BulkKind, Handler] = {
    kind: move_handler(SUBJECTS[move.subject].lifecycle.noun, move.transition) for kind, move in MOVES.items()
}


def bulk_commands(subject: BulkSubject, validators: tuple[Validator, ...]) -> tuple[Transition, ...]:
    """One command for each of a noun's moves: it takes a selection of rows and what the move takes."""
    return tuple(_command(move, validators) for move in MOVES.values() if move.subject is subject)


def _command(move: BulkMove, validators: tuple[Validator, ...]) -> Transition:
    made, plural = move.transition, SUBJECTS[move.subject].plural
    return Transition(
        name=made.name,
        doc=f"Of many {plural}, each for itself or all together: {made.doc[0].lower()}{made.doc[1:]}",
        weight=made.weight,
        roles=made.roles - CLOCK_ROLE,
        to_state=BulkState.RUNNING,
        creates=True,
        input=_input(move),
        validators=validators,
        effect=start.start_effect(move.kind, input_parameters(made.input), most_atomic=MOST_ATOMIC),
        audience=OFFICE,
    )


def _input(move: BulkMove) -> type:
    made, noun, selection = move.transition, SUBJECTS[move.subject].lifecycle.noun, SELECTIONS[move.subject]
    bases = (made.input, selection) if made.input else (selection,)
    doc = f"The {SUBJECTS[move.subject].plural}, and what `{noun}.{made.name}` takes."
    title = f"Bulk{noun.capitalize()}{made.name[0].upper()}{made.name[1:]}Input"
    namespace = {"__doc__": doc, "__module__": __name__}
    return make_dataclass(title, (), bases=bases, frozen=True, kw_only=True, namespace=namespace)
