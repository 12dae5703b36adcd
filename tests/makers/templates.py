"""Templates of client statuses and of orders for tests, made through the door."""

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

from domain.actions import perform
from domain.core.actors import Actor
from domain.core.door import Command
from domain.status_templates.model import StatusTemplate
from domain.status_templates.takes import StatusTemplateEntry
from tests.makers.parties import STAFF

NUMBERS = count(1)


def a_status_entry(**facts: Any) -> StatusTemplateEntry:
    """A template that nothing is wrong with, labelled like no other."""
    number = next(NUMBERS)
    entry = StatusTemplateEntry(position=number, label_de=f"Stufe {number}", label_en=f"Step {number}")
    return replace(entry, **facts)


async def a_status_template(**facts: Any) -> StatusTemplate:
    outcome = await perform(Command(noun="statusTemplate", move="create", takes=a_status_entry(**facts)), STAFF)
    return await StatusTemplate.get(id=outcome.subject_id)


async def move_status_template(template_id: UUID, name: str, takes: Any = None, actor: Actor = STAFF) -> StatusTemplate:
    """Make one move of a template and return it as it is then."""
    await perform(Command(noun="statusTemplate", move=name, subject_id=template_id, takes=takes), actor)
    return await StatusTemplate.get(id=template_id)
