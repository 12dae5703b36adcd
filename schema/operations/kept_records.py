"""Records about a person that the law keeps after the person is erased."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from domain.accounts.effects import kept_records as of_account
from domain.contacts import kept_records as of_contact
from domain.engine.context import EvaluationContext
from domain.kernel.actors import ActorKind
from domain.kernel.i18n import translate
from domain.personal_data.kept_records import Kept
from schema.declarations.fields import computed

ADMIN = {ActorKind.ADMIN}
DESCRIPTION = "What stays when the person is erased, and until when the law keeps it; for administrators."


@strawberry.type(description="Records about a person that stay when the person is erased.")
class KeptRecords:
    """Records of one kind about a person."""

    record: str = strawberry.field(description="What is kept, as a stable word.")
    label: str = strawberry.field(description="That in the viewer's language.")
    count: int = strawberry.field(description="How many there are.")
    until: date = strawberry.field(description="The last day on which they are kept.")


def records_of_account(
    facts: of_account.AccountRecords, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[KeptRecords]:
    """What is kept of an account's person."""
    return _in_words(of_account.kept_records(facts), context)


def records_of_contact(
    facts: of_contact.ContactRecords, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[KeptRecords]:
    """What is kept of a contact."""
    return _in_words(of_contact.kept_records(facts), context)


def account_records_field() -> Any:
    return computed(of_account.AccountRecords, records_of_account, only_for=ADMIN, description=DESCRIPTION)


def contact_records_field() -> Any:
    return computed(of_contact.ContactRecords, records_of_contact, only_for=ADMIN, description=DESCRIPTION)


def _in_words(records: list[Kept], context: EvaluationContext) -> list[KeptRecords]:
    language = context.actor.language
    return [
        KeptRecords(
            record=each.record, label=translate(language, f"kept.{each.record}"), count=each.count, until=each.until
        )
        for each in records
    ]
