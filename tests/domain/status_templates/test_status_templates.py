"""Status templates: staff writes them, they are checked when saved, and none is removed while it is needed."""

from dataclasses import replace
from typing import Any

import pytest

from domain.automations.model import AutomationAction
from domain.bulk.inputs import BulkTemplateInput
from domain.bulk.model import BulkOperation
from domain.client_status.inputs import StatusInput
from domain.client_status.model import ClientStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.kernel.availability import Availability
from domain.kernel.errors import Refused
from domain.status_templates.inputs import StatusTemplateAmendment, StatusTemplateInput
from domain.status_templates.model import Notification, StatusTemplate
from tests.makers.automations import an_automation, move_automation
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.parties import ADMIN, FINANCE, STAFF, a_customer, a_member, acting_for_customer, acting_for_member
from tests.makers.records import the_events_of
from tests.makers.templates import (
    a_status_entry,
    a_status_template,
    an_order_template,
    move_order_template,
    move_status_template,
)
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def refusals_of(entry: StatusTemplateInput, actor: Actor = STAFF) -> list[tuple[str, tuple[str, ...]]]:
    """Why this template cannot be created, each reason with the field it speaks of."""
    with pytest.raises(Refused) as refused:
        await execute(Command(noun="statusTemplate", move="create", input=entry), actor)
    return [(refusal.reason, refusal.path) for refusal in refused.value.refusals]


async def test_every_installation_begins_with_five() -> None:
    first = await StatusTemplate.all().order_by("position")

    assert [(each.label_de, each.label_en) for each in first] == [
        ("Geplant", "Planned"),
        ("Pausiert", "On hold"),
        ("In Arbeit", "In progress"),
        ("In Prüfung", "In review"),
        ("Fertig", "Done"),
    ]
    assert {each.notification for each in first} == {Notification.AT_ONCE}


async def test_staff_writes_a_template_down_in_both_languages() -> None:
    template = await a_status_template(
        label_de="  Übergabe {due} ",
        label_en="Handover {due}",
        description_de="Für {customer}: {project}",
        color="#2563EB",
        notification=Notification.DAILY_DIGEST,
    )

    assert (template.label_de, template.color) == ("Übergabe {due}", "#2563eb")
    assert (template.state, template.edition, template.version) == (Availability.ACTIVE, 1, 1)
    assert template.created_at == berlin(2026, 4, 1, 10)
    assert await the_events_of(template.id) == ["statusTemplate.create"]


@pytest.mark.parametrize("field", ["label_de", "label_en", "description_de", "description_en"])
async def test_an_unknown_placeholder_is_refused_by_field_and_name(field: str) -> None:
    with pytest.raises(Refused) as refused:
        await execute(
            Command(noun="statusTemplate", move="create", input=a_status_entry(**{field: "Für {kundin}"})), STAFF
        )

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.path) == ("placeholder_unknown", (field,))
    assert refusal.params == {"placeholder": "{kundin}"}


async def test_every_text_with_a_mistake_is_named() -> None:
    entry = a_status_entry(label_de="{due", description_en="{{due}}", color="#12345g")

    assert await refusals_of(entry) == [
        ("not_a_color", ("color",)),
        ("placeholder_unknown", ("label_de",)),
        ("placeholder_unknown", ("description_en",)),
    ]


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"label_de": "ü" * 61}, "text_too_large"),
        ({"label_en": " \u200b "}, "text_too_small"),
        ({"description_de": "x" * 2001}, "text_too_large"),
        ({"position": 0}, "number_too_small"),
    ],
)
async def test_what_is_too_long_or_empty_is_refused(flaw: dict[str, Any], reason: str) -> None:
    assert await refusals_of(a_status_entry(**flaw)) == [(reason, (next(iter(flaw)),))]


async def test_sixty_umlauts_are_just_short_enough() -> None:
    template = await a_status_template(label_de="ü" * 60, label_en="{project}" * 6)

    assert len(template.label_de) == 60


async def test_two_templates_in_use_never_read_the_same() -> None:
    assert await refusals_of(a_status_entry(label_de=" in PRÜFUNG ")) == [("label_taken", ("label_de",))]
    assert await refusals_of(a_status_entry(label_de="Fertig", label_en="done")) == [
        ("label_taken", ("label_de",)),
        ("label_taken", ("label_en",)),
    ]


async def test_a_retired_template_leaves_its_label_to_others_and_then_stays_retired() -> None:
    first = await a_status_template(label_de="Abholbereit")
    await move_status_template(first.id, "retire")
    await a_status_template(label_de="Abholbereit")

    with pytest.raises(Refused) as refused:
        await move_status_template(first.id, "restore")

    assert [refusal.reason for refusal in refused.value.refusals] == ["label_taken_meanwhile"]


async def test_a_retired_template_can_be_used_again() -> None:
    template = await a_status_template()
    retired = await move_status_template(template.id, "retire")

    restored = await move_status_template(template.id, "restore", actor=ADMIN)

    assert (retired.state, restored.state) == (Availability.RETIRED, Availability.ACTIVE)
    assert (restored.version, restored.edition) == (3, 1)


@pytest.mark.parametrize(
    ("change", "edition"),
    [
        ({"color": "#15803d"}, 2),
        ({"label_en": "Nearly there"}, 2),
        ({"description_de": "Noch {expected}."}, 2),
        ({"position": 77, "notification": Notification.NONE}, 1),
        ({}, 1),
    ],
)
async def test_the_edition_counts_changes_of_texts_and_colour_only(change: dict[str, Any], edition: int) -> None:
    entry = a_status_entry()
    template = await a_status_template(**vars(entry))

    amended = await move_status_template(template.id, "amend", replace(entry, **change))

    assert (amended.edition, amended.version) == (edition, 2)


async def test_the_event_of_an_amendment_says_what_became_what() -> None:
    entry = a_status_entry(label_de="Fast fertig")
    template = await a_status_template(**vars(entry))

    await move_status_template(template.id, "amend", replace(entry, label_de="So gut wie fertig"))

    event = await Event.get(subject_id=template.id, name="statusTemplate.amend")
    assert event.body == {"label_de": {"from": "Fast fertig", "to": "So gut wie fertig"}}
    assert sorted(event.audience) == ["ADMIN", "FINANCE", "STAFF"]


async def test_an_amendment_changes_what_is_given_and_null_empties() -> None:
    entry = a_status_entry(description_de="Bald.", description_en="Soon.", color="#15803d")
    template = await a_status_template(**vars(entry))

    amended = await move_status_template(
        template.id, "amend", StatusTemplateAmendment(label_de="Fast fertig", description_en=None)
    )

    expected = vars(entry) | {"label_de": "Fast fertig", "description_en": ""}
    assert {name: getattr(amended, name) for name in expected} == expected


async def test_amending_keeps_its_own_label() -> None:
    entry = a_status_entry(label_de="Eigenes")
    template = await a_status_template(**vars(entry))

    amended = await move_status_template(template.id, "amend", replace(entry, label_de="EIGENES"))

    assert amended.label_de == "EIGENES"


async def test_retiring_names_the_automations_and_order_templates_that_work_with_it() -> None:
    template = await a_status_template()
    sets: dict[str, Any] = {"action": AutomationAction.SET_TEMPLATE, "template_id": template.id}
    await an_automation(name="Nach der Lieferung", **sets)
    await move_automation(await an_automation(name="Pausierte", **sets), "pause")
    await move_automation(await an_automation(name="Vergangene", **sets), "retire")
    await an_automation(name="Von dort", from_template_id=template.id)
    await an_order_template(name="Website", status_template_id=template.id)
    old = await an_order_template(name="Alte Website", status_template_id=template.id)
    await move_order_template(old.id, "retire")

    with pytest.raises(Refused) as refused:
        await move_status_template(template.id, "retire")

    (refusal,) = refused.value.refusals
    assert refusal.reason == "template_in_use"
    assert refusal.params == {"users": ("Nach der Lieferung", "Pausierte", "Von dort", "Website")}


async def test_what_is_retired_is_not_amended() -> None:
    template = await a_status_template()
    await move_status_template(template.id, "retire")

    with pytest.raises(Refused) as refused:
        await move_status_template(template.id, "amend", a_status_entry())

    assert [refusal.reason for refusal in refused.value.refusals] == ["not_in_this_state"]


async def test_members_and_finance_choose_templates_and_change_none() -> None:
    template = await a_status_template()

    for actor in (acting_for_member(await a_member()), FINANCE):
        with pytest.raises(Refused) as refused:
            await move_status_template(template.id, "retire", actor=actor)
        assert [refusal.reason for refusal in refused.value.refusals] == ["not_your_move"]


async def test_for_customers_there_are_no_templates() -> None:
    template = await a_status_template()

    with pytest.raises(Refused) as refused:
        await move_status_template(template.id, "retire", actor=acting_for_customer(await a_customer()))

    assert [refusal.reason for refusal in refused.value.refusals] == ["not_found"]


async def test_applying_reaches_exactly_what_the_preview_counts() -> None:
    entry = a_status_entry(label_en="Before")
    template = await a_status_template(**vars(entry))
    by_hand, old = [await a_client_status(shown=False) for _ in range(2)]
    for case in (by_hand, old):
        await move_client_status(case, "show", StatusInput(template_id=template.id))
    await move_client_status(by_hand, "update", StatusInput(label="By hand"))
    await move_status_template(template.id, "amend", replace(entry, label_en="After"))

    command = Command(noun="clientStatusBulk", move="applyTemplate", subject_id=template.id, input=BulkTemplateInput())
    operation = await BulkOperation.get(id=(await execute(command, STAFF)).subject_id)

    assert operation.subject_ids == [old.order.id]
    labels = [(await ClientStatus.get(id=case.order.id)).label_en for case in (by_hand, old)]
    assert labels == ["By hand", "After"]
