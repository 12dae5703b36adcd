"""docs/api.md: its documents fit the schemas, its tables name every code, its links lead somewhere."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from domain.kernel.errors import Code
from schema.sdl_export import FOLDER
from tests.support.error_codes import top_level_codes
from tests.support.markdown import LINK, CodeBlock, anchors, code_blocks, quoted_documents

FILE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
TEXT = FILE.read_text("utf-8")
BLOCKS = code_blocks(TEXT)
PROGRAMS = ("html", "js", "ts", "python", "sh")


def schema(name: str) -> GraphQLSchema:
    return build_schema((FOLDER / f"{name}.graphql").read_text("utf-8"))


OPERATIONS, PORTAL = schema("operations"), schema("portal")
MARKED = [block for block in BLOCKS if block.language == "graphql"]
QUOTED = [text for block in BLOCKS if block.language in PROGRAMS for text in quoted_documents(block.code)]


def name_of(block: CodeBlock) -> str:
    return re.split(r"\W+", block.code, maxsplit=2)[1]


@pytest.mark.parametrize("block", MARKED, ids=name_of)
def test_a_document_fits_its_schema(block: CodeBlock) -> None:
    found = validate({"operations": OPERATIONS, "portal": PORTAL}[block.label], parse(block.code))

    assert found == []


@pytest.mark.parametrize("text", QUOTED)
def test_a_document_within_a_program_fits_the_operations_schema(text: str) -> None:
    assert validate(OPERATIONS, parse(text)) == []


def test_every_client_has_its_documents() -> None:
    assert len(MARKED) > 12
    assert len(QUOTED) > 10


def test_the_table_of_refusals_names_every_code_and_no_other() -> None:
    assert _codes_below("Codes of refusals") == {*Code}


def test_the_table_of_top_level_errors_names_every_code_and_no_other() -> None:
    assert _codes_below("Codes of top-level errors") == top_level_codes()


def test_every_type_of_error_is_one_that_apollo_is_told_of() -> None:
    types = {item.name for item in OPERATIONS.get_possible_types(OPERATIONS.get_type("UserError"))}  # type: ignore[arg-type]

    assert types <= set(re.findall(r'"(\w+)"', TEXT.partition("UserError: [")[2].partition("]")[0]))


def test_every_link_leads_somewhere() -> None:
    local = [link for link in LINK.findall(TEXT) if not link.startswith("http")]

    headings = anchors(TEXT)
    assert [link for link in local if link.startswith("#") and link[1:] not in headings] == []
    assert [link for link in local if not link.startswith("#") and not (FILE.parent / link).exists()] == []


def _codes_below(heading: str) -> set[str]:
    section = TEXT.partition(f"### {heading}\n")[2].partition("\n#")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE))
