"""What amending the rules for client statuses takes."""

from dataclasses import dataclass

from domain.engine.inputs import input_field


@dataclass(frozen=True, kw_only=True)
class StatusRulesInput:
    """The rules as a whole."""

    quiet_minutes: int = input_field(
        "How many minutes a change waits unseen and can be taken back; 0: clients see it at once.", least=0, most=1440
    )
    stale_after_days: int | None = input_field(
        "After how many days without a change a shown status is stale; empty: never.", default=None, least=1, most=365
    )
    digest_hour: int = input_field(
        "The full hour at which daily mails are sent, in the operator's zone.", least=0, most=23
    )
