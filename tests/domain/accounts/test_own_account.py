"""One's own account: a forgotten password, and a change of the address that its holder can undo."""

from datetime import timedelta

import pytest
from tortoise import connections

from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.sign_in import sign_in
from domain.accounts.inputs import NewEmail
from domain.accounts.model import Account, ApiToken, Session
from domain.commands import fire_due_deadlines
from domain.kernel.errors import Refused
from domain.self_service.password_reset import request_password_reset, reset_password
from domain.self_service.profile import change_name, confirm_email, request_email_change, undo_email_change
from tests.makers.accounts import PASSWORD, a_session, an_account, the_recognised
from tests.makers.invitations import by_link, by_themself, move_account, the_link
from tests.makers.records import the_events_of, the_messages
from tests.makers.time import berlin, the_clock_shows

NOW = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(NOW)
NEW_PASSWORD = "a much longer password than before"
EMAIL, EMAIL_UNDO = LinkPurpose.EMAIL, LinkPurpose.EMAIL_UNDO


async def requested(account: Account, email: str = "new@werkstand.example") -> None:
    await move_account(account, "requestEmailChange", by_themself(account), NewEmail(email=email))


async def changed(account: Account, email: str = "new@werkstand.example") -> Account:
    await requested(account, email)
    await confirm_email(await by_link(account, EMAIL))
    return await Account.get(id=account.id)


async def signs_in(email: str, password: str) -> bool:
    return await sign_in(email, password, address="127.0.0.1") is not None


async def test_a_forgotten_password_is_replaced_once_and_everything_else_ends() -> None:
    account = await an_account(email="Kim@werkstand.example")
    await a_session(account)
    await issue_token(account.email)
    await request_password_reset(" kim@WERKSTAND.example ")
    holder = await by_link(account, LinkPurpose.RESET)

    await reset_password(holder, NEW_PASSWORD)

    assert (await Session.all().count(), await ApiToken.all().count()) == (0, 0)
    assert await signs_in(account.email, NEW_PASSWORD)
    assert not await signs_in(account.email, PASSWORD)
    with pytest.raises(Refused, match="link_is_void"):
        await reset_password(holder, "another password that is long")


@pytest.mark.parametrize("email", ["nobody@werkstand.example", "off@werkstand.example", "\x00", "\udc80", ""])
async def test_nothing_happens_for_an_address_without_an_active_account(email: str) -> None:
    await an_account(email="off@werkstand.example", is_active=False)

    await request_password_reset(email)

    assert await Link.all().count() == 0
    assert await the_messages("account.requestPasswordReset") == []


async def test_a_link_for_a_new_password_works_for_an_hour() -> None:
    account = await an_account()
    await request_password_reset(account.email)
    link = await the_link(account, LinkPurpose.RESET)

    assert link.expires_at - link.created_at == timedelta(hours=1)
    holder = await by_link(account, LinkPurpose.RESET)
    await connections.get("default").execute_query("UPDATE links SET expires_at = clock_timestamp()")
    with pytest.raises(Refused, match="link_is_void"):
        await reset_password(holder, NEW_PASSWORD)


async def test_a_password_that_breaks_a_rule_keeps_the_link_open() -> None:
    account = await an_account()
    await request_password_reset(account.email)
    holder = await by_link(account, LinkPurpose.RESET)

    with pytest.raises(Refused, match="password_too_short"):
        await reset_password(holder, "short")

    await reset_password(holder, NEW_PASSWORD)


async def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told() -> None:
    account = await an_account(email="old@werkstand.example")
    session = await a_session(account)

    await request_email_change(await the_recognised(session), email="new@werkstand.example", password=PASSWORD)
    assert (await Account.get(id=account.id)).email == "old@werkstand.example"
    await confirm_email(await by_link(account, EMAIL))

    assert (await Account.get(id=account.id)).email == "new@werkstand.example"
    assert await the_messages("account.confirmEmail") == ["ACCOUNT"]
    assert (await the_recognised(session)).email == "new@werkstand.example"


async def test_the_password_is_asked_before_the_address_changes() -> None:
    recognised = await the_recognised(await a_session(await an_account()))

    with pytest.raises(Refused, match="wrong_password"):
        await request_email_change(recognised, email="new@werkstand.example", password="wrong")


async def test_an_address_in_use_gets_no_mail_and_the_same_answer() -> None:
    account, _ = await an_account(), await an_account(email="taken@werkstand.example")

    await requested(account, "Taken@werkstand.example")

    assert await the_events_of(account.id) == ["account.requestEmailChange"]
    assert await the_messages("account.requestEmailChange") == []
    assert await Link.all().count() == 0


async def test_an_address_that_was_taken_meanwhile_is_not_confirmed() -> None:
    account = await an_account()
    await requested(account)
    await an_account(email="NEW@werkstand.example")

    with pytest.raises(Refused, match="email_in_use"):
        await confirm_email(await by_link(account, EMAIL))


async def test_the_old_address_undoes_the_change_and_locks_everyone_out() -> None:
    account = await changed(await an_account(email="old@werkstand.example"))
    await a_session(account)

    await undo_email_change(await by_link(account, EMAIL_UNDO))

    account = await Account.get(id=account.id)
    assert (account.email, account.previous_email) == ("old@werkstand.example", None)
    assert await Session.all().count() == 0
    assert not await signs_in(account.email, PASSWORD)


async def test_two_changes_in_a_row_still_lead_back_to_the_first_address() -> None:
    account = await changed(await an_account(email="old@werkstand.example"))
    account = await changed(account, "third@werkstand.example")

    await undo_email_change(await by_link(account, EMAIL_UNDO))

    assert (await Account.get(id=account.id)).email == "old@werkstand.example"


async def test_an_address_to_which_a_change_can_be_undone_is_kept_free() -> None:
    await changed(await an_account(email="old@werkstand.example"))
    other = await an_account()

    await requested(other, "old@werkstand.example")

    assert await Link.filter(account_id=other.id).count() == 0


async def test_after_seven_days_a_change_of_the_address_stays() -> None:
    account = await changed(await an_account(email="old@werkstand.example"))
    await the_clock_shows(NOW + timedelta(days=7))

    assert await fire_due_deadlines() == 1

    assert (await the_link(account, EMAIL_UNDO)).end is LinkEnd.CLOSED
    assert (await Account.get(id=account.id)).previous_email is None


async def test_a_new_password_gives_up_a_change_of_the_address() -> None:
    account = await an_account()
    await requested(account)
    await request_password_reset(account.email)

    await reset_password(await by_link(account, LinkPurpose.RESET), NEW_PASSWORD)

    assert (await the_link(account, EMAIL)).end is LinkEnd.CLOSED
    assert (await Account.get(id=account.id)).pending_email is None


async def test_a_name_is_changed_by_its_bearer() -> None:
    account = await an_account()

    await change_name(await the_recognised(await a_session(account)), "  Kim Neu ")

    assert (await Account.get(id=account.id)).name == "Kim Neu"
