"""Pages of imports: a file is checked with all its faults, then imported, without script too."""

import pytest

from domain.imports.model import DataImport, DataImportStatus, ImportKind
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.parties.model import Customer, Member
from tests.makers.accounts import an_account
from tests.makers.imports import EXAMPLES, checked, the_example
from tests.support.looks import PHONE_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser


async def test_staff_sees_all_faults_mends_them_and_imports_without_script(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF), java_script_enabled=False)
    await page.goto("/imports")
    await page.get_by_role("link", name="+ Import a file").click()

    await page.get_by_label("CSV file").set_input_files(
        {"name": "alt.csv", "mimeType": "text/csv", "buffer": b"number;name\r\n654;\r\nx;Tom\r\n"}
    )
    await press(page, "Check the file")
    refused = await text_of(page)
    await page.get_by_label("CSV file").set_input_files(EXAMPLES / "members.csv")
    await press(page, "Check the file")
    checked, entered = await text_of(page), await Member.all().count()
    await press(page, "Import now")

    assert "Line 2, column name: A value is missing here." in refused
    assert "Line 3, column number: This is not a whole number." in refused
    assert "Members in the file: 2" in checked
    assert "UTF-8, with commas" in checked
    assert entered == 0
    assert "Everything is imported." in await text_of(page)
    assert await Member.all().count() == 2
    assert (await DataImport.get()).status is DataImportStatus.IMPORTED


async def test_the_kind_that_was_chosen_stays_chosen(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/imports/new")
    await page.get_by_label("Content").select_option("CUSTOMERS")

    await page.get_by_label("CSV file").set_input_files({"name": "leer.csv", "mimeType": "text/csv", "buffer": b""})
    await press(page, "Check the file")

    assert "The file is empty." in await text_of(page)
    assert await page.get_by_label("Content").input_value() == "CUSTOMERS"
    assert await Customer.all().count() == 0


async def test_a_checked_file_is_discarded(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/imports/new")
    await page.get_by_label("CSV file").set_input_files(EXAMPLES / "members.csv")
    await press(page, "Check the file")

    await press(page, "Discard")

    assert "The file is discarded." in await text_of(page)
    assert await Member.all().count() == 0


@pytest.mark.parametrize("kind", ImportKind)
async def test_each_kind_has_an_example_to_download(portal: Portal, kind: ImportKind) -> None:
    role = Role.FINANCE if kind is ImportKind.OPEN_INVOICES else Role.STAFF
    page = await portal.signed_in(await an_account(role))
    await page.goto(f"/imports/new?kind={kind}")

    async with page.expect_download() as downloading:
        await page.locator(f"details[open] a[download='{kind.lower()}.csv']").click()
    downloaded = await (await downloading.value).path()

    assert downloaded.read_bytes() == (EXAMPLES / f"{kind.lower()}.csv").read_bytes()


@PHONE_FIRST
async def test_the_pages_of_imports_are_accessible_and_fit(portal: Portal, size: dict[str, int], colors: str) -> None:
    data_import = await checked(ImportKind.MEMBERS, the_example(ImportKind.MEMBERS))
    page = await portal.sign_in(await an_account(Role.STAFF), size=size, color_scheme=colors)

    flaws = []
    for path in ("/imports", "/imports/new", f"/imports/{external('imp', data_import.id)}"):
        flaws += await flaws_of(page, path)

    assert flaws == []
