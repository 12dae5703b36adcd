"""The newest edition of a template for all with an older one, never over what was edited by hand."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.bulk.inputs import BulkTemplateInput
from domain.client_status.model import ClientStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.status_templates.model import StatusTemplate
from tests.makers.bulk import hide_statuses, ids_of, set_status, some_orders, the_operation, the_outcomes, the_reasons
from tests.makers.parties import FINANCE, STAFF
from tests.makers.templates import a_status_entry, a_status_template, move_status_template

pytestmark = pytest.mark.database


async def rewritten(template: StatusTemplate, label: str) -> None:
    entry = replace(a_status_entry(), label_de=label, label_en=label)
    await move_status_template(template.id, "amend", entry)


async def applied(template: StatusTemplate, actor: Actor = STAFF, *, dry_run: bool = False) -> UUID:
    takes = BulkTemplateInput(dry_run=dry_run)
    command = Command(noun="clientStatusBulk", move="applyTemplate", subject_id=template.id, input=takes)
    return (await execute(command, actor)).subject_id


async def test_a_new_edition_reaches_those_that_nobody_edited() -> None:
    template = await a_status_template(label_de="Geplant!", label_en="Planned!")
    from_template, by_hand, without = await some_orders(3, OrderStatus.ACTIVE)
    await set_status([from_template.order.id], label=None, template_id=template.id)
    await set_status([by_hand.order.id], label="Planned, by the way", template_id=template.id)
    await rewritten(template, "Bald")

    operation = await the_operation(await applied(template))

    assert (operation.total, operation.applied) == (1, 1)
    assert (await ClientStatus.get(id=from_template.order.id)).label_de == "Bald"
    assert (await ClientStatus.get(id=by_hand.order.id)).label_de == "Planned, by the way"
    assert (await ClientStatus.get(id=without.order.id)).label_de == ""


async def test_what_has_the_newest_edition_is_left_out() -> None:
    template = await a_status_template()
    cases = await some_orders(2)
    await set_status(ids_of(cases), label=None, template_id=template.id)

    assert (await the_operation(await applied(template))).total == 0


async def test_a_hidden_status_stays_hidden() -> None:
    template = await a_status_template()
    (case,) = await some_orders(1, OrderStatus.ACTIVE)
    await set_status([case.order.id], label=None, template_id=template.id)
    await hide_statuses([case.order.id])
    await rewritten(template, "Bald")

    await applied(template)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.visibility, status.label_de) == ("HIDDEN", "Bald")


async def test_on_trial_the_old_texts_stay() -> None:
    template = await a_status_template(label_de="Geplant!")
    (case,) = await some_orders(1)
    await set_status([case.order.id], label=None, template_id=template.id)
    await rewritten(template, "Bald")

    operation_id = await applied(template, dry_run=True)

    assert await the_outcomes(operation_id) == ["APPLIED"]
    assert (await ClientStatus.get(id=case.order.id)).label_de == "Geplant!"


async def test_a_retired_template_is_set_for_nobody() -> None:
    template = await a_status_template()
    (case,) = await some_orders(1)
    await move_status_template(template.id, "retire")

    with pytest.raises(Refused, match="template_retired"):
        await set_status([case.order.id], label=None, template_id=template.id)


async def test_only_staff_applies_templates() -> None:
    template = await a_status_template()

    with pytest.raises(Refused, match="not_your_move"):
        await applied(template, FINANCE)


async def test_a_placeholder_without_a_value_fails_for_its_order_alone() -> None:
    template = await a_status_template(label_de="Fertig am {expected}", label_en="Done on {expected}")
    cases = await some_orders(1)

    operation_id = await set_status(ids_of(cases), label=None, template_id=template.id)

    assert await the_reasons(operation_id) == [["placeholder_without_value"]]
