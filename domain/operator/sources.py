"""The operator's one row of settings, which everybody may read as far as their schema shows it."""

from domain.core.actors import ActorKind
from domain.core.sources import EVERYTHING, Source

OPERATOR_SOURCE = Source(
    name="operator_settings", table="operator_settings", scopes=dict.fromkeys(ActorKind, EVERYTHING)
)
