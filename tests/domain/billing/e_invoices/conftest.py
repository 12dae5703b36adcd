"""The official rules, compiled once for all tests of this folder."""

import pytest

from domain.billing.e_invoices.validation import Validator


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator()
