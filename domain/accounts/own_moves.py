"""Moves that the holder of an account makes alone: by a mailed link, or in the settings with the password."""

from domain.access.model import LinkPurpose
from domain.accounts import guards, inputs
from domain.accounts.effects import own_account
from domain.accounts.model import AccountStatus
from domain.engine.lifecycle import Transition
from domain.kernel.actors import ACCOUNT_ROLE, ADMIN_ROLE, CLOCK_ROLE, FINANCE_ROLE, MEMBER_AND_STAFF

ACTIVE = frozenset({AccountStatus.ACTIVE})

OWN_COMMANDS = (
    Transition(
        name="requestPasswordReset",
        doc="A link with which a forgotten password can be replaced is mailed; it is valid for an hour.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        effect=own_account.request_reset,
        notifies=ACCOUNT_ROLE,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="resetPassword",
        doc="A forgotten password is replaced; all sessions and tokens end.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        input=inputs.NewPassword,
        guards=(guards.came_by_link(LinkPurpose.RESET),),
        effect=own_account.reset_password,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="requestEmailChange",
        doc="A link that confirms a new address is mailed to it; until then nothing changes.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        input=inputs.NewEmail,
        validators=(guards.email_is_well_formed,),
        effect=own_account.request_email_change,
        notifies=ACCOUNT_ROLE,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="confirmEmail",
        doc="The new address replaces the old one, which is told and can undo it for seven days.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        guards=(guards.came_by_link(LinkPurpose.EMAIL),),
        effect=own_account.confirm_email,
        notifies=ACCOUNT_ROLE,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="undoEmailChange",
        doc="The old address is restored; all access ends, and a new password has to be chosen.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        guards=(guards.came_by_link(LinkPurpose.EMAIL_UNDO),),
        effect=own_account.undo_email_change,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="settleEmailChange",
        doc="Seven days after a change of the address it can no longer be confirmed or undone.",
        from_states=frozenset(AccountStatus),
        roles=CLOCK_ROLE,
        effect=own_account.settle_email_change,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="changeName",
        doc="Be called by another name.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        input=inputs.NewName,
        effect=own_account.change_name,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="changeLanguage",
        doc="Be addressed in another language.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        input=inputs.NewLanguage,
        validators=(guards.language_is_known,),
        effect=own_account.change_language,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="chooseMails",
        doc="Say which groups of mails are not wanted; what has to arrive cannot be left out.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE | MEMBER_AND_STAFF | FINANCE_ROLE,
        input=inputs.MailChoices,
        guards=(guards.is_oneself,),
        validators=(guards.unwanted_mails_are_optional,),
        effect=own_account.choose_mails,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="renewCalendar",
        doc="The calendar of one's dates gets a new secret address; the one before opens nothing any more.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        effect=own_account.renew_calendar,
        audience=ADMIN_ROLE,
    ),
    Transition(
        name="endCalendar",
        doc="The secret address of the calendar opens nothing any more.",
        from_states=ACTIVE,
        roles=ACCOUNT_ROLE,
        effect=own_account.end_calendar,
        audience=ADMIN_ROLE,
    ),
)
