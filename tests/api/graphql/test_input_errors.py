"""Errors of a request's input: one shape, the argument's path, no echo, one language."""

from typing import Any

import pytest

from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from tests.makers.accounts import a_session, an_account
from tests.support.site import Site, codes

BY_VARIABLE = "query ($period: Period!) { period(period: $period) }"
LITERAL = "{{ period(period: {}) }}"
GERMAN = {"accept-language": "de-DE,de;q=0.9"}


async def the_error(site: Site, query: str, *, headers: dict[str, str] | None = None, **variables: Any) -> Any:
    bearer = await issue_token((await an_account(Role.STAFF)).email)
    authorization = {"authorization": f"Bearer {bearer}", **(headers or {})}
    response = await site.ask(query, headers=authorization, variables=variables)
    (error,) = response.json()["errors"]
    assert "data" not in response.json()
    assert {"code", "requestId"} <= error["extensions"].keys()
    return error


@pytest.mark.parametrize(
    ("given", "path", "code"),
    [
        ({"startsOn": "tomorrow"}, ["period", "startsOn"], "BAD_USER_INPUT"),
        ({"startsOn": "2026-05-10", "amount": "5,00"}, ["period", "amount"], "BAD_USER_INPUT"),
        ({"startsOn": "2026-05-10", "colour": "a secret"}, ["period", "colour"], "GRAPHQL_VALIDATION_FAILED"),
        ({"amount": "5.00"}, ["period", "startsOn"], "GRAPHQL_VALIDATION_FAILED"),
        (None, ["period"], "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_a_wrong_variable_is_named(site: Site, given: Any, path: list[str], code: str) -> None:
    error = await the_error(site, BY_VARIABLE, period=given)

    assert (error["extensions"]["code"], error["extensions"]["argumentPath"]) == (code, path)
    assert "secret" not in error["message"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ('{startsOn: "tomorrow"}', ["period", "startsOn"]),
        ('{startsOn: "2026-05-10", amount: "5,00"}', ["period", "amount"]),
        ('{startsOn: "2026-05-10", colour: "a secret"}', ["period", "colour"]),
        ("3", ["period"]),
    ],
)
async def test_a_wrong_value_of_the_document_is_named(site: Site, given: str, path: list[str]) -> None:
    error = await the_error(site, LITERAL.format(given))

    assert error["extensions"]["argumentPath"] == path
    assert "secret" not in error["message"]


async def test_an_unknown_field_names_itself_and_its_neighbour(site: Site) -> None:
    error = await the_error(site, BY_VARIABLE, period={"startsOn": "2026-05-10", "amont": "5"})

    assert "unknown field 'amont'" in error["message"]
    assert error["message"].endswith("Did you mean 'amount'?")


async def test_a_token_is_answered_in_the_language_that_it_asks_for(site: Site) -> None:
    german = await the_error(site, BY_VARIABLE, period={"startsOn": "tomorrow"}, headers=GERMAN)
    silent = await the_error(site, BY_VARIABLE, period={"startsOn": "tomorrow"}, headers={"accept-language": "*"})

    assert german["message"] == "Das ist kein Datum; eines sieht so aus: 2026-05-10."
    assert silent["message"] == "This is no date; one looks like 2026-05-10."


async def test_a_session_is_answered_in_its_own_language(site: Site) -> None:
    session = await a_session(await an_account())

    refused = await site.ask("query A { who }", session=session, headers=GERMAN, operationName="B")

    assert refused.json()["errors"][0]["message"].startswith("The document has no operation")


@pytest.mark.parametrize("headers", [{}, GERMAN])
async def test_a_document_of_too_many_tokens_says_so(site: Site, headers: dict[str, str]) -> None:
    error = await the_error(site, f"{{ {' '.join(f'a{number}: who' for number in range(4_000))} }}", headers=headers)

    assert error["extensions"]["code"] == "TOO_MANY_TOKENS"
    assert ("Token:" if headers else "tokens:") in error["message"]


async def test_a_document_of_five_thousand_tokens_is_answered(site: Site) -> None:
    query = f"{{ {' '.join(f'a{number}: who' for number in range(1_800))} }}"

    assert (await site.ask(query, session=await a_session(await an_account()))).status_code == 200
    assert codes(await site.ask("{ who }")) == ["UNAUTHENTICATED"]
