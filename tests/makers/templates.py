"""Templates of client statuses and of orders for tests, made through the door."""

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.order_templates.inputs import OrderTemplateEntry
from domain.order_templates.model import OrderTemplate
from domain.order_templates.order_creation import TemplateChoice
from domain.orders.model import Order
from domain.parties.model import Contact
from domain.status_templates.inputs import StatusTemplateInput
from domain.status_templates.model import StatusTemplate
from tests.makers.orders import Case
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_member, working_together

NUMBERS = count(1)


def a_status_entry(**facts: Any) -> StatusTemplateInput:
    """A template that nothing is wrong with, labelled like no other."""
    number = next(NUMBERS)
    entry = StatusTemplateInput(position=number, label_de=f"Stufe {number}", label_en=f"Step {number}")
    return replace(entry, **facts)


async def a_status_template(**facts: Any) -> StatusTemplate:
    outcome = await execute(Command(noun="statusTemplate", move="create", input=a_status_entry(**facts)), STAFF)
    return await StatusTemplate.get(id=outcome.subject_id)


async def move_status_template(template_id: UUID, name: str, takes: Any = None, actor: Actor = STAFF) -> StatusTemplate:
    """Make one move of a template and return it as it is then."""
    await execute(Command(noun="statusTemplate", move=name, subject_id=template_id, input=takes), actor)
    return await StatusTemplate.get(id=template_id)


def an_order_entry(**facts: Any) -> OrderTemplateEntry:
    """A template that says nothing but its name, which no other has."""
    number = next(NUMBERS)
    return replace(OrderTemplateEntry(position=number, name=f"Template {number}"), **facts)


async def an_order_template(**facts: Any) -> OrderTemplate:
    outcome = await execute(Command(noun="orderTemplate", move="create", input=an_order_entry(**facts)), STAFF)
    return await OrderTemplate.get(id=outcome.subject_id)


async def move_order_template(template_id: UUID, name: str, takes: Any = None, actor: Actor = STAFF) -> OrderTemplate:
    """Make one move of a template and return it as it is then."""
    await execute(Command(noun="orderTemplate", move=name, subject_id=template_id, input=takes), actor)
    return await OrderTemplate.get(id=template_id)


async def an_order_from(template: OrderTemplate, **chosen: Any) -> Case:
    """An order that a member begins from a template, for a customer they work with."""
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)
    contact = await Contact.get(customer_id=customer.id)
    facts = {"template_id": template.id, "customer_id": customer.id, "contact_id": contact.id} | chosen
    command = Command(noun="order", move="createFromTemplate", input=TemplateChoice(**facts))
    outcome = await execute(command, acting_for_member(member))
    return Case(order=await Order.get(id=outcome.subject_id), member=member, customer=customer)
