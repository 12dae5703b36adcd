"""What each move of an order writes into its row; the door itself writes status and version."""

from datetime import timedelta

from domain.accounts.model import LinkEnd, LinkPurpose
from domain.core.actors import Role
from domain.core.errors import Refused, invalid
from domain.core.links import end_links
from domain.core.move import Move
from domain.orders.model import (
    Assignment,
    Comment,
    CommentVisibility,
    Evidence,
    OfferRevision,
    OrderStatus,
    RejectionCause,
)
from domain.orders.offers import offer_content

EMPLOYEES = """SELECT id FROM accounts WHERE id = ANY($1::uuid[]) AND is_active
    AND roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']"""
LEAST_TIME_LEFT = timedelta(hours=24)
OPERATORS_PEOPLE = frozenset({Role.STAFF, Role.FINANCE, Role.ADMIN})


async def freeze_the_offer(move: Move) -> None:
    """Freeze fee and offer: the next revision is kept word for word, as proof of what may be confirmed."""
    order = move.row
    order.fee_percent = move.moment.operator.fee_percent
    order.submitted_at = move.now
    order.offer_revision += 1
    await OfferRevision.create(
        using_db=move.connection,
        order_id=order.id,
        revision=order.offer_revision,
        content=await offer_content(move.connection, order),
        created_at=move.now,
    )


def offer_or_activate(move: Move) -> None:
    """With confirmation skipped the order is active at once and the customer is asked nothing."""
    if move.takes and move.takes.comment:
        move.note["comment"] = move.takes.comment
    if move.row.skip_confirmation:
        move.row.activated_at = move.now
        move.notifies -= {Role.CUSTOMER}
    else:
        move.row.offered_at = move.now


def keep_the_comment(move: Move) -> None:
    move.note["comment"] = move.takes.comment if move.takes else None


async def reject_as_operator(move: Move) -> None:
    await _reject(move, RejectionCause.OPERATOR, move.takes.reason, LinkEnd.CLOSED)


async def reject_as_customer(move: Move) -> None:
    await _reject(move, RejectionCause.CUSTOMER, move.takes.reason if move.takes else None, LinkEnd.USED)


async def reject_because_the_offer_expired(move: Move) -> None:
    await _reject(move, RejectionCause.OFFER_EXPIRED, None, LinkEnd.OFFER_EXPIRED)


async def _reject(move: Move, cause: RejectionCause, reason: str | None, link_end: LinkEnd) -> None:
    order = move.row
    order.rejected_at, order.rejection_cause, order.rejection_reason = move.now, cause, reason
    move.note |= {"cause": cause, "reason": reason}
    await _end_offer_links(move, link_end)


async def keep_who_confirmed(move: Move) -> None:
    order = move.row
    order.confirmed_at = order.activated_at = move.now
    order.confirmed_by = move.takes.name.strip()
    order.confirmed_revision = move.takes.revision
    move.note |= {"name": order.confirmed_by, "revision": move.takes.revision}
    await _end_offer_links(move, LinkEnd.USED)


async def take_the_offer_back_for_changes(move: Move) -> None:
    move.note["message"] = move.takes.message
    move.row.offered_at = None
    await _end_offer_links(move, LinkEnd.CHANGES_REQUESTED)


async def take_the_offer_back(move: Move) -> None:
    move.note["reason"] = move.takes.reason if move.takes else None
    move.row.offered_at = move.row.submitted_at = None
    await _end_offer_links(move, LinkEnd.WITHDRAWN)


async def _end_offer_links(move: Move, end: LinkEnd) -> None:
    await end_links(move.connection, order_id=move.row.id, purpose=LinkPurpose.OFFER, end=end)


def move_the_offers_end(move: Move) -> None:
    move.note |= {"from": move.row.offer_valid_until, "to": move.takes.valid_until}
    move.row.offer_valid_until = move.takes.valid_until


def forget_the_rejection(move: Move) -> None:
    order = move.row
    order.rejected_at = order.rejection_cause = order.rejection_reason = None
    order.submitted_at = order.offered_at = None


def pause_for_cancellation(move: Move) -> None:
    """What is left until the delivery is due is kept while the cancellation is reviewed."""
    order = move.row
    order.cancellation_requested_at = move.now
    order.cancellation_reason = move.takes.reason.strip()
    move.note["reason"] = order.cancellation_reason
    if order.delivery_due_at is not None:
        order.delivery_due_left_seconds = int((order.delivery_due_at - move.now).total_seconds())
        order.delivery_due_at = None


def go_on_after_refusal(move: Move) -> None:
    """Clocks go on with what was left, at least 24 hours."""
    order = move.row
    order.cancellation_requested_at = order.cancellation_reason = None
    move.note["reason"] = move.takes.reason
    if order.delivery_due_left_seconds is not None:
        left = timedelta(seconds=order.delivery_due_left_seconds)
        order.delivery_due_at = move.now + max(left, LEAST_TIME_LEFT)
        order.delivery_due_left_seconds = None


def end_as_canceled(move: Move) -> None:
    keep_the_comment(move)
    move.row.canceled_at = move.now


def end_as_completed(move: Move) -> None:
    move.row.completed_at = move.now


def archive(move: Move) -> None:
    move.row.archived_at = move.now


def restore(move: Move) -> None:
    move.row.archived_at = None


def delete(move: Move) -> None:
    move.row.deleted_at = move.now


async def attach_evidence(move: Move) -> None:
    await Evidence.create(
        using_db=move.connection,
        order_id=move.row.id,
        title=move.takes.title.strip(),
        link=move.takes.link.strip(),
        created_at=move.now,
    )
    move.note["title"] = move.takes.title


async def assign(move: Move) -> None:
    """The chosen employees take care of the order, and nobody else."""
    order_id = move.row.id
    await _must_be_employees(move)
    await Assignment.filter(order_id=order_id).using_db(move.connection).delete()
    entries = [Assignment(order_id=order_id, account_id=account_id) for account_id in move.takes.account_ids]
    await Assignment.bulk_create(entries, using_db=move.connection)


async def _must_be_employees(move: Move) -> None:
    """Only employees who may sign in take care of orders; anybody else looks like nobody."""
    found = await move.connection.execute_query_dict(EMPLOYEES, [list(move.takes.account_ids)])
    known = {row["id"] for row in found}
    for position, account_id in enumerate(move.takes.account_ids):
        if account_id not in known:
            raise Refused(invalid("employee_unknown", "account_ids", str(position)))


async def comment(move: Move) -> None:
    """Keep a comment and tell the other side, as far as it may read it."""
    visibility, author = move.takes.visibility, move.moment.actor
    await Comment.create(
        using_db=move.connection,
        order_id=move.row.id,
        visibility=visibility,
        author_role=author.role,
        author_name=author.name,
        text=move.takes.text.strip(),
        created_at=move.now,
    )
    readers = {
        CommentVisibility.INTERNAL: OPERATORS_PEOPLE,
        CommentVisibility.MEMBER: OPERATORS_PEOPLE | {Role.MEMBER},
        CommentVisibility.CUSTOMER: OPERATORS_PEOPLE | {Role.MEMBER, Role.CUSTOMER},
    }[visibility]
    if not _is_offered(move.row.status):
        readers -= {Role.CUSTOMER}
    move.audience = readers
    move.notifies &= readers - author.roles if visibility is not CommentVisibility.INTERNAL else frozenset()


def _is_offered(status: OrderStatus) -> bool:
    return status not in (OrderStatus.DRAFT, OrderStatus.IN_REVIEW)
