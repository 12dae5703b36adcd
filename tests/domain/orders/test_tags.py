"""Tags of a draft."""

import pytest

from domain.kernel.errors import Refused
from domain.orders.inputs import Draft
from tests.makers.orders import an_order

pytestmark = pytest.mark.database


async def test_a_tag_is_a_word_and_no_essay() -> None:
    case = await an_order()

    with pytest.raises(Refused) as refused:
        await case.move("amend", case.by_member, Draft(tags=("brief", "x" * 101)))

    assert [(each.reason, each.path) for each in refused.value.refusals] == [("text_too_large", ("tags", "1"))]
