"""Rules of contradictions: which kinds of client statuses fit which phase of an order, and the SQL they become.

A status contradicts the facts while its client sees it and its kind does not fit. One without a kind never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.client_status.scope import ORDER_IS_VISIBLE
from domain.orders.phase import PHASE, Phase
from domain.status_templates.kinds import StatusKind

PLANNED, ON_HOLD, IN_PROGRESS = StatusKind.PLANNED, StatusKind.ON_HOLD, StatusKind.IN_PROGRESS
IN_REVIEW, DONE = StatusKind.IN_REVIEW, StatusKind.DONE


@dataclass(frozen=True, kw_only=True)
class ContradictionRule:
    """The kinds that fit one phase, and the kind to replace another with; without one, the status is hidden."""

    fits: frozenset[StatusKind]
    fitting_kind: StatusKind | None


RULES: Mapping[Phase, ContradictionRule] = {
    Phase.NOT_STARTED: ContradictionRule(
        fits=frozenset({PLANNED, ON_HOLD, IN_PROGRESS, IN_REVIEW}), fitting_kind=PLANNED
    ),
    Phase.UNDER_WAY: ContradictionRule(
        fits=frozenset({PLANNED, ON_HOLD, IN_PROGRESS, IN_REVIEW}), fitting_kind=IN_PROGRESS
    ),
    Phase.DELIVERED: ContradictionRule(fits=frozenset({ON_HOLD, IN_REVIEW, DONE}), fitting_kind=IN_REVIEW),
    Phase.IN_REVISION: ContradictionRule(fits=frozenset({ON_HOLD, IN_PROGRESS, IN_REVIEW}), fitting_kind=IN_PROGRESS),
    Phase.ACCEPTED: ContradictionRule(fits=frozenset({ON_HOLD, DONE}), fitting_kind=DONE),
    Phase.CONTINUED: ContradictionRule(
        fits=frozenset({ON_HOLD, IN_PROGRESS, IN_REVIEW, DONE}), fitting_kind=IN_PROGRESS
    ),
    Phase.COMPLETED: ContradictionRule(fits=frozenset({DONE}), fitting_kind=DONE),
    Phase.ENDED: ContradictionRule(fits=frozenset(), fitting_kind=None),
}


def _pairs() -> str:
    """SQL: every kind with a phase that it does not fit, as `kind phase`."""
    return ", ".join(
        f"'{kind} {phase}'" for phase, rule in RULES.items() for kind in StatusKind if kind not in rule.fits
    )


def _fitting_kinds() -> str:
    """SQL: the arms of a CASE over the phase that give the fitting kind."""
    return " ".join(f"WHEN '{each}' THEN '{rule.fitting_kind}'" for each, rule in RULES.items() if rule.fitting_kind)


# Over a status `{t}` and its order `{o}`; the database notes these statuses whenever a part of this changes.
PAIR_CONTRADICTS = f"""({{t}}.visibility = 'SHOWN' AND {{t}}.kind IS NOT NULL
    AND concat({{t}}.kind, ' ', {PHASE}) IN ({_pairs()}))"""
CONTRADICTS = f"""coalesce({PAIR_CONTRADICTS} AND {ORDER_IS_VISIBLE.replace("{t}", "{o}")}, FALSE)"""
FITTING_KIND = f"(CASE {PHASE} {_fitting_kinds()} END)"
# The template to choose: the first active one of the fitting kind.
FITTING_TEMPLATE_ID = f"""(SELECT m.id FROM status_templates m WHERE m.state = 'ACTIVE' AND m.kind = {FITTING_KIND}
    ORDER BY m.position, m.id LIMIT 1)"""


def of_own_order(sql: str) -> str:
    """The same over a status `{t}` alone."""
    return f"(SELECT {sql.replace('{o}', 'held')} FROM orders held WHERE held.id = {{t}}.id)"
