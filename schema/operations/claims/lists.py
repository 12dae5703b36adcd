"""Filters and orders of lists of claims."""

from domain.claims.model import ClaimKind, ClaimStatus
from domain.kernel.actors import ActorKind
from domain.search_tables.of_people_and_payments import CLAIM_SEARCH
from domain.text_search import MEMBER_TEXT
from schema.declarations.fields import filter_field, ordering, sort_key
from schema.declarations.where_inputs import where_input
from schema.shared.enums import describe_enum
from schema.shared.filters import EnumFilter, IdFilter, contains

MEMBER_OF_CLAIM = f"""EXISTS (SELECT 1 FROM members m WHERE m.id = {{t}}.member_id
    AND {contains(MEMBER_TEXT.replace("{t}", "m"))})"""
SEARCH = CLAIM_SEARCH.search(f"{contains('{t}.purpose')} OR {contains('{t}.end_to_end_id')} OR {MEMBER_OF_CLAIM}")

describe_enum(
    ClaimKind,
    "What a member claims.",
    EXPENSE="What the member has spent, proven by receipts.",
    TRAVEL="The allowance of a journey.",
    DIRECT_PAYMENT="The invoice of a third party, who is paid directly.",
    PAYOUT="What is available, paid to the member.",
)
describe_enum(
    ClaimStatus,
    "The state of a claim.",
    DRAFT="The member prepares it, unseen by finance.",
    SUBMITTED="Its amount is reserved; finance decides.",
    APPROVED="It waits for a payment file.",
    IN_PAYMENT="It stands in a payment file.",
    PAID="The bank has paid it.",
    REJECTED="Finance has rejected it.",
    CANCELED="The member has given it up.",
)


@where_input(description="Which claims to list; all that is given must hold.")
class ClaimWhere:
    """The filter of lists of claims."""

    id: IdFilter | None = filter_field(id_prefix="clm", description="By identifier.")
    status: EnumFilter[ClaimStatus] | None = filter_field(description="By state.")
    kind: EnumFilter[ClaimKind] | None = filter_field(description="By kind.")
    member: IdFilter | None = filter_field("{t}.member_id", id_prefix="mem", description="By member.")
    order: IdFilter | None = filter_field("{t}.for_order_id", id_prefix="ord", description="By order.")
    payment_file: IdFilter | None = filter_field("{t}.payment_file_id", id_prefix="pay", description="By payment file.")
    awaits_second_person: bool | None = filter_field(
        "({t}.status = 'SUBMITTED' AND {t}.endorsed_at IS NOT NULL) = {value}",
        only_for={ActorKind.ADMIN, ActorKind.FINANCE},
        description="Whether one person has endorsed them and a second one decides, for finance.",
    )
    search: str | None = filter_field(SEARCH, description="Part of the purpose, the identifier or the member's name.")


CLAIM_SORTS = ordering(
    "Claim",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was drafted."),
    AMOUNT=sort_key("{t}.amount_cents", "bigint", description="The amount."),
)
