"""The documents of mails: each is valid in its schema, or no mail of its noun would ever be sent."""

import pytest
from graphql import parse, validate

from schema.api_schema import SchemaName, build_api_schemas
from workers.notifications.document_queries import DOCUMENT_FOLDER, document_text

DOCUMENTS = sorted((path.parent.name, path.stem) for path in DOCUMENT_FOLDER.glob("*/*.graphql"))


@pytest.mark.parametrize(("schema", "noun"), DOCUMENTS)
def test_the_document_of_a_mail_is_valid(schema: SchemaName, noun: str) -> None:
    errors = validate(build_api_schemas()[schema].schema._schema, parse(document_text(schema, noun)))

    assert [error.message for error in errors] == []
