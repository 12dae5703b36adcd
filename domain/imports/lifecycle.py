"""Lifecycle of an import: a file is checked, then imported as a whole or discarded."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.imports import effects, guards, inputs
from domain.imports.facts import DataImportFacts
from domain.imports.model import DataImport, DataImportStatus
from domain.imports.scope import DATA_IMPORTS_SCOPE
from domain.kernel.actors import CLOCK_ROLE, FINANCE_ROLE, OFFICE, STAFF_ROLE

CHECKED = frozenset({DataImportStatus.CHECKED})

TRANSITIONS = (
    Transition(
        name="run",
        weight=ActionWeight.PRIMARY,
        doc="Everything in the file is checked again and entered, or nothing is.",
        from_states=CHECKED,
        to_state=DataImportStatus.IMPORTED,
        roles=STAFF_ROLE | FINANCE_ROLE | CLOCK_ROLE,
        guards=(guards.employee_sees_all_orders,),
        effect=effects.run,
        audience=OFFICE,
    ),
    Transition(
        name="discard",
        doc="The file is not imported and its content is removed; the clock does so after a day.",
        from_states=CHECKED,
        to_state=DataImportStatus.DISCARDED,
        roles=STAFF_ROLE | FINANCE_ROLE | CLOCK_ROLE,
        guards=(guards.employee_sees_all_orders,),
        due=guards.discarded_at,
        basis="created_at",
        effect=effects.discard,
        audience=OFFICE,
    ),
)
COMMANDS = (
    Transition(
        name="check",
        weight=ActionWeight.PRIMARY,
        doc="Check a CSV file without entering anything; every fault is named by its line and column.",
        roles=STAFF_ROLE | FINANCE_ROLE | CLOCK_ROLE,
        to_state=DataImportStatus.CHECKED,
        creates=True,
        input=inputs.ImportFile,
        validators=(guards.importer_sees_all_orders, guards.kind_is_of_role),
        effect=effects.check,
        audience=OFFICE,
    ),
)

DATA_IMPORTS = Lifecycle(
    noun="dataImport",
    id_prefix="imp",
    model=DataImport,
    facts=DataImportFacts,
    scope=DATA_IMPORTS_SCOPE,
    states=DataImportStatus,
    start=DataImportStatus.CHECKED,
    transitions=TRANSITIONS,
    commands=COMMANDS,
)
