"""Effects of invitations: a new account, or one more role of an account that exists."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.access.mailed_links import end_account_links, issue_account_link
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.email_reservation import is_taken, lock_email
from domain.accounts.inputs import GrantedRole, Invitation
from domain.accounts.model import Account, AccountStatus
from domain.accounts.scope import INVITABLE_CONTACTS_SCOPE, INVITABLE_MEMBERS_SCOPE
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.email_addresses import to_ascii
from domain.kernel.errors import Refused, guard_failed, invalid, not_found
from domain.kernel.ids import new_id

INVITATION_LIFETIME = timedelta(days=14)
SELECT_CONTACT = """SELECT t.id, t.name, t.email, t.language, t.account_id FROM contacts t
    WHERE t.id = $1 AND ({scope}) FOR UPDATE OF t"""
SELECT_MEMBER = """SELECT t.id, t.name, NULL AS email, NULL AS language, t.account_id FROM members t
    WHERE t.id = $1 AND ({scope}) FOR UPDATE OF t"""
SELECT_HOLDER = """SELECT a.id, a.status, EXISTS (SELECT 1 FROM members m WHERE m.account_id = a.id) AS has_member
    FROM accounts a WHERE lower(a.email) = lower($1) FOR UPDATE OF a"""


@dataclass(frozen=True, kw_only=True)
class Person:
    """The member or contact for whom an account is to act: the row, and the role that follows."""

    table: str
    id: UUID
    role: Role
    name: str
    email: str | None
    language: str | None


async def invite(move: TransitionContext) -> Account:
    """Create an invited account and mail its link; an active account with this address gets the role instead.

    A member or contact who is invited is bound to the account at once. An address is compared without its case,
    and two invitations to one address follow one another.
    """
    entry: Invitation = move.input
    person = await _person(move, entry)
    email = _email(entry, person)
    await lock_email(move.connection, email)
    existing = await _bind_existing(move, person, email)
    if existing:
        return existing
    if await is_taken(move.connection, email):
        raise Refused(invalid("email_in_use", "email"))
    account = Account(
        id=new_id(),
        email=email,
        name=_name(entry, person),
        language=entry.language or (person.language if person else None) or move.context.settings.language,
        roles=[person.role] if person else [*dict.fromkeys(entry.roles)],
        must_change_password=False,
        status=AccountStatus.INVITED,
        created_at=move.now,
    )
    await _open_invitation(move, account)
    move.event_body |= {"roles": account.roles}
    move.insert(account)
    if person:
        await _bind(move, person, account.id)
    return account


async def resend(move: TransitionContext) -> None:
    """Mail a new link, which makes the earlier one void, and count the fourteen days anew."""
    await _open_invitation(move, move.row)


async def accept(move: TransitionContext) -> None:
    """Take over what the invited person says."""
    move.row.name, move.row.language = move.input.name.strip(), move.input.language
    move.row.password_hash, move.row.must_change_password = move.input.password_hash, False
    await _close_invitation(move, LinkEnd.USED)


async def expire(move: TransitionContext) -> None:
    """Make the invitation void; the account stays invited until it is invited anew."""
    await _close_invitation(move, LinkEnd.CLOSED)


async def _close_invitation(move: TransitionContext, end: LinkEnd) -> None:
    move.row.invitation_ends_at = None
    await end_account_links(move.work.writes, move.row.id, LinkPurpose.INVITATION, end)


async def _open_invitation(move: TransitionContext, account: Account) -> None:
    account.invitation_ends_at = move.now + INVITATION_LIFETIME
    await issue_account_link(
        move.work.writes, purpose=LinkPurpose.INVITATION, account_id=account.id, lifetime=INVITATION_LIFETIME
    )


async def _person(move: TransitionContext, entry: Invitation) -> Person | None:
    """Lock and read the person that the invitation names, in the scope of the actor; nothing for an employee."""
    if entry.contact_id:
        scope, statement, row_id, role = INVITABLE_CONTACTS_SCOPE, SELECT_CONTACT, entry.contact_id, Role.CUSTOMER
    elif entry.member_id:
        scope, statement, row_id, role = INVITABLE_MEMBERS_SCOPE, SELECT_MEMBER, entry.member_id, Role.MEMBER
    else:
        return None
    predicate, values = scope.bound_predicate(move.context.actor, "t", first=2)
    rows = await move.connection.execute_query_dict(statement.format(scope=predicate), [row_id, *values])
    if not rows:
        raise not_found()
    (row,) = rows
    if row["account_id"]:
        raise Refused(guard_failed("person_has_account"))
    return Person(
        table=scope.table, id=row_id, role=role, name=row["name"], email=row["email"], language=row["language"]
    )


async def _bind_existing(move: TransitionContext, person: Person | None, email: str) -> Account | None:
    """Bind the person to the active account with this address, which is told by mail; nothing without one."""
    rows = await move.connection.execute_query_dict(SELECT_HOLDER, [email])
    if not rows or person is None:
        return None
    (holder,) = rows
    has_member = person.role is Role.MEMBER and holder["has_member"]
    if holder["status"] != AccountStatus.ACTIVE or has_member:
        raise Refused(invalid("email_in_use", "email"))
    await _bind(move, person, holder["id"])
    await move.cascade("account", "grantRole", [holder["id"]], GrantedRole(role=person.role))
    move.notifies = frozenset()
    return await Account.get(id=holder["id"], using_db=move.connection)


async def grant_role(move: TransitionContext) -> None:
    """Add a role, unless the account has it already; the one in which it signs in stays the first."""
    move.event_body |= {"role": move.input.role}
    move.row.roles = [*dict.fromkeys((*move.row.roles, move.input.role))]


async def _bind(move: TransitionContext, person: Person, account_id: UUID) -> None:
    """Flushes first, so that the account exists that the person's row names."""
    statement = f"UPDATE {person.table} SET account_id = $2 WHERE id = $1"
    await move.connection.execute_query(statement, [person.id, account_id])


def _email(entry: Invitation, person: Person | None) -> str:
    email = (entry.email or (person.email if person else None) or "").strip()
    if not email:
        raise Refused(invalid("email_missing", "email"))
    if not to_ascii(email):
        raise Refused(invalid("email_malformed", "email"))
    return email


def _name(entry: Invitation, person: Person | None) -> str:
    name = (entry.name or (person.name if person else "")).strip()
    if not name:
        raise Refused(invalid("name_missing", "name"))
    return name
