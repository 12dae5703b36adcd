"""A secret in a tracked file is found."""

from pathlib import Path

from tests.security.secret_scan import scan


def test_a_private_key_and_a_token_are_found(tmp_path: Path) -> None:
    file = tmp_path / "leak.py"
    token = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fH3jL5"
    file.write_text(f'import os\nKEY = """-----BEGIN {"RSA"} PRIVATE KEY-----"""\nTOKEN = "{token}"\n')

    found = scan([file.name], tmp_path)

    assert {(kind, line) for (_, kind, _), line in found.items()} >= {("Private Key", 2), ("GitHub Token", 3)}
