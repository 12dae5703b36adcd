"""More orders than are looked through at once: the pages say so and go on all the same."""

import pytest

from domain.bulk.execution import start
from domain.bulk.model import BulkOperation
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_session, an_account
from tests.makers.orders import an_order
from tests.makers.pipelines import a_pipeline, ids_of
from tests.support.impersonation import send
from tests.support.people import FAR
from tests.support.site import Site


@pytest.fixture(autouse=True)
def one_is_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "MAX_AT_ONCE", 0)


async def test_cards_beyond_what_is_tried_at_once_can_be_moved(site: Site) -> None:
    await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR)
    stage = external("stg", (await ids_of(await a_pipeline()))[0])
    session = await a_session(await an_account(Role.STAFF))
    form = {"all": "1", "filter": "", "stage": stage}

    look = await send(site, session, "/board/move", step="look", **form)

    assert "still being looked through" in look.text
    assert '<button name="step" value="do">Move</button>' in look.text
    done = await send(site, session, "/board/move", step="do", key="once", **form)
    begun = await BulkOperation.get(dry_run=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/bulk/{external('blk', begun.id)}")
