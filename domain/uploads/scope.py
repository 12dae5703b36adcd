"""Scope of files: their owner's own, and what is attached to something that an actor sees."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.claims.scope import CLAIM_FILES_SCOPE
from domain.deliveries.scope import DELIVERY_FILES_SCOPE
from domain.kernel.actors import OFFICE_KINDS, ActorKind
from domain.orders.related_scopes import COMMENT_FILES_SCOPE, EVIDENCE_SCOPE

IS_THERE = "{t}.state <> 'REMOVED'"
IS_FINISHED = "{t}.state = 'FINISHED'"
OF_ACCOUNT = f"{IS_THERE} AND {{t}}.account_id = {{account}}"
OWN = {
    **dict.fromkeys(OFFICE_KINDS, OF_ACCOUNT),
    ActorKind.CUSTOMER: f"{IS_THERE} AND ({{t}}.account_id = {{account}} OR {{t}}.contact_id = {{contact}})",
    ActorKind.REPLY_LINK: f"{IS_THERE} AND {{t}}.contact_id = {{contact}} AND {{t}}.for_order_id = {{order}}",
    ActorKind.MEMBER: f"{IS_THERE} AND {{t}}.member_id = {{member}}",
}


def _attached_by(source: ScopedTable, kind: ActorKind) -> str:
    """SQL: a row of `source` that is visible to this kind of actor names the file."""
    alias = f"by_{source.table}"
    scope = source.predicate(kind, alias)
    return f"EXISTS (SELECT 1 FROM {source.table} {alias} WHERE {alias}.file_id = {{t}}.id AND ({scope}))"


def _attached(kind: ActorKind, *sources: ScopedTable) -> str:
    return f"{IS_FINISHED} AND ({' OR '.join(_attached_by(source, kind) for source in sources)})"


def _own_or_attached(kind: ActorKind, *sources: ScopedTable) -> str:
    return f"({OWN[kind]} OR {_attached(kind, *sources)})"


FILES_SCOPE = ScopedTable(
    name="files",
    table="files",
    predicates={
        **{
            kind: _own_or_attached(kind, EVIDENCE_SCOPE, DELIVERY_FILES_SCOPE, CLAIM_FILES_SCOPE, COMMENT_FILES_SCOPE)
            for kind in OFFICE_KINDS
        },
        ActorKind.MEMBER: _own_or_attached(ActorKind.MEMBER, COMMENT_FILES_SCOPE),
        ActorKind.CUSTOMER: _own_or_attached(ActorKind.CUSTOMER, DELIVERY_FILES_SCOPE, COMMENT_FILES_SCOPE),
        ActorKind.LINK: _attached(ActorKind.LINK, DELIVERY_FILES_SCOPE, COMMENT_FILES_SCOPE),
        ActorKind.REPLY_LINK: _own_or_attached(ActorKind.REPLY_LINK, COMMENT_FILES_SCOPE),
        ActorKind.CLOCK: EVERYTHING,
    },
)
OWN_FILES_SCOPE = ScopedTable(name="own_files", table="files", predicates=OWN)
