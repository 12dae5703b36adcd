"""The route of the ledger's exports: for finance and administrators, complete, with its checksum."""

from hashlib import sha256

import pytest

from domain.database.model import AuditEntry
from domain.kernel.actors import Role
from tests.domain.ledger_export.month import known_to_consultant
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.parties import a_customer, a_member
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin
from tests.support.account_client import Target
from tests.support.site import Site

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

APRIL = "/files/ledger-export?from=2026-04-01&until=2026-04-30&format="


@pytest.fixture
def target(site: Site) -> Target:
    return Target(site.dependencies, site.client)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.ADMIN])
async def test_finance_and_administrators_download_the_postings(target: Target, role: Role) -> None:
    await a_receivable("95.00")
    await known_to_consultant()

    batch = await target.get(APRIL + "datev", await an_account(role))
    plain = await target.get(APRIL + "csv", await an_account(role))

    assert batch.headers["content-type"] == "text/csv; charset=cp1252"
    assert 'filename="EXTF_Buchungsstapel-2026-04-01-2026-04-30.csv"' in batch.headers["content-disposition"]
    assert [len(answer.content.splitlines()) for answer in (batch, plain)] == [4, 3]
    for answer in (batch, plain):
        assert answer.headers["x-checksum-sha256"] == sha256(answer.content).hexdigest()
        assert answer.headers["content-length"] == str(len(answer.content))
    kept = {entry.detail["sha256"] for entry in await AuditEntry.filter(action="ledger.export")}
    assert kept == {answer.headers["x-checksum-sha256"] for answer in (batch, plain)}


async def test_without_the_consultant_a_sentence_says_what_is_missing(target: Target) -> None:
    answer = await target.get(APRIL + "datev", await an_account(Role.FINANCE))

    assert answer.status_code == 409
    assert "an administrator enters both numbers" in answer.text


async def test_for_all_others_it_does_not_exist(target: Target) -> None:
    others = [
        await an_account(Role.STAFF),
        await a_member_account(await a_member()),
        await a_customer_account(await a_customer()),
    ]

    answers = [await target.get(APRIL + "csv", each) for each in others]
    answers.append(await target.client.get(APRIL + "csv"))

    assert {answer.status_code for answer in answers} == {404}
    assert await AuditEntry.filter(action="ledger.export").count() == 0


@pytest.mark.parametrize(
    "query",
    ["", "format=csv", "format=xls&from=2026-04-01&until=2026-04-30", "format=csv&from=2026-04-02&until=2026-04-01"],
)
async def test_what_is_no_export_is_refused(target: Target, query: str) -> None:
    answer = await target.get(f"/files/ledger-export?{query}", await an_account(Role.FINANCE))

    assert answer.status_code == 400
