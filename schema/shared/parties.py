"""Customers, their contacts, the operator and the viewer, as far as both schemas show the same."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from schema.declarations.fields import column, computed
from schema.shared.node import Node


def name(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The viewer's name."""
    return context.actor.name


@strawberry.type
class AddressFields:
    """A postal address, as both schemas show it."""

    street: str = column(description="Street and number.")
    postcode: str = column(description="The postcode.")
    city: str = column(description="The city.")
    country: str = column(description="The country, by ISO 3166.")


@strawberry.type
class ContactFields(Node):
    """The fields of a contact that both schemas show."""

    id: strawberry.ID = column(id_prefix="con", description="The contact's identifier.")
    name: str = column(description="Their name.")
    email: str | None = column(description="The address that offers and deliveries are mailed to.")


@strawberry.type
class CustomerFields(Node, AddressFields):
    """The fields of a customer that both schemas show."""

    id: strawberry.ID = column(id_prefix="cus", description="The customer's identifier.")
    legal_name: str = column(description="The name that invoices carry.")
    invoice_email: str = column(description="Where invoices are mailed to.")


def _in_language(name: str) -> str:
    """SQL: the text in the viewer's language, or in the other one where it is empty."""
    german, english = f"nullif({{t}}.{name}_de, '')", f"nullif({{t}}.{name}_en, '')"
    return f"coalesce(CASE {{language}} WHEN 'en' THEN {english} END, {german}, {english}, '')"


@strawberry.type
class OperatorFields(AddressFields):
    """The fields of the operator that both schemas show."""

    name: str = column(_in_language("name"), description="The name in the viewer's language.")
    email: str = column(description="Where the operator is written to.")
    zone: str = column(description="The time zone in which days begin and end.")
    imprint: str = column(_in_language("imprint"), description="The imprint in the viewer's language.")
    privacy: str = column(_in_language("privacy"), description="The privacy notice in the viewer's language.")
    support_contact: str = column(description="Whom people turn to.")
    accent_color: str = column(description="The colour of buttons and links; empty for the product's own.")
    has_logo: bool = column("{t}.logo IS NOT NULL", description="Whether `/branding/logo.png` shows a logo.")
    today: date = column("({now} AT TIME ZONE {t}.zone)::date", description="The calendar date in that zone.")


@strawberry.type
class ViewerFields:
    """The fields of the viewer that both schemas show."""

    name: str = computed(None, name, description="Their name.")
    language: str = column("{language}", description="The language they are answered in.")
