"""The operator's settings: administrators change them, wrong values are refused, every change is on record."""

import base64
import struct
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tortoise import connections

from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.model import Event
from domain.kernel.actors import Actor, Role
from domain.kernel.calendar import FederalState
from domain.kernel.errors import Refused
from domain.operator import inputs
from domain.operator.ledger_inputs import LedgerAmendment
from domain.operator.model import BaseRate, FeeRate, OperatorSettings, TaxRegime
from domain.operator.reminders.inputs import BaseRateInput, RemindersAmendment
from tests.makers.accounts import an_account
from tests.makers.billing import a_manual_line, compose, print_now, the_operator
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

INPUTS = {
    "amend": inputs.DetailsAmendment,
    "setRules": inputs.RulesAmendment,
    "setNumberFormats": inputs.NumbersAmendment,
    "setFee": inputs.FeeInput,
    "setReminders": RemindersAmendment,
    "setBaseRate": BaseRateInput,
    "setApprovalWorkflow": inputs.ApprovalWorkflow,
    "setLegalTexts": inputs.TextsAmendment,
    "setBranding": inputs.BrandingAmendment,
    "setLedger": LedgerAmendment,
}


async def change(move: str, actor: Actor = ADMIN, **values: Any) -> OperatorSettings:
    """Make one change of the settings of an installation that is in use."""
    await an_account(Role.ADMIN)
    settings = await OperatorSettings.get()
    command = Command(noun="operator", move=move, subject_id=settings.id, input=INPUTS[move](**values))
    await execute(command, actor)
    return await OperatorSettings.get()


def a_png(width: int = 200, height: int = 50, size: int = 1_000) -> str:
    """The beginning of a PNG of this size, in base64."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)
    return base64.b64encode(head.ljust(size, b"\0")).decode()


async def test_only_what_is_given_changes_and_is_recorded_before_and_after() -> None:
    await the_operator(city="Berlin", iban="")

    settings = await change("amend", city="Potsdam", iban="de02 1203 0000 0000 2020 51")

    assert (settings.city, settings.iban, settings.street) == ("Potsdam", "DE02120300000000202051", "Werkhof 1")
    event = await Event.get(subject_id=settings.id, name="operator.amend")
    assert event.body["city"] == {"before": "Berlin", "after": "Potsdam"}
    assert "street" not in event.body


async def test_the_audit_trail_has_the_change_too() -> None:
    await change("setRules", federal_state=FederalState.BY)

    rows = await connections.get("default").execute_query_dict(
        "SELECT detail->'federal_state' AS changed FROM audit WHERE action = 'operator.setRules'"
    )
    assert rows[0]["changed"] == '{"after": "BY", "before": "BE"}'


@pytest.mark.parametrize("actor", [STAFF, FINANCE])
async def test_nobody_but_administrators_changes_them(actor: Actor) -> None:
    with pytest.raises(Refused):
        await change("amend", actor, city="Potsdam")


@pytest.mark.parametrize(
    ("move", "values", "reason"),
    [
        ("amend", {"iban": "DE02120300000000202052"}, "iban_wrong"),
        ("amend", {"vat_id": "DE999999999"}, "vat_id_wrong"),
        ("amend", {"vat_id": None, "tax_number": None}, "tax_number_missing"),
        ("amend", {"tax_number": "12345"}, "tax_number_wrong"),
        ("amend", {"country": "XX"}, "country_unknown"),
        ("amend", {"email": "no address"}, "email_malformed"),
        ("amend", {"name_de": ""}, "text_too_small"),
        ("setRules", {"zone": "Europe/Bielefeld"}, "zone_unknown"),
        ("setRules", {"language": "fr"}, "language_unknown"),
        ("setRules", {"payment_days": 181}, "number_too_large"),
        ("setNumberFormats", {"invoice_format": "RE-{year}"}, "number_format_malformed"),
        ("setNumberFormats", {"invoice_format": "{number}-{year}"}, "number_format_malformed"),
        ("setNumberFormats", {"cancellation_format": "RE-{year}-1{number:5}"}, "number_formats_overlap"),
        ("setFee", {"percent": Decimal("100.01"), "holds_from": date(2026, 4, 1)}, "fee_malformed"),
        ("setFee", {"percent": Decimal(9), "holds_from": date(2026, 3, 31)}, "fee_holds_in_the_past"),
        ("setLedger", {"ledger_bank": 12000}, "ledger_account_too_long"),
        ("setLedger", {"ledger_digits": 5, "ledger_first_customer": 10000}, "ledger_customer_out_of_range"),
        ("setLedger", {"ledger_consultant": 1000}, "number_too_small"),
        ("setLedger", {"further_ibans": "DE02120300000000202052"}, "iban_wrong"),
        ("setBranding", {"accent_color": "red"}, "color_malformed"),
        ("setBranding", {"logo": "no base64"}, "logo_is_no_small_png"),
        ("setBranding", {"logo": a_png(size=200_001)}, "logo_is_no_small_png"),
        ("setBranding", {"logo": a_png(width=2_001)}, "logo_is_no_small_png"),
    ],
)
async def test_a_wrong_value_is_refused_and_nothing_is_written(move: str, values: dict[str, Any], reason: str) -> None:
    await the_operator()

    with pytest.raises(Refused) as refused:
        await change(move, **values)

    assert [each.reason for each in refused.value.refusals] == [reason]
    assert (await OperatorSettings.get()).version == 1


async def test_a_logo_is_stored_and_removed() -> None:
    assert (await change("setBranding", logo=a_png(), accent_color="#0f766e")).logo == a_png()
    assert (await change("setBranding", logo=None)).logo is None


async def test_a_fee_holds_from_its_day_and_replaces_that_of_the_same_day() -> None:
    await change("setFee", percent=Decimal("8.5"), holds_from=date(2026, 5, 1))
    await change("setFee", percent=Decimal("8.0"), holds_from=date(2026, 5, 1))

    assert [rate.percent for rate in await FeeRate.filter(holds_from=date(2026, 5, 1))] == [Decimal(8)]


async def test_a_firm_that_moves_here_continues_its_numbers() -> None:
    await the_operator()
    await change("setNumberFormats", invoice_format="{year}/{number:4}", first_invoice_number=147)

    issued = [await print_now(await compose((await a_manual_line()).id)) for _ in range(2)]

    assert [invoice.number for invoice in issued] == ["2026/0147", "2026/0148"]


async def test_a_series_that_has_begun_only_counts_on() -> None:
    await the_operator()
    await print_now(await compose((await a_manual_line()).id))

    with pytest.raises(Refused) as refused:
        await change("setNumberFormats", first_invoice_number=500)

    assert refused.value.refusals[0].params == {"last": "RE-2026-00001"}


async def test_a_small_business_shows_no_tax_and_says_why() -> None:
    await the_operator(tax_regime=TaxRegime.SMALL_BUSINESS)

    invoice = await print_now(await compose((await a_manual_line()).id))

    (group,) = invoice.snapshot["vat_groups"]
    assert (group["category"], group["vat_cents"]) == ("EXEMPT", 0)
    assert group["exemption"]["de"].endswith("Kleinunternehmer (§ 19 UStG).")


async def test_an_invoice_that_shows_tax_is_not_issued_by_a_small_business() -> None:
    await the_operator()
    invoice = await compose((await a_manual_line()).id)
    await the_operator(tax_regime=TaxRegime.SMALL_BUSINESS)

    with pytest.raises(Refused) as refused:
        await print_now(invoice)

    assert [each.reason for each in refused.value.refusals] == ["small_business_shows_tax", "document_not_checked"]


@pytest.mark.parametrize(
    ("move", "values", "reason"),
    [
        ("setReminders", {"first_reminder_days": 7}, "reminders_out_of_order"),
        ("setReminders", {"formal_reminder_fee": Decimal("2.505")}, "reminder_fee_malformed"),
        ("setReminders", {"formal_reminder_de": "Zahlen Sie {sum}."}, "reminder_placeholder_unknown"),
        ("setBaseRate", {"percent": Decimal(60), "holds_from": date(2026, 7, 1)}, "base_rate_malformed"),
    ],
)
async def test_a_wrong_rule_for_reminders_is_refused(move: str, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await change(move, **values)

    assert [each.reason for each in refused.value.refusals] == [reason]


async def test_rules_for_reminders_are_kept_and_a_base_rate_replaces_that_of_the_same_day() -> None:
    settings = await change("setReminders", first_reminder_fee=Decimal("2.5"), first_reminder_en="Pay {remaining}.")
    await change("setBaseRate", percent=Decimal("1.52"), holds_from=date(2026, 7, 1))
    await change("setBaseRate", percent=Decimal("1.25"), holds_from=date(2026, 7, 1))

    assert (settings.first_reminder_fee, settings.first_reminder_en) == (Decimal("2.50"), "Pay {remaining}.")
    assert [rate.percent for rate in await BaseRate.filter(holds_from=date(2026, 7, 1))] == [Decimal("1.25")]
