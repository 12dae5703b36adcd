"""Order templates, from which orders start."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.client_status.model import Visibility
from domain.kernel.actors import OFFICE_KINDS
from domain.kernel.availability import Availability
from domain.kernel.money import VatCategory
from domain.operator.model import CustomerAccess
from domain.order_templates.facts import AUTOMATIONS_USING_IT
from domain.order_templates.scope import TEMPLATE_INVOICES_SCOPE
from domain.orders.model import CompletionRule, ReviewStart, ReviewUnit
from domain.orders.repetition import Repetition
from domain.pipelines.scope import STAGES_SCOPE
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from schema.declarations.fields import column, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.client_status.templates import StatusTemplate
from schema.operations.references import AStage
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.money import Money, price_field
from schema.shared.node import Node
from schema.shared.translated_fields import translated

CURRENCY = "'EUR'::text"


@strawberry.type(description="One invoice that orders from a template are planned with.")
class TemplateInvoice(Node):
    """One invoice that orders from a template are planned with."""

    id: strawberry.ID = column(id_prefix="tin", description="The entry's identifier.")
    position: int = column(description="Its place in the plan, from 1.")
    invoice_days: int | None = column(description="Its date, in days after the first; null when acceptance sets it.")
    text: str = column(description="What is invoiced.")
    quantity: Decimal = column("trim_scale({t}.quantity)", description="How many units.")
    unit_price: Money = price_field("{t}.unit_price_cents", currency=CURRENCY, description="Net price of one unit.")
    vat_category: VatCategory = column(description="How value added tax applies.")
    vat_category_label: str = translated(
        "status.vatCategory", "{t}.vat_category", description="That in the viewer's language."
    )
    repeats: Repetition | None = column(description="How often it comes again; null for once.")
    repeat_months: int | None = column(description="The months from one to the next, for EVERY_N_MONTHS.")
    repeat_count: int | None = column(description="How many invoices there are in all.")


@strawberry.type(description="What orders can begin with. Days count from the order's first.")
class OrderTemplate(Node):
    """A template from which orders start."""

    id: strawberry.ID = column(id_prefix="ort", description="The template's identifier.")
    state: Availability = column(description="Whether it can be chosen; members see only those that can.")
    state_label: str = translated("status.availability", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    position: int = column(description="Its place among the templates.")
    name: str = column(description="What it is called where somebody chooses one.")
    project: str = column(description="Name of the project.")
    description: str = column(description="What is to be done.")
    internal_notes: str = column(description="Notes that no customer sees.")
    tags: list[str] = column(description="Words to find and sort by, which no customer sees.")
    offer_days: int | None = column(description="The last day of the offer, in days after the first.")
    service_days: int | None = column(description="Length of the service period, the first day among them.")
    delivery_days: int | None = column(description="The day the delivery is due at 18:00, in days after the first.")
    completion_rule: CompletionRule = column(description="When the order is complete.")
    required_deliveries: int = column(description="How many deliveries must be accepted.")
    review_length: int = column(description="How long a review of a delivery lasts.")
    review_unit: ReviewUnit = column(description="How that length counts.")
    review_start: ReviewStart = column(description="What it counts from.")
    review_extensions: int | None = column(
        description="How often the customer may extend a review; null: operator's rule."
    )
    review_extension_days: int | None = column(
        description="By how many days at most, each time; null: operator's rule."
    )
    customer_access: CustomerAccess | None = column(description="How much the customer sees; null: operator's rule.")
    stage: AStage | None = to_one(
        STAGES_SCOPE, on="{t}.id = {p}.stage_id", description="The stage that orders enter; null for members."
    )
    status_template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on="{t}.id = {p}.status_template_id",
        description="What fills the client status; null leaves it empty and hidden.",
    )
    status_visibility: Visibility = column(
        description="Whether that status is shown as soon as the client may see the order."
    )
    status_visibility_label: str = translated(
        "status.visibility", "{t}.status_visibility", description="That in the viewer's language."
    )
    invoices: list[TemplateInvoice] = to_many(
        TEMPLATE_INVOICES_SCOPE,
        on="{t}.order_template_id = {p}.id",
        order="{t}.position, {t}.id",
        limit=120,
        description="The billing plan, in its order.",
    )
    used_by: list[str] | None = column(
        AUTOMATIONS_USING_IT,
        only_for=OFFICE_KINDS,
        description="Names of the automations that ask for it; null for members.",
    )
    created_at: datetime = column(description="When it was created.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("orderTemplate")


@where_input(description="Which order templates to list; all that is given must hold.")
class OrderTemplateWhere:
    """The filter of order template lists."""

    id: IdFilter | None = filter_field(id_prefix="ort", description="By identifier.")
    state: EnumFilter[Availability] | None = filter_field(description="By whether they can be chosen.")


ORDER_TEMPLATE_SORTS = ordering(
    "OrderTemplate",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="The place among the templates."),
    NAME=sort_key("lower({t}.name)", description="The name."),
)
