"""The first setup of an installation: the operator's settings and the first administrator, while no account exists."""

import hmac
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.access.mailed_links import encode
from domain.accounts.authentication.passwords import hash_password, password_errors
from domain.accounts.model import Account
from domain.database.audit import audit
from domain.database.pools import read_sessions
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Transition, Validator
from domain.engine.noun import Extension
from domain.engine.transition import TransitionContext
from domain.kernel.actors import ADMIN_ROLE, CLOCK_ROLE
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refusal, Refused, invalid
from domain.operator import effects, guards
from domain.operator.facts import OperatorFacts, OperatorState
from domain.operator.inputs import FirstSetup

KEY_PURPOSE = "first-setup"
TOKEN_BYTES = 18
IS_NEW = "SELECT NOT EXISTS (SELECT 1 FROM accounts)"


def setup_token(key: bytes) -> str:
    """The secret of the address that start-up prints; worth nothing once an account exists.

    `key` is `settings.key(KEY_PURPOSE)`.
    """
    return encode(key[:TOKEN_BYTES])


def is_setup_token(text: str, key: bytes) -> bool:
    return hmac.compare_digest(text.encode(errors="replace"), setup_token(key).encode())


async def is_new() -> bool:
    """Whether the installation has no account yet."""
    found: bool = await read_sessions().fetchval(IS_NEW)
    return found


async def read_setup(values: Mapping[str, Any], password: str) -> FirstSetup:
    """The setup of what a person or a script gave, by name; raises `Refused` with every value that cannot be read."""
    administrator = values.get("administrator", {})
    email = str(administrator.get("email", ""))
    known = [str(each) for each in (administrator.get("name"), values.get("name_de"), values.get("name_en")) if each]
    if wrong := password_errors(password, email=email, current="", known=known):
        raise Refused(*(Refusal(each.code, each.reason, each.params, ("password",)) for each in wrong))
    given = {**values, "password_hash": await hash_password(password)}
    try:
        return TypeAdapter(FirstSetup).validate_python(given)
    except ValidationError as unreadable:
        raise Refused(
            *(invalid("value_unreadable", *map(str, error["loc"])) for error in unreadable.errors())
        ) from None


def within(name: str, validator: Validator) -> Validator:
    """The validator of a part of the setup, whose fields are found below its name."""

    def validate(operator: Any, entry: FirstSetup, context: EvaluationContext) -> Refusal | None:
        found = validator(None, getattr(entry, name), context)
        return Refusal(found.code, found.reason, found.params, (name, *found.path)) if found else None

    return validate


def fee_is_a_percentage(operator: OperatorFacts, entry: FirstSetup, context: EvaluationContext) -> Refusal | None:
    return None if guards.is_percentage(entry.fee_percent) else invalid("fee_malformed", "fee_percent")


def email_is_well_formed(operator: OperatorFacts, entry: FirstSetup, context: EvaluationContext) -> Refusal | None:
    address = entry.administrator.email.strip()
    return None if to_ascii(address) else invalid("email_malformed", "administrator", "email")


async def set_up(move: TransitionContext) -> None:
    """Fill in the settings, and create the account of the first administrator."""
    entry: FirstSetup = move.input
    for part in (entry.details, entry.rules):
        await effects.store(move, _values(part))
    await effects.store_number_formats(move, _values(entry.numbers))
    await effects.store(move, {"approval_workflow": entry.approval_workflow})
    if entry.fee_percent != move.context.settings.fee_percent:
        await effects.store_fee(move, entry.fee_percent, move.context.today)
    await _create_administrator(move, entry)


async def _create_administrator(move: TransitionContext, entry: FirstSetup) -> None:
    account = Account(
        email=entry.administrator.email.strip(),
        name=entry.administrator.name.strip(),
        password_hash=entry.password_hash,
        language=entry.rules.language,
        roles=sorted(ADMIN_ROLE),
        must_change_password=False,
        created_at=move.now,
    )
    move.insert(account)
    await audit(move.connection, "account.firstAdministrator", account.id)


def _values(part: Any) -> dict[str, Any]:
    return {item.name: getattr(part, item.name) for item in fields(part)}


SET_UP = Transition(
    name="setUp",
    doc="Enter who runs the platform and who administers it first; once, while no account exists.",
    from_states=frozenset({OperatorState.NEW}),
    roles=CLOCK_ROLE,
    input=FirstSetup,
    validators=(
        *(within("details", validator) for validator in guards.DETAILS),
        *(within("rules", validator) for validator in guards.RULES),
        *(within("numbers", validator) for validator in guards.NUMBERS),
        fee_is_a_percentage,
        email_is_well_formed,
    ),
    effect=set_up,
)
EXTENSION = Extension(noun="operator", command=SET_UP, after="setBranding")
