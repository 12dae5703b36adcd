"""The faults of a file, as tests compare them."""

import pytest

from domain.imports.model import DataImport, ImportKind
from domain.kernel.errors import Refusal, Refused
from schema.shared.errors import ErrorContext, common_attributes
from tests.makers.imports import checked

Fault = tuple[str, str | None, str | None]


async def faults_of(kind: ImportKind, content: str | bytes) -> list[Fault]:
    """Reason, line and column of every fault; each has a sentence in both languages, and nothing is written."""
    with pytest.raises(Refused) as refused:
        await checked(kind, content)
    assert await DataImport.all().count() == 0
    for refusal in refused.value.refusals:
        for language in ("de", "en"):
            assert common_attributes(refusal, ErrorContext(language=language, zone="Europe/Berlin"))["message"]
    return [_fault(each) for each in refused.value.refusals]


def _fault(refusal: Refusal) -> Fault:
    line, column = (*refusal.path[1:], None, None)[:2]
    return refusal.reason, line, column
