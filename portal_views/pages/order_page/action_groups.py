"""Groups of an order's open actions by how much they stand out on its page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portal_views.web.page_context import JsonObject

PRIMARY, DANGER = "PRIMARY", "DANGER"
# Actions that do not answer the order's next step: they stay folded.
UNDER_MORE = frozenset({"duplicate", "archive", "restore", "assign", "changeContact", "delete", "requestCancellation"})


@dataclass(frozen=True, kw_only=True)
class ActionGroups:
    """One action stands out, the secondary ones are beside it, the rest is folded; dangerous ones come last."""

    primary: JsonObject | None
    secondary: tuple[JsonObject, ...]
    more: tuple[JsonObject, ...]


def action_groups(actions: Iterable[JsonObject], *, skip: Collection[str] = ()) -> ActionGroups:
    """Group the actions that the page offers here; `skip` names those with a place of their own.

    The primary action stays in its place while a guard refuses it, so that the page says why.
    """
    offered = [action for action in actions if not {action["name"], action["mutation"]} & set(skip)]
    primary = next((action for action in offered if action["weight"] == PRIMARY), None)
    others = sorted((each for each in offered if each is not primary), key=lambda each: each["weight"] == DANGER)
    secondary = tuple(each for each in others if each["allowed"] and each["name"] not in UNDER_MORE)
    return ActionGroups(
        primary=primary, secondary=secondary, more=tuple(each for each in others if each not in secondary)
    )
