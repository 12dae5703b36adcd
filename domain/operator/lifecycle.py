"""Lifecycle of the operator's settings: one row that always exists, and that administrators amend."""

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import ADMIN_ROLE, OFFICE
from domain.operator import effects, guards, inputs, ledger_guards
from domain.operator.facts import OperatorFacts, OperatorState
from domain.operator.ledger_inputs import LedgerAmendment
from domain.operator.model import OperatorSettings
from domain.operator.reminders import effects as reminder_effects
from domain.operator.reminders import guards as reminder_guards
from domain.operator.reminders.inputs import BaseRateInput, RemindersAmendment
from domain.operator.scope import OPERATOR_SCOPE

IN_USE = frozenset({OperatorState.IN_USE})

OPERATOR = Lifecycle(
    noun="operator",
    id_prefix="opr",
    model=OperatorSettings,
    facts=OperatorFacts,
    scope=OPERATOR_SCOPE,
    states=OperatorState,
    start=OperatorState.NEW,
    states_set_elsewhere=frozenset({OperatorState.IN_USE}),
    transitions=(),
    commands=(
        Transition(
            name="amend",
            doc="Change name, address, tax and bank; issued documents keep theirs.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.DetailsAmendment,
            validators=guards.DETAILS,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="setRules",
            doc="Change calendar, language and what holds unless an order says otherwise; armed deadlines stay.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.RulesAmendment,
            validators=guards.RULES,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="setNumberFormats",
            doc="Change how orders and documents are numbered from now on, and where a new series continues.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.NumbersAmendment,
            validators=guards.NUMBERS,
            effect=effects.set_number_formats,
            audience=OFFICE,
        ),
        Transition(
            name="setFee",
            doc="Set the operator's fee from a day on; orders that were submitted keep theirs.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.FeeInput,
            validators=(guards.fee_is_a_percentage, guards.fee_holds_from_today_on),
            effect=effects.set_fee,
            audience=OFFICE,
        ),
        Transition(
            name="setApprovalWorkflow",
            doc="Switch the approval of invoices on or off; what is submitted or to be submitted finishes as it began.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.ApprovalWorkflow,
            effect=effects.set_approval_workflow,
            audience=OFFICE,
        ),
        Transition(
            name="setReminders",
            doc="Change when customers are reminded of unpaid invoices, what that costs and says; deadlines stay.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=RemindersAmendment,
            validators=reminder_guards.REMINDERS,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="setBaseRate",
            doc="Set the base rate of statutory interest from a day on; interest that is booked stays.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=BaseRateInput,
            validators=(reminder_guards.base_rate_is_possible,),
            effect=reminder_effects.set_base_rate,
            audience=OFFICE,
        ),
        Transition(
            name="setLedger",
            doc="Change how postings are exported: chart of accounts, tax consultant, fiscal year, accounts.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=LedgerAmendment,
            validators=(ledger_guards.accounts_fit, ledger_guards.further_ibans_are_valid),
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="setLegalTexts",
            doc="Change imprint, privacy and withdrawal notice and support contact, as pages and mails show them.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.TextsAmendment,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="setBranding",
            doc="Change logo and colour of pages, mails and documents.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            input=inputs.BrandingAmendment,
            validators=guards.BRANDING,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="requestVerification",
            doc="Have the whole history verified at once: chains, seals, the register and the files of invoices.",
            from_states=IN_USE,
            roles=ADMIN_ROLE,
            effect=effects.request_verification,
            audience=ADMIN_ROLE,
            increments_version=False,
        ),
    ),
)
