"""The mails that an account gets, group by group, and which of them its holder does without."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry

from domain.accounts.mail_choices import MailChoice as Choice
from domain.accounts.mail_choices import MailGroup, mail_choices
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from schema.declarations.fields import computed


@strawberry.type(description="One group of mails to an account, and whether its holder wants it.")
class MailChoice:
    """A group of mails that is chosen as one."""

    group: MailGroup = strawberry.field(description="Which mails.")
    label: str = strawberry.field(description="That in the viewer's language.")
    explanation: str = strawberry.field(description="What they tell of.")
    wanted: bool = strawberry.field(
        description="Whether they are mailed; they are among the notifications in any case."
    )
    required_because: str | None = strawberry.field(description="Why they cannot be left out; null where they can.")


@dataclass(frozen=True)
class MailChoiceFacts:
    """What the choices of an account follow from."""

    id: UUID = fact("{t}.id")
    roles: tuple[str, ...] = fact("to_jsonb({t}.roles)")
    unwanted_mails: tuple[str, ...] = fact("to_jsonb({t}.unwanted_mails)")


def own_mail_choices(
    account: MailChoiceFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[Choice] | None:
    """The choices of the viewer's own account; none of another one."""
    if account.id != context.actor.account_id:
        return None
    return [*mail_choices(account.roles, account.unwanted_mails, context.actor.language)]


def mail_choices_field() -> Any:
    return computed(
        MailChoiceFacts,
        own_mail_choices,
        description="The mails one gets, by group; null of other people. Changed with `accountChooseMails`.",
    )
