"""docs/security.md: every test that it names exists."""

import re

from settings import ROOT

FOLDERS = ("", "tests/security/", "tests/api/auth/")
NAMED = re.compile(r"`((?:tests/)?[\w/]+(?:\.py)?)`")


def test_every_test_it_names_exists() -> None:
    table = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## What is promised, and")[2]
    names = {name for name in NAMED.findall(table) if name.startswith("tests/") or name.endswith(".py")}

    assert len(names) > 30
    assert [name for name in sorted(names) if not any((ROOT / folder / name).exists() for folder in FOLDERS)] == []
