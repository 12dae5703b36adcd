"""A client status shown with the ORM, by a person or by the automations that follow an event."""

from uuid import UUID

from domain.automations.model import Automation, AutomationRun, AutomationState, RunOutcome
from domain.client_status.model import ClientStatus, ClientStatusChange, KeptUntil, StatusOrigin, Visibility
from domain.kernel.actors import Role
from domain.parties.model import Contact, StatusMails
from domain.status_templates.model import StatusTemplate
from tests.benchmarks.by_hand.orm_rows import Hand

EVENT = "clientStatus.show"
COPIED = ("label_de", "label_en", "description_de", "description_en", "color")


async def show_by_hand(hand: Hand, label: str, description: str) -> None:
    """Show a text that a person wrote, the same in both languages."""
    status = await ClientStatus.get(id=hand.order.id, using_db=hand.connection)
    status.label_de = status.label_en = label
    status.description_de = status.description_en = description
    status.edited_by_hand, status.kept_until, status.origin = True, KeptUntil.CLEARED, StatusOrigin.MANUAL
    await _show(hand, status)


async def follow_automations(hand: Hand, trigger: str, event_id: UUID) -> None:
    """Run the active automations of an event: each shows its template."""
    active = Automation.filter(trigger=trigger, state=AutomationState.ACTIVE).using_db(hand.connection)
    for automation in await active.order_by("position", "id"):
        template = await StatusTemplate.get(id=automation.template_id, using_db=hand.connection)
        status = await ClientStatus.get(id=hand.order.id, using_db=hand.connection)
        if status.kept_until is not None:
            continue
        for name in COPIED:
            setattr(status, name, getattr(template, name))
        status.template_id, status.template_edition = template.id, template.edition
        status.origin, status.automation_id = StatusOrigin.AUTOMATION, automation.id
        await _show(hand.as_system(automation.name), status)
        await AutomationRun.create(
            using_db=hand.connection,
            automation_id=automation.id,
            event_id=event_id,
            order_id=hand.order.id,
            outcome=RunOutcome.APPLIED,
            at=hand.now,
        )


async def _show(hand: Hand, status: ClientStatus) -> None:
    """Save the status with its history, event and message."""
    was = status.visibility
    status.visibility, status.version = Visibility.SHOWN, status.version + 1
    status.name = status.name or hand.order.project
    status.changed_at, status.shown_since = hand.now, status.shown_since or hand.now
    await status.save(using_db=hand.connection)
    await _keep_history(hand, status)
    body = {"from": was, "to": status.visibility, "seen": True}
    event_id = await hand.record(EVENT, status.id, body=body)
    contact = await Contact.get(id=hand.order.contact_id, using_db=hand.connection)
    if contact.status_mails is StatusMails.AT_ONCE:
        await hand.enqueue(EVENT, Role.CUSTOMER, status.id, event_id, contact_id=contact.id)


async def _keep_history(hand: Hand, status: ClientStatus) -> None:
    await ClientStatusChange.create(
        using_db=hand.connection,
        order_id=hand.order.id,
        customer_id=status.customer_id,
        visibility=status.visibility,
        seen=True,
        name=status.name,
        template_id=status.template_id,
        automation_id=status.automation_id,
        origin=status.origin,
        account_id=hand.account_id,
        actor_name=hand.name,
        changed_at=hand.now,
        **{name: getattr(status, name) for name in COPIED},
    )
