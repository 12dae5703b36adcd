"""How lists of orders and of their comments are narrowed and sorted."""

from datetime import date

import strawberry

from domain.client_status.hidden import ORDER_HIDES
from domain.client_status.model import Visibility
from domain.client_status.stale import STALE
from domain.kernel.actors import OFFICE_KINDS
from domain.orders.derived import IS_LATE
from domain.orders.model import OrderStatus
from domain.pipelines.facts import LEFT_BEHIND, ON_THE_BOARD
from schema.compiled.declare import by, filtered, ordering
from schema.shared.filters import Choice, Day, Identifier, Instant, Text, holds

FOUND = f"""({holds("{t}.number")} OR {holds("{t}.project")} OR EXISTS
    (SELECT 1 FROM customers c WHERE c.id = {{t}}.customer_id AND {holds("c.legal_name")}))"""
ASSIGNED_TO = """EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {t}.id AND a.account_id = {value})"""
OF_STAGES = "{t}.stage_id IN (SELECT s.id FROM stages s WHERE {comparison})"
OFF_BOARD = f"""(({{t}}.stage_id IS NULL OR {LEFT_BEHIND.replace("{o}", "{t}")})
    AND {ON_THE_BOARD.replace("{o}", "{t}")}) = {{value}}"""
SHOWN = """(EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {t}.id AND s.visibility = 'SHOWN')) = {value}"""
OF_STATUSES = "{t}.id IN (SELECT s.id FROM client_statuses s WHERE {comparison})"
STATUS_VISIBILITY = "(SELECT s.visibility FROM client_statuses s WHERE s.id = {t}.id)"
STATUS_SAYS = f"""EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {{t}}.id
    AND ({holds("s.label_de")} OR {holds("s.label_en")}))"""
STATUS_IS_STALE = f"""EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {{t}}.id
    AND {STALE.replace("{t}", "s").replace("{o}", "{t}")}) = {{value}}"""
CREATED_BETWEEN = "extract(year FROM {t}.created_at AT TIME ZONE (SELECT s.zone FROM operator_settings s)) = {value}"


@strawberry.input(description="Which orders to list; all that is given must hold.")
class OrderWhere:
    """Which orders to list."""

    id: Identifier | None = filtered(id_prefix="ord", description="By identifier.")
    number: Text | None = filtered(description="By number.")
    status: Choice[OrderStatus] | None = filtered(leads=True, description="By where it stands.")
    member: Identifier | None = filtered("{t}.member_id", id_prefix="mem", leads=True, description="By member.")
    customer: Identifier | None = filtered("{t}.customer_id", id_prefix="cus", leads=True, description="By customer.")
    project: Text | None = filtered(description="By name of the project.")
    search: str | None = filtered(FOUND, description="Part of the number, the project or the customer's name.")
    tag: str | None = filtered("{value} = ANY({t}.tags)", description="Those with this tag.")
    assigned_to: strawberry.ID | None = filtered(
        ASSIGNED_TO, id_prefix="acc", description="Those this employee takes care of."
    )
    archived: bool | None = filtered(
        "({t}.archived_at IS NOT NULL) = {value}", description="Whether they were put away."
    )
    late: bool | None = filtered(f"{IS_LATE} = {{value}}", description="Whether a delivery is overdue.")
    stage: Identifier | None = filtered(
        "{t}.stage_id", id_prefix="stg", only=OFFICE_KINDS, description="By the stage they lie in."
    )
    pipeline: Identifier | None = filtered(
        "s.pipeline_id",
        inside=OF_STAGES,
        id_prefix="pip",
        only=OFFICE_KINDS,
        description="By the pipeline they lie in.",
    )
    off_board: bool | None = filtered(
        OFF_BOARD,
        only=OFFICE_KINDS,
        description="Whether they lie in no stage, or are open in one of a retired pipeline, and were not put away.",
    )
    client_status_shown: bool | None = filtered(SHOWN, description="Whether their client status is shown.")
    hides: bool | None = filtered(
        f"{ORDER_HIDES} = {{value}}",
        description="Whether the customer does not see the order, its client status, a delivery or an invoice of it.",
    )
    client_status: Choice[Visibility] | None = filtered(
        STATUS_VISIBILITY, description="By whether their client status is shown."
    )
    client_status_template: Identifier | None = filtered(
        "s.template_id",
        inside=OF_STATUSES,
        id_prefix="stt",
        description="By the template their client status came from.",
    )
    client_status_label: str | None = filtered(
        STATUS_SAYS, description="Part of what their client status says, in either language."
    )
    stale: bool | None = filtered(
        STATUS_IS_STALE, description="Whether their client status is shown and has not changed for too long."
    )
    year: int | None = filtered(CREATED_BETWEEN, description="The year they were begun, in the operator's zone.")
    created_at: Instant | None = filtered(description="By when they were begun.")
    delivery_due_at: Instant | None = filtered(description="By when the work is to be delivered.")
    offer_valid_until: Day | None = filtered(description="By the last day of the offer.")


LAST_DAY = date(9999, 12, 31)
ORDER_SORTS = ordering(
    "Order",
    default="-CREATED_AT",
    CREATED_AT=by("{t}.created_at", "timestamptz", description="When it was begun."),
    NUMBER=by("{t}.number", description="The number."),
    STATUS=by("{t}.status", description="Where it stands, by the name of the state."),
    PROJECT=by("lower({t}.project)", description="The name of the project."),
    NET=by("{t}.net_cents", "bigint", description="The net sum."),
    DELIVERY_DUE=by(
        "coalesce({t}.delivery_due_at, 'infinity')",
        "timestamptz",
        description="When the work is to be delivered; without a date last.",
    ),
    CLIENT_STATUS_CHANGED=by(
        "coalesce((SELECT s.changed_at FROM client_statuses s WHERE s.id = {t}.id), '-infinity')",
        "timestamptz",
        description="When the client status last changed; never changed first.",
    ),
    OFFER_END=by(
        f"coalesce({{t}}.offer_valid_until, '{LAST_DAY}'::date)",
        "date",
        description="The last day of the offer; without one last.",
    ),
    STAGE_ENTERED=by(
        "CASE WHEN {member} IS NULL THEN coalesce({t}.stage_entered_at, 'infinity') ELSE 'infinity' END",
        "timestamptz",
        description="When it entered its stage; without one last. Members see no stages.",
    ),
)
CARD_SORTS = ordering(
    "Card",
    default="STAGE_ENTERED",
    STAGE_ENTERED=by("{t}.stage_entered_at", "timestamptz", description="When it entered the stage."),
    **{
        name: ORDER_SORTS.keys[name]
        for name in ("CREATED_AT", "NUMBER", "PROJECT", "NET", "DELIVERY_DUE", "CLIENT_STATUS_CHANGED")
    },
)
COMMENT_SORTS = ordering(
    "Comment",
    default="CREATED_AT",
    CREATED_AT=by("{t}.created_at", "timestamptz", description="When it was said."),
)
