"""Implementation of the pages' `SetupPort`: the first setup of an installation without accounts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from api.auth.page_refusals import translated_refusals
from domain.accounts.first_setup import KEY_PURPOSE, is_new, is_setup_token, read_setup
from domain.commands import set_up
from domain.kernel.errors import Refused
from domain.operator.inputs import FirstSetup
from portal_views.web.ports.auth import AuthRefusal
from schema.derivation.action_inputs import describe
from schema.derivation.input_fields import input_fields
from schema.shared.camel_case import to_camel_case
from settings import Settings

EVENT = "operator.setUp"
NOT_ASKED = "password_hash"


class FirstSetupOfPages:
    """Opens the setup to the bearer of its token while no account exists."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings.key(KEY_PURPOSE)

    async def is_new(self) -> bool:
        """Whether the installation has no account yet."""
        return await is_new()

    async def opens(self, token: str) -> bool:
        """Whether this is the token that start-up printed, and there is still no account."""
        return is_setup_token(token, self._key) and await is_new()

    def inputs(self, language: str) -> list[dict[str, Any]]:
        """What the setup takes, described like the inputs of an open action."""
        asked = [item for item in input_fields(FirstSetup) if item.name != NOT_ASKED]
        return [_in_camel_case(asdict(item)) for item in describe(asked, EVENT, language)]

    async def set_up(self, values: Mapping[str, Any], password: str, language: str) -> Sequence[AuthRefusal]:
        """Set up the installation, or return what is wrong with the values."""
        try:
            await set_up(await read_setup(_in_snake_case(values), password))
        except Refused as refused:
            return [_named_like_the_form(each) for each in translated_refusals(refused, language)]
        return ()


def _named_like_the_form(refusal: AuthRefusal) -> AuthRefusal:
    return replace(refusal, field="-".join(map(to_camel_case, refusal.field.split("-"))))


def _in_camel_case(value: Any) -> Any:
    if isinstance(value, dict):
        return {to_camel_case(name): _in_camel_case(inner) for name, inner in value.items()}
    return [_in_camel_case(inner) for inner in value] if isinstance(value, list) else value


def _in_snake_case(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        re.sub(r"(?=[A-Z])", "_", name).lower(): _in_snake_case(inner) if isinstance(inner, Mapping) else inner
        for name, inner in values.items()
    }
