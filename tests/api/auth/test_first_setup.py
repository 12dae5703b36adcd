"""The first setup over HTTP: once, by the bearer of the printed address, and then nobody's any more."""

from typing import Any

import pytest

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.first_setup import KEY_PURPOSE, setup_token
from domain.accounts.model import Account
from domain.operator.model import OperatorSettings
from settings import Settings
from tests.makers.accounts import an_account
from tests.support.site import OWN_SITE, Site

FORM = {
    "details-nameDe": "Tischlerei Ost eG",
    "details-nameEn": "Eastern Joinery",
    "details-street": "Werkhof 1",
    "details-postcode": "10115",
    "details-city": "Berlin",
    "details-country": "DE",
    "details-email": "post@tischlerei.example",
    "details-taxRegime": "REGULAR",
    "details-vatId": "DE 111111125",
    "rules-zone": "Europe/Berlin",
    "rules-federalState": "BE",
    "rules-language": "de",
    "rules-customerAccess": "FULL",
    "rules-maxReviewExtensions": "1",
    "rules-maxReviewExtensionDays": "3",
    "rules-lateAfterHours": "0",
    "rules-veryLateAfterHours": "72",
    "rules-paymentDays": "14",
    "numbers-orderPrefix": "AF",
    "numbers-invoiceFormat": "RE-{year}-{number:5}",
    "numbers-cancellationFormat": "ST-{year}-{number:5}",
    "numbers-firstInvoiceNumber": "147",
    "feePercent": "8,5",
    "administrator-name": "Ada Erste",
    "administrator-email": "ada@tischlerei.example",
    "password": "a first password",
    "again": "a first password",
}


@pytest.fixture
def address(settings: Settings) -> str:
    return f"/first-run/{setup_token(settings.key(KEY_PURPOSE))}"


async def post(site: Site, address: str, **changes: Any) -> Any:
    headers = {"origin": OWN_SITE, "accept": "text/html"}
    return await site.client.post(address, data=FORM | changes, headers=headers)


async def test_the_printed_address_sets_everything_up_and_signs_in(site: Site, address: str) -> None:
    answer = await post(site, address)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert SESSION_COOKIE in answer.headers["set-cookie"]
    account, settings = await Account.get(), await OperatorSettings.get()
    assert (account.email, account.roles, account.must_change_password) == ("ada@tischlerei.example", ["ADMIN"], False)
    assert (settings.name_de, settings.vat_id) == ("Tischlerei Ost eG", "DE111111125")


async def test_it_works_once(site: Site, address: str) -> None:
    await post(site, address)

    assert (await post(site, address)).status_code == 404
    assert (await site.client.get(address)).status_code == 404
    assert await Account.all().count() == 1


async def test_another_token_and_an_installation_in_use_look_like_nothing(site: Site, address: str) -> None:
    assert (await site.client.get(address + "x")).status_code == 404
    await an_account()

    assert (await site.client.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"details-vatId": "DE999999999"}, "USt-IdNr. stimmt nicht"),
        ({"details-vatId": ""}, "brauchen eine USt-IdNr. oder eine Steuernummer"),
        ({"password": "short", "again": "short"}, "12 Zeichen"),
        ({"again": "another password"}, "stimmen nicht überein"),
        ({"administrator-email": "nothing"}, "keine E-Mail-Adresse"),
        ({"numbers-invoiceFormat": "RE"}, "8"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    site: Site, address: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = await post(site, f"{address}?lang=de", **wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert await Account.all().count() == 0


async def test_the_sign_in_page_says_what_is_missing(site: Site) -> None:
    page = await site.client.get("/sign-in?lang=en")

    assert "not set up yet" in page.text
