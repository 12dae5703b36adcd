"""Steps about the day of a delivery, and about defects at a file and page."""

from datetime import timedelta

from domain.deliveries.inputs import DefectAnswer, DefectAnswers, PlacedDefect, RevisionRequest
from domain.demo.scenario import Step, StepContext
from domain.demo.steps import CUSTOMER, MEMBER, delivery_step, order_step
from domain.orders.inputs import DueProposal


def due_proposed(day: int, reason: str, *, on: int) -> Step:
    """The member proposes a day of delivery that counts from today."""

    def input(context: StepContext) -> DueProposal:
        return DueProposal(due_on=context.today + timedelta(days=on), reason=reason)

    return order_step(day, MEMBER, "proposeDue", input, hour=10)


def due_accepted(day: int) -> Step:
    return order_step(day, CUSTOMER, "acceptDue", hour=11)


def defects_placed(day: int, *defects: tuple[str, str | None, int | None]) -> Step:
    """The customer asks for a revision: the text, the name of a file and a page for each defect."""

    def input(context: StepContext) -> RevisionRequest:
        placed = [
            PlacedDefect(text=text, file_id=context.delivered_files[name] if name else None, page=page)
            for text, name, page in defects
        ]
        return RevisionRequest(placed_defects=tuple(placed))

    return delivery_step(day, CUSTOMER, "requestRevision", input)


def defects_answered(day: int, *answers: DefectAnswer) -> Step:
    """The member ticks or answers some of the defects before the next version."""
    return delivery_step(day, MEMBER, "answerDefects", DefectAnswers(answers=answers), hour=16)
