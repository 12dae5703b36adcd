"""Effects of the moves of uploaded files on their rows; bytes are stored and removed elsewhere."""

from datetime import UTC, datetime
from uuid import UUID

from domain.engine.transition import TransitionContext
from domain.files.owners import owner_of
from domain.files.quotas import require_room
from domain.kernel.actors import ActorKind
from domain.kernel.errors import Refused, guard_failed, invalid
from domain.orders.scope import MANAGED_ORDERS_SCOPE
from domain.uploads.media_types import has_preview
from domain.uploads.model import File, FilePreview, VirusCheck
from domain.uploads.names import harmless_name

SELECT_ORDER = "SELECT o.id FROM orders o WHERE o.id = $1 AND {scope}"


async def create(move: TransitionContext) -> File:
    """A place for the bytes, refused before the first one when there is no room for all of them."""
    size, order_id = int(move.input.size), move.input.order_id
    actor = move.context.actor
    if order_id is not None or actor.kind is ActorKind.REPLY_LINK:
        await _require_order(move, order_id)
    owner_id = owner_of(actor)
    if owner_id is None:
        raise Refused(guard_failed("upload_without_account"))
    await require_room(move.connection, owner_id=owner_id, order_id=order_id, size=size)
    file = File(
        member_id=actor.member_id,
        account_id=None if actor.member_id else actor.account_id,
        contact_id=None if actor.member_id or actor.account_id else owner_id,
        for_order_id=order_id,
        name=harmless_name(move.input.name),
        size=size,
        created_at=move.now,
        last_byte_at=move.now,
    )
    move.insert(file)
    move.event_body |= {"name": file.name, "size": size}
    return file


def finish(move: TransitionContext) -> None:
    """The file is what its hash says from now on."""
    _set_content(move)
    _let_draw_preview(move)


def hold_for_check(move: TransitionContext) -> None:
    """The file is what its hash says from now on, and waits for its check."""
    _set_content(move)
    move.row.attempts, move.row.next_attempt_at = 0, datetime.now(UTC)


def pass_check(move: TransitionContext) -> None:
    move.row.virus_check = move.input.finding
    move.row.next_attempt_at, move.row.last_error = None, None
    move.event_body["virus_check"] = move.input.finding
    _let_draw_preview(move)


def quarantine(move: TransitionContext) -> None:
    """The bytes stay until the file expires, and are given out to no one."""
    move.row.virus_check, move.row.virus_name = VirusCheck.INFECTED, move.input.virus_name
    move.row.next_attempt_at, move.row.last_error = None, None
    move.event_body |= {"virus": move.input.virus_name, "sha256": move.row.sha256}


def _set_content(move: TransitionContext) -> None:
    move.row.sha256, move.row.media_type = move.input.sha256, move.input.media_type
    move.row.finished_at, move.row.next_attempt_at, move.row.last_error = move.now, None, None
    move.event_body |= {"sha256": move.row.sha256, "media_type": move.row.media_type}


def _let_draw_preview(move: TransitionContext) -> None:
    if has_preview(move.row.media_type, move.row.size):
        move.insert(FilePreview(file_id=move.row.id, next_attempt_at=datetime.now(UTC)))


def remove(move: TransitionContext) -> None:
    """No writer of an earlier fence stores anything more; the bytes are removed after the commit."""
    move.row.fence += 1
    move.row.leased_until, move.row.next_attempt_at = None, None


async def _require_order(move: TransitionContext, order_id: UUID | None) -> None:
    """Refuse an order that the actor does not see like one that does not exist, and like none."""
    scope, values = MANAGED_ORDERS_SCOPE.bound_predicate(move.context.actor, "o", first=2)
    if not await move.connection.execute_query_dict(SELECT_ORDER.format(scope=scope), [order_id, *values]):
        raise Refused(invalid("order_unknown", "order_id"))
