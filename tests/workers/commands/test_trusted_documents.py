"""Manifests of trusted documents: which are read, and what is wrong with others."""

import json
from pathlib import Path
from typing import Any

import pytest

from workers.commands.trusted_documents import _check, read_manifest
from workers.errors import CommandError

QUERY = "query { __typename }"
APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": "a1", "body": QUERY, "name": "A", "type": "query"}],
}


def a_manifest(folder: Path, content: Any) -> Path:
    path = folder / "persisted-documents.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize("content", [{"a1": QUERY}, APOLLO])
def test_the_formats_of_the_common_clients_are_read(tmp_path: Path, content: Any) -> None:
    documents = read_manifest(a_manifest(tmp_path, content))

    _check(documents)
    assert documents == {"a1": QUERY}


@pytest.mark.parametrize("content", ["{", "[]", {"a1": 3}, {**APOLLO, "operations": [{}]}])
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(CommandError):
        read_manifest(a_manifest(tmp_path, content))


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ({"a1": "query {"}, "a1 cannot be run: Syntax Error"),
        ({"a1": "query { gone }"}, "a1 cannot be run: Cannot query field 'gone'"),
        ({"a1": f"{QUERY} #{'x' * 70_000}"}, "a1 cannot be run: it has more than 65536 bytes"),
        ({"a 1": QUERY}, "'a 1' cannot be an id"),
    ],
)
def test_a_document_that_cannot_be_run_is_named(documents: dict[str, str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        _check(documents)
