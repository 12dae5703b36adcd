"""Recipients of messages: one query per role, registered by the nouns that the messages are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.kernel.actors import Role

Queries = Mapping[Role, str]


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A message of its own that something was given up, and the roles that receive it."""

    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """Who receives messages about one noun.

    A query selects (account_id, contact_id, customer_id), exactly one of them set in each row; `{subject}` is the
    subject's id and `{order}` its order's. Roles without a query of their own use the default one. `caretaker` is the
    role that is told, beside administrators, when a message about the noun cannot be sent; without one, alarms are
    about the order. `undelivered` has, by the name of a message to customers, the alarm that is raised in place of the
    general one when it cannot be delivered. `alarms` are the names of all alarms that are about this noun alone.
    """

    queries: Queries = field(default_factory=dict)
    caretaker: Role | None = None
    undelivered: Mapping[str, Alarm] = field(default_factory=dict)
    alarms: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class _Configuration:
    by_noun: Mapping[str, Recipients] = field(default_factory=dict)
    defaults: Queries = field(default_factory=dict)
    root_noun: str = ""


_configured = _Configuration()


def configure(by_noun: Mapping[str, Recipients], defaults: Queries, *, root_noun: str) -> None:
    """Set who receives messages; once per process, from the list of nouns."""
    _configured.by_noun, _configured.defaults, _configured.root_noun = by_noun, defaults, root_noun


def queries() -> Iterator[tuple[Role, str, str]]:
    """Each query with its role and the SQL condition, over `wanted.subject_kind`, of the messages it is for."""
    own_kinds: dict[Role, list[str]] = {}
    for kind, registered in _configured.by_noun.items():
        for role, query in registered.queries.items():
            own_kinds.setdefault(role, []).append(f"'{kind}'")
            yield role, f"wanted.subject_kind = '{kind}'", query
    for role, query in _configured.defaults.items():
        others = own_kinds.get(role)
        yield role, f"wanted.subject_kind NOT IN ({', '.join(others)})" if others else "TRUE", query


def recipients_of(subject_kind: str) -> Recipients:
    """What a noun has registered; nothing of its own for the others."""
    return _configured.by_noun.get(subject_kind, Recipients())


def own_alarms() -> frozenset[str]:
    """The names of the alarms that nouns have of their own."""
    return frozenset(name for each in _configured.by_noun.values() for name in each.alarms)


def root_noun() -> str:
    """The noun that messages are about when a noun has none of its own."""
    return _configured.root_noun
