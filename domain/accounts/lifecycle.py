"""Lifecycle of an account: invited, accepted, administered, and changed by its holder."""

from domain.access.model import LinkPurpose
from domain.accounts import guards, inputs
from domain.accounts.effects import administration, erasure, invitations
from domain.accounts.facts import AccountFacts
from domain.accounts.model import Account, AccountStatus
from domain.accounts.own_moves import OWN_COMMANDS
from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.engine.lifecycle import ActionWeight, Choice, Lifecycle, Timer, TimerCommand, Transition
from domain.kernel.actors import ACCOUNT_ROLE, ADMIN_ROLE, CLOCK_ROLE, Role

INVITED = frozenset({AccountStatus.INVITED})
ACTIVE = frozenset({AccountStatus.ACTIVE})
IN_USE = INVITED | ACTIVE
INVITING_ROLES = frozenset({Role.ADMIN, Role.STAFF, Role.MEMBER})
ORDERS_OF_PERSON = """SELECT o.id FROM orders o JOIN contacts k ON k.id = o.contact_id WHERE k.account_id = {id}"""
# Two administrators who take away each other's role wait for each other, and the second one is the last.
ADMINISTRATORS = """SELECT a.id FROM accounts a WHERE a.status = 'ACTIVE' AND 'ADMIN' = ANY(a.roles)
    ORDER BY a.id FOR NO KEY UPDATE OF a"""


def _own_command(move: str) -> TimerCommand:
    return TimerCommand(noun="account", move=move, subject=lambda account: account.id, moves_its_row=True)


ACCOUNTS = Lifecycle(
    noun="account",
    id_prefix="acc",
    model=Account,
    facts=AccountFacts,
    scope=ACCOUNTS_SCOPE,
    states=AccountStatus,
    start=AccountStatus.INVITED,
    rows_to_lock=ADMINISTRATORS,
    transitions=(
        Transition(
            name="acceptInvitation",
            doc="The invited person sets name, language and password.",
            from_states=INVITED,
            to_state=AccountStatus.ACTIVE,
            roles=ACCOUNT_ROLE,
            input=inputs.Acceptance,
            guards=(guards.came_by_link(LinkPurpose.INVITATION), guards.invitation_is_open),
            validators=(guards.language_is_known,),
            effect=invitations.accept,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="deactivate",
            doc="The account can no longer be used: sessions, tokens and mailed links end at once.",
            weight=ActionWeight.DANGER,
            from_states=IN_USE,
            to_state=AccountStatus.DEACTIVATED,
            roles=ADMIN_ROLE,
            guards=(guards.is_not_oneself, guards.is_not_last_administrator),
            effect=administration.deactivate,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="reactivate",
            doc="The account can be used again, with the password it had; one never accepted waits for its invitation.",
            from_states=frozenset({AccountStatus.DEACTIVATED}),
            to_state=Choice(states=IN_USE, choose=administration.state_after_reactivation),
            roles=ADMIN_ROLE,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="erase",
            doc="Forget the person (article 17 GDPR): what the law keeps stays and is named with its date.",
            weight=ActionWeight.DANGER,
            from_states=frozenset({AccountStatus.DEACTIVATED}),
            to_state=AccountStatus.ERASED,
            roles=ADMIN_ROLE,
            guards=(
                guards.is_not_oneself,
                guards.is_not_last_administrator,
                guards.membership_has_ended,
                guards.nothing_needs_their_contacts,
            ),
            affected_orders=ORDERS_OF_PERSON,
            effect=erasure.erase,
            audience=ADMIN_ROLE,
        ),
    ),
    commands=(
        Transition(
            name="invite",
            doc="Invite a person by mail; who has an account already gets one more role.",
            weight=ActionWeight.PRIMARY,
            roles=INVITING_ROLES,
            to_state=AccountStatus.INVITED,
            creates=True,
            input=inputs.Invitation,
            validators=(
                guards.invites_a_person_or_an_employee,
                guards.may_invite,
                guards.email_is_well_formed,
                guards.language_is_known,
            ),
            effect=invitations.invite,
            notifies=ACCOUNT_ROLE,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="resendInvitation",
            doc="Mail the invitation once more; the link before it is void.",
            from_states=INVITED,
            roles=INVITING_ROLES,
            effect=invitations.resend,
            notifies=ACCOUNT_ROLE,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="expireInvitation",
            doc="The invitation was not accepted within fourteen days and is void.",
            from_states=INVITED,
            roles=CLOCK_ROLE,
            effect=invitations.expire,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="setRoles",
            doc="Decide in which roles an account may act.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.RolesInput,
            guards=(guards.is_not_oneself,),
            validators=(guards.roles_can_be_assigned, guards.keeps_an_administrator),
            effect=administration.set_roles,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="setOrderAccess",
            doc="Let an employee see all orders, or only those assigned to them.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.OrderAccessInput,
            guards=(guards.is_not_oneself,),
            effect=administration.set_order_access,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="setApprovalLimit",
            doc="Limit the amount up to which a person may approve invoices; only null takes the limit away.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.ApprovalLimitAmendment,
            guards=(guards.is_not_oneself,),
            validators=(guards.limit_is_an_amount,),
            effect=administration.set_approval_limit,
            audience=ADMIN_ROLE,
        ),
        Transition(
            name="grantRole",
            doc="An invitation gives an account that exists one more role; its holder is told.",
            from_states=ACTIVE,
            roles=CLOCK_ROLE,
            input=inputs.GrantedRole,
            effect=invitations.grant_role,
            notifies=ACCOUNT_ROLE,
            audience=ADMIN_ROLE,
        ),
        *OWN_COMMANDS,
    ),
    reminders=(
        Timer(
            kind="account.invitation",
            doc="An invitation that was not accepted is void.",
            active_states=INVITED,
            due=lambda account, context: account.invitation_ends_at,
            basis="invitation",
            command=_own_command("expireInvitation"),
        ),
        Timer(
            kind="account.emailChange",
            doc="A change of the address can no longer be confirmed or undone.",
            active_states=frozenset(AccountStatus),
            due=lambda account, context: account.email_change_ends_at,
            basis="change of the address",
            command=_own_command("settleEmailChange"),
        ),
    ),
)
