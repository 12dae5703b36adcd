"""Moves and deadlines of reminders."""

from domain.engine.lifecycle import EVERYONE, DerivedState, Due, Timer, TimerCommand, Transition
from domain.kernel.actors import CLOCK_ROLE, CUSTOMER_ROLE, FINANCE_ROLE, MEMBER_ROLE, Role
from domain.receivables.balance import status_of
from domain.receivables.model import ReceivableStatus
from domain.receivables.reminders import effects, guards, inputs, schedule
from domain.receivables.reminders.steps import ReminderStep

ANY = frozenset(ReceivableStatus)
UNPAID = ANY - {ReceivableStatus.PAID}
FRIENDLY, FIRST, FORMAL = ReminderStep
OPERATORS_OWN = frozenset({Role.FINANCE, Role.ADMIN})
CAN_BE_REMINDED = (
    guards.invoice_was_issued_here,
    guards.invoice_is_unpaid,
    guards.is_not_in_dispute,
    guards.is_not_written_off,
    guards.a_step_is_left,
)

REMINDER_TRANSITIONS = (
    Transition(
        name="waiveCharges",
        doc="Finance waives what reminders have charged; what was paid of it can be refunded.",
        from_states=ANY,
        to_state=DerivedState(states=ANY, derive=status_of),
        roles=FINANCE_ROLE,
        input=inputs.Waiver,
        guards=(guards.something_was_charged, guards.is_not_written_off),
        effect=effects.waive_charges,
        audience=EVERYONE,
    ),
)

REMINDER_COMMANDS = (
    Transition(
        name="announceFormalReminder",
        doc="The member is told that the customer gets the formal reminder in three days.",
        from_states=UNPAID,
        roles=CLOCK_ROLE,
        guards=(*CAN_BE_REMINDED, guards.formal_step_is_next),
        effect=effects.announce_formal_reminder,
        notifies=MEMBER_ROLE,
    ),
    Transition(
        name="remind",
        doc="The customer gets the next reminder: a friendly one, the first or the formal one, with what it charges.",
        from_states=UNPAID,
        roles=CLOCK_ROLE | FINANCE_ROLE,
        guards=(
            *CAN_BE_REMINDED,
            guards.reminders_are_not_paused,
            guards.member_is_told_of_formal_step,
            guards.next_step_is_due,
        ),
        effect=effects.remind,
        notifies=CUSTOMER_ROLE,
        audience=EVERYONE,
        in_bulk=True,
    ),
    Transition(
        name="pauseReminders",
        doc="Finance lets no reminder go until after a day, with the reason.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        input=inputs.ReminderPause,
        guards=CAN_BE_REMINDED,
        validators=(guards.pause_is_possible,),
        effect=effects.pause,
        audience=OPERATORS_OWN,
    ),
    Transition(
        name="resumeReminders",
        doc="The pause is over; what became due meanwhile goes the next morning, one step at a time.",
        from_states=UNPAID,
        roles=FINANCE_ROLE,
        guards=(guards.reminders_are_paused,),
        effect=effects.resume,
        audience=OPERATORS_OWN,
    ),
)


def _timer(kind: str, due: Due, move: str, doc: str) -> Timer:
    return Timer(
        kind=f"receivable.{kind}",
        doc=doc,
        active_states=UNPAID,
        due=due,
        basis="due_on",
        command=TimerCommand(
            noun="receivable", move=move, subject=lambda receivable: receivable.id, moves_its_row=True
        ),
    )


REMINDER_TIMERS = (
    _timer(
        "friendlyReminder",
        schedule.due_of(FRIENDLY),
        "remind",
        "The friendly one, 7 days after the due day by default.",
    ),
    _timer(
        "firstReminder", schedule.due_of(FIRST), "remind", "The first one that asks for the money, 14 days after it."
    ),
    _timer(
        "announceFormalReminder",
        schedule.announcement_due,
        "announceFormalReminder",
        "The member is told of the formal one.",
    ),
    _timer("formalReminder", schedule.due_of(FORMAL), "remind", "The formal one, 21 days after it; its member knows."),
)
