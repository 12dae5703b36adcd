"""Fields that show a stored value in the viewer's language."""

from collections.abc import Collection, Mapping
from dataclasses import make_dataclass
from functools import cache
from typing import Any

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.kernel.actors import PORTAL_KINDS, ActorKind
from domain.kernel.languages import LANGUAGES
from schema.declarations.declared_field import DeclaredField
from schema.declarations.fields import computed
from schema.declarations.types import Computed

STATUS_HELP = "What happens now, who acts, and until when, in the viewer's language."


def translated(
    key_prefix: str,
    sql: str,
    *,
    description: str,
    only: Collection[ActorKind] | None = None,
    preferred_key_prefix: str = "",
) -> Any:
    """The translation of a value: `translated("status.order", "{t}.status")` finds `status.order.ACTIVE`.

    Null stays null. A translation below `preferred_key_prefix` is preferred where there is one.
    """
    value_alone = _value_alone(sql, key_prefix)

    def word(facts: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> str | None:
        if facts.value is None:
            return None
        language, preferred = context.actor.language, f"{preferred_key_prefix}.{facts.value}"
        return i18n.translate(
            language, preferred if i18n.has_translation(language, preferred) else f"{key_prefix}.{facts.value}"
        )

    return computed(value_alone, word, description=description, only_for=only)


def localized_column(name: str) -> str:
    """SQL for the column of this name that is in the viewer's language: `label` is `label_de` or `label_en`."""
    return f"CASE WHEN {{language}} = 'en' THEN {{t}}.{name}_en ELSE {{t}}.{name}_de END"


def add_status_help(gtype: type) -> None:
    """Declare `statusHelp` behind `statusLabel`, and `stateHelp` behind `stateLabel`, if `status_help.toml` has it."""
    for name in ("status", "state"):
        kind = _kind_of(vars(gtype).get(f"{name}_label"))
        if kind in _explained_kinds():
            setattr(gtype, f"{name}_help", _status_help(kind, f"{{t}}.{name}"))
            gtype.__annotations__ = _with_help_behind_label(gtype.__annotations__, name)


def _status_help(kind: str, sql: str) -> Any:
    """The explanation of a status: `status_help.order.ACTIVE`; customers read `status_help.orderForCustomer.ACTIVE`."""

    def explanation(facts: Any, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
        language, for_customers = context.actor.language, f"status_help.{kind}ForCustomer.{facts.value}"
        if context.actor.kind in PORTAL_KINDS and i18n.has_translation(language, for_customers):
            return i18n.translate(language, for_customers)
        return i18n.translate(language, f"status_help.{kind}.{facts.value}")

    return computed(_value_alone(sql), explanation, description=STATUS_HELP)


def _value_alone(sql: str, key_prefix: str = "") -> type:
    return make_dataclass("ValueAlone", [("value", Any, fact(sql))], frozen=True, namespace={"key_prefix": key_prefix})


def _kind_of(label: Any) -> str:
    """The kind of status that a label translates: `claim` of `translated("status.claim", ...)`."""
    declaration = label.declaration if isinstance(label, DeclaredField) else None
    facts = declaration.facts if isinstance(declaration, Computed) else None
    return str(getattr(facts, "key_prefix", "")).removeprefix("status.")


@cache
def _explained_kinds() -> frozenset[str]:
    return frozenset(key.split(".")[1] for key in i18n.catalogue(LANGUAGES[0]) if key.startswith("status_help."))


def _with_help_behind_label(annotations: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The same annotations in their order, with that of the help behind that of the label."""
    behind = {f"{name}_label": {f"{name}_help": str}}
    pairs = ({each: kind} | behind.get(each, {}) for each, kind in annotations.items())
    return {each: kind for pair in pairs for each, kind in pair.items()}
