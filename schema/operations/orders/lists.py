"""Filters and orders of order lists."""

from datetime import date

import strawberry

from domain.client_status.model import Visibility
from domain.client_status.notices.staleness import IS_STALE
from domain.client_status.scope import ORDER_IS_VISIBLE
from domain.hidden_reasons import ORDER_HIDES_SOMETHING
from domain.kernel.actors import OFFICE_KINDS
from domain.orders.lateness import IS_LATE, LATENESS, Lateness
from domain.orders.model import OrderStatus
from domain.pipelines.reads import IN_RETIRED_PIPELINE, ON_THE_BOARD
from domain.search_tables.of_lists import ORDER_SEARCH
from schema.declarations.fields import filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.shared.filters import DateFilter, DateTimeFilter, EnumFilter, IdFilter, TextFilter, contains

SEARCH_CONDITION = ORDER_SEARCH.search(f"""{contains("{t}.number")} OR {contains("{t}.project")} OR EXISTS
    (SELECT 1 FROM customers c WHERE c.id = {{t}}.customer_id AND {contains("c.legal_name")})""")
ASSIGNED_TO = """EXISTS (SELECT 1 FROM assignments a WHERE a.order_id = {t}.id AND a.account_id = {value})"""
OF_STAGES = "{t}.stage_id IN (SELECT s.id FROM stages s WHERE {comparison})"
OFF_BOARD = f"""(({{t}}.stage_id IS NULL OR {IN_RETIRED_PIPELINE.replace("{o}", "{t}")})
    AND {ON_THE_BOARD.replace("{o}", "{t}")}) = {{value}}"""
SHOWN = """(EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {t}.id AND s.visibility = 'SHOWN')) = {value}"""
OF_STATUSES = "{t}.id IN (SELECT s.id FROM client_statuses s WHERE {comparison})"
STATUS_VISIBILITY = "(SELECT s.visibility FROM client_statuses s WHERE s.id = {t}.id)"
STATUS_LABEL_CONTAINS = f"""EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {{t}}.id
    AND ({contains("s.label_de")} OR {contains("s.label_en")}))"""
STATUS_IS_STALE = f"""EXISTS (SELECT 1 FROM client_statuses s WHERE s.id = {{t}}.id
    AND {IS_STALE.replace("{t}", "s").replace("{o}", "{t}")}) = {{value}}"""
# Few contradict, and the database notes these; only who sees the order is not part of it.
STATUS_CONTRADICTS = f"""({{t}}.id IN (SELECT noted.id FROM contradicting_statuses noted)
    AND coalesce({ORDER_IS_VISIBLE}, FALSE)) = {{value}}"""
CREATED_IN_YEAR = "extract(year FROM {t}.created_at AT TIME ZONE (SELECT s.zone FROM operator_settings s)) = {value}"


@where_input(description="Which orders to list; all that is given must hold.")
class OrderWhere:
    """The filter of order lists."""

    id: IdFilter | None = filter_field(id_prefix="ord", description="By identifier.")
    number: TextFilter | None = filter_field(description="By number.")
    status: EnumFilter[OrderStatus] | None = filter_field(index_prefix=True, description="By where it stands.")
    member: IdFilter | None = filter_field(
        "{t}.member_id", id_prefix="mem", index_prefix=True, description="By member."
    )
    customer: IdFilter | None = filter_field(
        "{t}.customer_id", id_prefix="cus", index_prefix=True, description="By customer."
    )
    project: TextFilter | None = filter_field(description="By name of the project.")
    search: str | None = filter_field(
        SEARCH_CONDITION, description="Part of the number, the project or the customer's name."
    )
    tag: str | None = filter_field("{value} = ANY({t}.tags)", description="Those with this tag.")
    assigned_to: strawberry.ID | None = filter_field(
        ASSIGNED_TO, id_prefix="acc", description="Those this employee takes care of."
    )
    archived: bool | None = filter_field(
        "({t}.archived_at IS NOT NULL) = {value}", description="Whether they were put away."
    )
    late: bool | None = filter_field(
        f"{IS_LATE} = {{value}}", description="Whether a delivery is overdue, also by much."
    )
    lateness: EnumFilter[Lateness] | None = filter_field(
        LATENESS,
        implications=dict.fromkeys((Lateness.LATE, Lateness.VERY_LATE), IS_LATE),
        description="By how late the delivery is.",
    )
    stage: IdFilter | None = filter_field(
        "{t}.stage_id", id_prefix="stg", only_for=OFFICE_KINDS, description="By the stage they lie in."
    )
    pipeline: IdFilter | None = filter_field(
        "s.pipeline_id",
        enclosing_condition=OF_STAGES,
        id_prefix="pip",
        only_for=OFFICE_KINDS,
        description="By the pipeline they lie in.",
    )
    off_board: bool | None = filter_field(
        OFF_BOARD,
        only_for=OFFICE_KINDS,
        description="Whether they lie in no stage, or are open in one of a retired pipeline, and were not put away.",
    )
    client_status_shown: bool | None = filter_field(SHOWN, description="Whether their client status is shown.")
    hides: bool | None = filter_field(
        f"{ORDER_HIDES_SOMETHING} = {{value}}",
        description="Whether the customer does not see the order, its client status, a delivery or an invoice of it.",
    )
    client_status: EnumFilter[Visibility] | None = filter_field(
        STATUS_VISIBILITY, description="By whether their client status is shown."
    )
    client_status_template: IdFilter | None = filter_field(
        "s.template_id",
        enclosing_condition=OF_STATUSES,
        id_prefix="stt",
        description="By the template their client status came from.",
    )
    client_status_label: str | None = filter_field(
        STATUS_LABEL_CONTAINS, description="Part of what their client status says, in either language."
    )
    stale: bool | None = filter_field(
        STATUS_IS_STALE, description="Whether their client status is shown and has not changed for too long."
    )
    contradicts: bool | None = filter_field(
        STATUS_CONTRADICTS, description="Whether their shown client status contradicts the facts."
    )
    year: int | None = filter_field(CREATED_IN_YEAR, description="The year they were begun, in the operator's zone.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were begun.")
    delivery_due_at: DateTimeFilter | None = filter_field(description="By when the work is to be delivered.")
    offer_valid_until: DateFilter | None = filter_field(description="By the last day of the offer.")


LAST_DAY = date(9999, 12, 31)
ORDER_SORTS = ordering(
    "Order",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was begun."),
    NUMBER=sort_key("{t}.number", description="The number."),
    STATUS=sort_key("{t}.status", description="Where it stands, by the name of the state."),
    PROJECT=sort_key("lower({t}.project)", description="The name of the project."),
    NET=sort_key("{t}.net_cents", "bigint", description="The net sum."),
    DELIVERY_DUE=sort_key(
        "coalesce({t}.delivery_due_at, 'infinity')",
        "timestamptz",
        description="When the work is to be delivered; without a date last.",
    ),
    CLIENT_STATUS_CHANGED=sort_key(
        "coalesce({joined}.changed_at, '-infinity')",
        "timestamptz",
        join="client_statuses {joined} ON {joined}.id = {t}.id",
        description="When the client status last changed; never changed first.",
    ),
    WAITING_SINCE=sort_key(
        """coalesce(CASE {t}.status WHEN 'IN_REVIEW' THEN {t}.submitted_at
            WHEN 'CANCELLATION_REVIEW' THEN {t}.cancellation_requested_at END, 'infinity')""",
        "timestamptz",
        description="Since when the operator is to decide; where nothing is to be decided last.",
    ),
    OFFER_END=sort_key(
        f"coalesce({{t}}.offer_valid_until, '{LAST_DAY}'::date)",
        "date",
        description="The last day of the offer; without one last.",
    ),
    STAGE_ENTERED=sort_key(
        "CASE WHEN {member} IS NULL THEN coalesce({t}.stage_entered_at, 'infinity') ELSE 'infinity' END",
        "timestamptz",
        description="When it entered its stage; without one last. Members see no stages.",
    ),
)
CARD_SORTS = ordering(
    "Card",
    default="STAGE_ENTERED",
    STAGE_ENTERED=sort_key("{t}.stage_entered_at", "timestamptz", description="When it entered the stage."),
    **{
        name: ORDER_SORTS.keys[name]
        for name in ("CREATED_AT", "NUMBER", "PROJECT", "NET", "DELIVERY_DUE", "CLIENT_STATUS_CHANGED")
    },
)
