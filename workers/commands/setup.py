"""The command `werkstand setup`: the operator and the first administrator, from options, environment or questions."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from getpass import getpass
from typing import Any

from settings import Settings
from workers.commands.database import open_database, run
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError

PREFIX = "WERKSTAND_SETUP_"
PASSWORD = "administrator_password"  # noqa: S105 - a name, not a secret


def set_up(given: Sequence[str]) -> None:
    """Set the installation up with `NAME=VALUE` pairs, the environment, and on a terminal the answers to questions."""
    settings = load_settings_with_database()
    print(run(lambda: _set_up(settings, _given_values(given))))


def _given_values(given: Sequence[str]) -> dict[str, str]:
    """The values of the environment, overruled by those of the options."""
    values = {name.removeprefix(PREFIX).lower(): text for name, text in os.environ.items() if name.startswith(PREFIX)}
    for pair in given:
        name, is_pair, text = pair.partition("=")
        if not is_pair:
            raise CommandError(f"{pair} is no NAME=VALUE.")
        values[name.strip().lower()] = text
    return values


async def _set_up(settings: Settings, given: Mapping[str, str]) -> str:
    from domain import commands
    from domain.accounts.first_setup import is_new, read_setup
    from domain.kernel.errors import Refused

    async with open_database(settings):
        if not await is_new():
            raise CommandError("There are accounts already: change the settings as an administrator.")
        fields = dict(_fields())
        if unknown := sorted(given.keys() - fields.keys() - {PASSWORD}):
            raise CommandError(f"Unknown: {', '.join(unknown)}. Known are {', '.join(fields)} and {PASSWORD}.")
        answers, password = _answers(fields, given)
        try:
            await commands.set_up(await read_setup(_nested(answers), password))
        except Refused as refused:
            raise CommandError("\n".join(map(_sentence, refused.refusals))) from None
    return f"Werkstand is set up. Sign in at {settings.base_url} as {answers['administrator_email']}."


def _fields() -> Iterator[tuple[str, Any]]:
    """Every value by its flat name, in the order of the questions: `name_de`, `fee_percent`, `administrator_email`."""
    from domain.operator.inputs import FirstSetup
    from schema.derivation.input_fields import input_fields

    for item in input_fields(FirstSetup):
        if item.is_nested:
            yield from ((_flat(item.name, inner.name), inner) for inner in input_fields(item.python_type))
        elif item.name != "password_hash":
            yield item.name, item


def _flat(part: str, name: str) -> str:
    return f"{part}_{name}" if part == "administrator" else name


def _answers(fields: Mapping[str, Any], given: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """What is given, and on a terminal the answers to all other questions; an empty answer takes the default."""
    if not sys.stdin.isatty():
        return {name: text for name, text in given.items() if name != PASSWORD}, given.get(PASSWORD, "")
    answers = {name: given[name] if name in given else _ask(item) for name, item in fields.items()}
    return {name: text for name, text in answers.items() if text}, given.get(PASSWORD) or getpass("Password: ")


def _ask(item: Any) -> str:
    choices = f" ({', '.join(item.python_type)})" if item.is_enum else ""
    default = "" if item.is_required or item.default in ("", None) else f" [{item.default}]"
    return input(f"{item.description}{choices}{default} ").strip()


def _nested(answers: Mapping[str, str]) -> dict[str, Any]:
    """The flat values as the setup takes them, part by part."""
    from domain.operator.inputs import FirstSetup
    from schema.derivation.input_fields import input_fields

    nested: dict[str, Any] = {}
    for item in input_fields(FirstSetup):
        if item.is_nested:
            inner = input_fields(item.python_type)
            names = {each.name: _flat(item.name, each.name) for each in inner}
            nested[item.name] = {name: answers[flat] for name, flat in names.items() if flat in answers}
        elif item.name in answers:
            nested[item.name] = answers[item.name]
    return nested


def _sentence(refusal: Any) -> str:
    from domain.kernel import i18n

    where = _flat(*refusal.path[:2]) if len(refusal.path) > 1 else "".join(refusal.path)
    return f"{where}: {i18n.translate('en', f'reason.{refusal.reason}', **refusal.params)}"
