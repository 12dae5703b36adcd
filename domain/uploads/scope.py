"""Scope of files: their member's own, and what is attached to something that an actor sees."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.claims.scope import CLAIM_FILES_SCOPE
from domain.deliveries.scope import DELIVERY_FILES_SCOPE
from domain.kernel.actors import OFFICE_KINDS, ActorKind
from domain.orders.related_scopes import EVIDENCE_SCOPE

IS_THERE = "{t}.state <> 'REMOVED'"
IS_FINISHED = "{t}.state = 'FINISHED'"


def _attached_by(source: ScopedTable, kind: ActorKind) -> str:
    """SQL: a row of `source` that is visible to this kind of actor names the file."""
    alias = f"by_{source.table}"
    scope = source.predicate(kind, alias)
    return f"EXISTS (SELECT 1 FROM {source.table} {alias} WHERE {alias}.file_id = {{t}}.id AND ({scope}))"


def _attached(*sources: ScopedTable, kind: ActorKind) -> str:
    return f"{IS_FINISHED} AND ({' OR '.join(_attached_by(source, kind) for source in sources)})"


FILES_SCOPE = ScopedTable(
    name="files",
    table="files",
    predicates={
        ActorKind.MEMBER: f"{IS_THERE} AND {{t}}.member_id = {{member}}",
        **{
            kind: _attached(EVIDENCE_SCOPE, DELIVERY_FILES_SCOPE, CLAIM_FILES_SCOPE, kind=kind) for kind in OFFICE_KINDS
        },
        **{kind: _attached(DELIVERY_FILES_SCOPE, kind=kind) for kind in (ActorKind.CUSTOMER, ActorKind.LINK)},
        ActorKind.CLOCK: EVERYTHING,
    },
)
