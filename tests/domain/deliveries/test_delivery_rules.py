"""The table of the rules about deliveries names tests that exist."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
PARTS = tomllib.loads(Path(__file__).with_name("delivery_rules.toml").read_text(encoding="utf-8"))
RULES = [(f"{part}: {rule}", named) for part, rules in PARTS.items() for rule, named in rules.items()]


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in one file; none where there is no such file."""
    file = TESTS / path
    parsed = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    return frozenset(each.name for each in parsed.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(("rule", "named"), RULES, ids=[rule for rule, _ in RULES])
def test_each_rule_is_shown_by_tests_that_exist(rule: str, named: list[str]) -> None:
    missing = [each for each in named if each.partition("::")[2] not in names_in(each.partition("::")[0])]

    assert (bool(named), missing) == (True, [])
