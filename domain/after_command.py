"""Work after every command: automations, and then statuses that its moves have made untrue."""

from domain.automations.runner import run_automations
from domain.client_status.notices.contradictions import settle_contradictions
from domain.engine.unit_of_work import UnitOfWork


async def settle_statuses(work: UnitOfWork) -> None:
    """Run the automations of a unit of work, and settle what contradicts the facts after them."""
    await run_automations(work)
    await settle_contradictions(work)
