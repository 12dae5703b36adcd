"""Inputs of the moves of a supplement."""

from dataclasses import dataclass

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class SupplementConfirmation:
    """The name of the person who confirms."""

    name: str = input_field("Name of the person who confirms.", shortest=1, longest=200)


@dataclass(frozen=True, kw_only=True)
class SupplementDecline:
    """An optional reason for declining."""

    reason: str | None = input_field("The reason, as the member and the operator read it.", default=None, longest=2000)
