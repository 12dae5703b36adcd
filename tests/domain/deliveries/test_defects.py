"""Defects at a file or page of a version, and the checklist before the next one is delivered."""

import pytest

from domain.commands import execute
from domain.deliveries.inputs import (
    DefectAnswer,
    DefectAnswers,
    DeliveryDraft,
    PlacedDefect,
    RevisionRequest,
    Submission,
)
from domain.deliveries.model import Defect, DeliveryStatus
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import a_file
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))


async def a_revision(*placed: PlacedDefect) -> DeliveryCase:
    case = await a_delivery()
    await case.move("requestRevision", RevisionRequest(defects=("Too long.",), placed_defects=placed))
    await case.move("describe", DeliveryDraft(description="Shorter", link="https://files.example/2"))
    return case


async def answer(case: DeliveryCase, *answers: DefectAnswer) -> None:
    await case.move("answerDefects", DefectAnswers(answers=answers))


async def resubmit(case: DeliveryCase) -> None:
    """Deliver again without ticking anything on the way."""
    command = Command(noun="delivery", move="resubmit", subject_id=case.id, input=Submission())
    await execute(command, case.around.by_member)
    await case.delivery.refresh_from_db()


def the_reason(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].reason


async def test_a_defect_names_a_file_of_the_version_and_a_page() -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    file = await a_file(case.around.by_member)
    await case.move("describe", DeliveryDraft(description="Slides", file_ids=(file.id,)))
    await case.move("submit")

    placed = PlacedDefect(text=" Wrong logo. ", file_id=file.id, page=3)
    await case.move("requestRevision", RevisionRequest(placed_defects=(placed,)))

    defect = await Defect.get(delivery_id=case.id)
    assert (defect.text, defect.file_id, defect.page, defect.version_number) == ("Wrong logo.", file.id, 3, 1)


async def test_a_file_of_something_else_is_refused_and_nothing_is_written() -> None:
    case = await a_delivery()
    other = await a_file(case.around.by_member)

    with pytest.raises(Refused) as refused:
        await case.move(
            "requestRevision", RevisionRequest(placed_defects=(PlacedDefect(text="Wrong", file_id=other.id),))
        )

    assert the_reason(refused) == "defect_file_unknown"
    assert await Defect.all().count() == 0
    assert case.delivery.status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize(
    "request_", [RevisionRequest(), RevisionRequest(placed_defects=(PlacedDefect(text=" \u200b", page=2),))]
)
async def test_a_revision_without_a_named_defect_is_refused(request_: RevisionRequest) -> None:
    case = await a_delivery()

    with pytest.raises(Refused) as refused:
        await case.move("requestRevision", request_)

    assert the_reason(refused) == "defect_not_named"


async def test_nothing_is_delivered_again_before_each_defect_is_ticked_or_answered() -> None:
    case = await a_revision(PlacedDefect(text="Wrong logo.", page=3))
    await answer(case, DefectAnswer(number=1, corrected=True))

    with pytest.raises(Refused) as refused:
        await resubmit(case)

    assert the_reason(refused) == "defects_unanswered"
    assert refused.value.refusals[0].params == {"left": 1}


async def test_an_answer_stands_for_a_tick() -> None:
    case = await a_revision(PlacedDefect(text="Wrong logo.", page=3))
    await answer(case, DefectAnswer(number=1, corrected=True), DefectAnswer(number=2, answer=" It is the new one. "))

    await resubmit(case)

    first, second = await Defect.filter(delivery_id=case.id).order_by("id")
    assert case.delivery.status is DeliveryStatus.DELIVERED
    assert (first.corrected_at, second.corrected_at) == (berlin(2026, 6, 1, 12), None)
    assert first.answer is None
    assert second.answer == "It is the new one."


async def test_a_tick_can_be_taken_back() -> None:
    case = await a_revision()
    await answer(case, DefectAnswer(number=1, corrected=True))
    await answer(case, DefectAnswer(number=1))

    with pytest.raises(Refused):
        await resubmit(case)


async def test_a_number_that_no_defect_has_is_refused() -> None:
    case = await a_revision()

    with pytest.raises(Refused) as refused:
        await answer(case, DefectAnswer(number=2, corrected=True))

    assert the_reason(refused) == "defect_unknown"


async def test_defects_of_an_earlier_version_hold_nothing_up() -> None:
    case = await a_revision()
    await answer(case, DefectAnswer(number=1, corrected=True))
    await resubmit(case)
    await case.move("requestRevision", RevisionRequest(defects=("Still too long.",)))
    await case.move("describe", DeliveryDraft(description="Shortest", link="https://files.example/3"))
    await answer(case, DefectAnswer(number=1, corrected=True))

    await resubmit(case)

    assert case.delivery.current_number == 3
