"""The viewer in the operations schema."""

from collections.abc import Mapping
from typing import Any

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.i18n import translate
from domain.parties.scope import MEMBERS_SCOPE
from schema.declarations.fields import computed, singleton
from schema.operations.accounts import Account
from schema.operations.parties import Member
from schema.shared.parties import ViewerFields

Arguments = Mapping[str, Any]


def role(_facts: None, _arguments: Arguments, context: EvaluationContext) -> Role:
    """The viewer's active role."""
    return context.actor.role


def role_label(_facts: None, _arguments: Arguments, context: EvaluationContext) -> str:
    """The active role in the viewer's language."""
    return translate(context.actor.language, f"status.role.{context.actor.role}")


@strawberry.type(description="Who is asking.")
class Viewer(ViewerFields):
    """The viewer."""

    role: Role = computed(None, role, description="The role they act in.")
    role_label: str = computed(None, role_label, description="That in the viewer's language.")
    account: Account | None = singleton(
        ACCOUNTS_SCOPE, where="{t}.id = {account}", description="Their account, with all roles they have."
    )
    member: Member | None = singleton(
        MEMBERS_SCOPE, where="{t}.id = {member}", description="The member they are; null in all other roles."
    )
