"""Fields that show a stored value in the viewer's language."""

from collections.abc import Collection, Mapping
from dataclasses import make_dataclass
from typing import Any

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.kernel.actors import ActorKind
from schema.declarations.fields import computed

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
    value_alone = make_dataclass("ValueAlone", [("value", Any, fact(sql))], frozen=True)

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


def status_help(kind: str) -> Any:
    """The explanation of a status: `status_help("order")` finds `status_help.order.ACTIVE`."""
    return translated(f"status_help.{kind}", "{t}.status", description=STATUS_HELP)
