"""Customers, contacts, the operator and the viewer as customers see them."""

from collections.abc import Mapping
from typing import Any

import strawberry

from domain.engine.context import EvaluationContext
from domain.kernel.actors import LINK_KINDS
from domain.parties.model import StatusMails
from domain.parties.scope import CUSTOMERS_SCOPE, MANAGED_CONTACTS_SCOPE
from schema.declarations.fields import column, computed, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction
from schema.shared.field_order import field_order
from schema.shared.parties import ContactFields, CustomerFields, OperatorFields, ViewerFields
from schema.shared.translated_fields import translated


@field_order(
    """
    id legal_name street postcode city country invoice_email
    """
)
@strawberry.type(description="The customer on whose behalf the viewer acts.")
class Customer(CustomerFields):
    """The customer on whose behalf the viewer acts."""


@strawberry.type(description="The viewer as a contact of a customer.")
class Contact(ContactFields):
    """The viewer as a contact of a customer."""

    status_mails: StatusMails = column(description="When they get mails about client statuses.")
    status_mails_label: str = translated(
        "status.statusMails", "{t}.status_mails", description="That in the viewer's language."
    )
    customer: Customer | None = to_one(
        CUSTOMERS_SCOPE, on="{t}.id = {p}.customer_id", description="The customer they are a contact of."
    )
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("contact")


@field_order(
    """
    name street postcode city country email zone today
    """
)
@strawberry.type(description="Who runs this platform.")
class Operator(OperatorFields):
    """The operator of the platform."""


def via_link(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> bool:
    """Whether the viewer came by a mailed link."""
    return context.actor.kind in LINK_KINDS


@strawberry.type(description="Who is asking.")
class Viewer(ViewerFields):
    """The viewer."""

    via_link: bool = computed(None, via_link, description="Whether they came by a mailed link, without signing in.")
    customers: list[Customer] = to_many(
        CUSTOMERS_SCOPE,
        on="TRUE",
        order="{t}.legal_name, {t}.id",
        limit=50,
        description="The customers they speak for.",
    )
    contacts: list[Contact] = to_many(
        MANAGED_CONTACTS_SCOPE,
        on="TRUE",
        order="{t}.name, {t}.id",
        limit=50,
        description="The contacts they are, one for each customer as a rule.",
    )
