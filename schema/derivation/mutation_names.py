"""The name of a move in the API: noun first, in camel case."""

from domain.engine.lifecycle import Lifecycle, Transition
from schema.shared.camel_case import capitalize_first


def mutation_name(lifecycle: Lifecycle, move: Transition) -> str:
    """`orderConfirm`, `clientStatusShow`."""
    return lifecycle.noun + capitalize_first(move.name)


def subject_field(lifecycle: Lifecycle, move: Transition) -> str | None:
    """The input field that names the subject row: `id`, `orderId` below an order, none without a row."""
    if not move.creates:
        return "id"
    if not move.parent_noun:
        return None
    return "id" if move.parent_noun == lifecycle.noun else f"{move.parent_noun}Id"
