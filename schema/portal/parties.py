"""The customer's own side, and the operator as customers know them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.parties.model import StatusMails
from domain.parties.scope import CUSTOMERS_SCOPE, OWN_CONTACTS_SCOPE
from schema.declarations.fields import column, computed, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction
from schema.shared.translated_fields import translated


@strawberry.type(description="The customer on whose behalf the viewer acts.")
class Customer:
    """The customer on whose behalf the viewer acts."""

    id: strawberry.ID = column(id_prefix="cus", description="The customer's identifier.")
    legal_name: str = column(description="The name that invoices carry.")
    street: str = column(description="Street and number.")
    postcode: str = column(description="The postcode.")
    city: str = column(description="The city.")
    country: str = column(description="The country, by ISO 3166.")
    invoice_email: str = column(description="Where invoices are mailed to.")


@strawberry.type(description="The viewer as a contact of a customer.")
class Contact:
    """The viewer as a contact of a customer."""

    id: strawberry.ID = column(id_prefix="con", description="The contact's identifier.")
    name: str = column(description="Their name.")
    email: str | None = column(description="Where they are written to.")
    status_mails: StatusMails = column(description="When they get mails about client statuses.")
    status_mails_label: str = translated(
        "status.statusMails", "{t}.status_mails", description="That in the viewer's language."
    )
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="The customer they are a contact of."
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("contact")


@strawberry.type(description="Who runs this platform.")
class Operator:
    """Who runs this platform."""

    name: str = column(
        "CASE {language} WHEN 'en' THEN {t}.name_en ELSE {t}.name_de END",
        description="The name in the viewer's language.",
    )
    street: str = column(description="Street and number.")
    postcode: str = column(description="The postcode.")
    city: str = column(description="The city.")
    country: str = column(description="The country, by ISO 3166.")
    email: str = column(description="Where the operator is written to.")
    zone: str = column(description="The time zone in which days begin and end.")
    today: date = column("({now} AT TIME ZONE {t}.zone)::date", description="The calendar date in that zone.")


def name(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """The name of whoever asks."""
    return context.actor.name


def via_link(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> bool:
    """Whether a mailed link is all that is known of whoever asks."""
    return context.actor.kind is ActorKind.LINK


@strawberry.type(description="Who is asking.")
class Viewer:
    """Who is asking."""

    name: str = computed(None, name, description="Their name.")
    language: str = column("{language}", description="The language they are answered in.")
    via_link: bool = computed(None, via_link, description="Whether they came by a mailed link, without signing in.")
    customers: list[Customer] = to_many(
        CUSTOMERS_SCOPE,
        on="TRUE",
        order="{t}.legal_name, {t}.id",
        limit=50,
        description="The customers they speak for.",
    )
    contacts: list[Contact] = to_many(
        OWN_CONTACTS_SCOPE,
        on="TRUE",
        order="{t}.name, {t}.id",
        limit=50,
        description="The contacts they are, one for each customer as a rule.",
    )
