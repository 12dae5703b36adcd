"""Effects of an order's commands: rows that belong to the order, and changes that leave its state."""

from domain.engine.transition import TransitionContext
from domain.files import attachments
from domain.kernel.actors import OFFICE, Role
from domain.kernel.errors import Refused, invalid
from domain.orders.model import (
    Assignment,
    Comment,
    CommentFile,
    CommentVisibility,
    Order,
    OrderStatus,
    RejectionCause,
)

SELECT_EMPLOYEES = """SELECT id FROM accounts WHERE id = ANY($1::uuid[]) AND status = 'ACTIVE'
    AND roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']"""


def archive(move: TransitionContext) -> None:
    move.row.archived_at = move.now


def restore(move: TransitionContext) -> None:
    move.row.archived_at = None


def delete(move: TransitionContext) -> None:
    move.row.deleted_at = move.now


async def assign(move: TransitionContext) -> None:
    """Replace the employees who are assigned to the order."""
    order_id = move.row.id
    await _require_employees(move)
    await Assignment.filter(order_id=order_id).using_db(move.connection).delete()
    entries = [Assignment(order_id=order_id, account_id=account_id) for account_id in move.input.account_ids]
    await Assignment.bulk_create(entries, using_db=move.connection)


async def _require_employees(move: TransitionContext) -> None:
    """Refuse accounts that are no active employees; an account of another kind looks like an absent one."""
    found = await move.connection.execute_query_dict(SELECT_EMPLOYEES, [list(move.input.account_ids)])
    known = {row["id"] for row in found}
    for position, account_id in enumerate(move.input.account_ids):
        if account_id not in known:
            raise Refused(invalid("employee_unknown", "account_ids", str(position)))


async def comment(move: TransitionContext) -> None:
    """Store a comment with its files and notify those who may read it, except the author's role."""
    visibility, author = move.input.visibility, move.context.actor
    written = Comment(
        order_id=move.row.id,
        visibility=visibility,
        author_role=author.role,
        author_name=author.name,
        text=move.input.text.strip(),
        created_at=move.now,
    )
    move.insert(written)
    await _attach_to_comment(move, written)
    readers = {
        CommentVisibility.INTERNAL: OFFICE,
        CommentVisibility.MEMBER: OFFICE | {Role.MEMBER},
        CommentVisibility.CUSTOMER: OFFICE | {Role.MEMBER, Role.CUSTOMER},
    }[visibility]
    if not _was_offered(move.row):
        readers -= {Role.CUSTOMER}
    move.audience = readers
    move.notifies &= readers - author.roles if visibility is not CommentVisibility.INTERNAL else frozenset()


async def _attach_to_comment(move: TransitionContext, written: Comment) -> None:
    file_ids = tuple(dict.fromkeys(move.input.file_ids))
    if not file_ids:
        return
    await attachments.attach(move, move.row.id, file_ids)
    for position, file_id in enumerate(file_ids, start=1):
        move.insert(CommentFile(comment_id=written.id, position=position, file_id=file_id))


def _was_offered(order: Order) -> bool:
    """Whether the customer may know of the order."""
    if order.status is OrderStatus.REJECTED:
        return order.rejection_cause is not RejectionCause.OPERATOR
    return order.status not in (OrderStatus.DRAFT, OrderStatus.IN_REVIEW)
