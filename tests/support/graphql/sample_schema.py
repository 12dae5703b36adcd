"""A small schema that uses every kind of declaration, over tables of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig
from strawberry.types.info import Info

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, ActorKind
from schema.declarations.fields import (
    column,
    computed,
    connection,
    embedded,
    field_argument,
    filter_field,
    loaded_by_id,
    lookup,
    ordering,
    singleton,
    sort_key,
    to_many,
    to_one,
)
from schema.declarations.nodes import node_list, node_lookup, node_sources
from schema.declarations.where_inputs import where_input
from schema.execution import limits
from schema.execution.loaded_objects import load_row
from schema.execution.raw_json import RawJsonExecutionContext
from schema.shared.filters import (
    BooleanFilter,
    DateFilter,
    DateTimeFilter,
    DecimalFilter,
    EnumFilter,
    IdFilter,
    IntFilter,
    TextFilter,
)
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.scalars import SCALARS, internal_id

ALL_STAFF = (ActorKind.STAFF, ActorKind.FINANCE, ActorKind.ADMIN)
JOBS = ScopedTable(
    "jobs",
    "sample.jobs",
    dict.fromkeys(ALL_STAFF, EVERYTHING)
    | {
        ActorKind.MEMBER: "{t}.member_id = {member}",
        ActorKind.STAFF_ASSIGNED: "{account} = ANY({t}.assignees)",
        ActorKind.CUSTOMER: "{t}.client_id = ANY({customers}) AND {t}.state <> 'DRAFT'",
        ActorKind.LINK: "{t}.id = {order}",
    },
)
CLIENTS = ScopedTable(
    "clients",
    "sample.clients",
    dict.fromkeys(ALL_STAFF, EVERYTHING)
    | {
        ActorKind.MEMBER: "EXISTS (SELECT FROM sample.jobs j WHERE j.client_id = {t}.id AND j.member_id = {member})",
        ActorKind.CUSTOMER: "{t}.id = ANY({customers})",
    },
)
STEPS = ScopedTable(
    "steps",
    "sample.steps",
    dict.fromkeys(ALL_STAFF, EVERYTHING)
    | {
        ActorKind.MEMBER: "EXISTS (SELECT FROM sample.jobs j WHERE j.id = {t}.job_id AND j.member_id = {member})",
        ActorKind.CUSTOMER: "{t}.public",
        ActorKind.LINK: "{t}.public AND {t}.job_id = {order}",
    },
)


@strawberry.enum(description="Where a job stands.")
class JobState(StrEnum):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    DONE = "DONE"


@dataclass(frozen=True)
class MoneyFacts:
    cents: int = fact("{cents}")
    currency: str = fact("{currency}")


@dataclass(frozen=True)
class JobFacts:
    state: JobState = fact("{t}.state")
    due_at: datetime | None = fact("{t}.due_at")
    client_name: str | None = fact("(SELECT c.name FROM sample.clients c WHERE c.id = {t}.client_id)")


def formatted(facts: MoneyFacts, _arguments: Any, context: EvaluationContext) -> str:
    amount = f"{facts.cents / 100:.2f} {facts.currency}"
    return amount.replace(".", ",") if context.actor.language == "de" else amount


@strawberry.type(description="An amount of money.")
class Price:
    amount: Decimal = column("(({cents}) / 100.0)::numeric(12, 2)", description="The amount.")
    currency: str = column("{currency}", description="The currency.")
    formatted: str = computed(MoneyFacts, formatted, description="The amount for people.")


@strawberry.type(description="What somebody may do now.")
class Option:
    name: str = strawberry.field(description="The move.")
    from_state: JobState = strawberry.field(description="From where.")
    needs: list[str] | None = strawberry.field(default=None, description="What must be given.")


def options(job: JobFacts, arguments: Any, context: EvaluationContext) -> list[Option]:
    late = job.due_at is not None and job.due_at < context.now
    every = [Option(name="finish", from_state=job.state, needs=["a reason"] if late else None)]
    every += [Option(name=f"greet {job.client_name}", from_state=job.state)] * bool(job.client_name)
    return every[: arguments.get("at_most")]


def is_late(job: JobFacts, _arguments: Any, context: EvaluationContext) -> bool:
    return job.due_at is not None and job.due_at < context.now


def worth(job: JobFacts, _arguments: Any, _moment: EvaluationContext) -> Price | None:
    if job.client_name is None:
        return None
    return Price(amount=Decimal("1.50"), currency="EUR", formatted=f"1.50 for {job.client_name}")


@strawberry.type(description="A client.")
class Client(Node):
    id: strawberry.ID = column(id_prefix="cus", description="Identity.")
    name: str = column(description="The name.")
    email: str | None = column(only_for={ActorKind.MEMBER, ActorKind.ADMIN}, description="The address.")
    jobs: Connection[Annotated["Job", strawberry.lazy("tests.support.graphql.sample_schema")]] = connection(
        JOBS,
        on="{t}.client_id = {p}.id",
        sorts=ordering("ClientJob", default="ID", ID=sort_key("{t}.id", "uuid", description="The identity.")),
        description="The client's jobs.",
    )


@strawberry.type(description="A step of a job.")
class Step(Node):
    id: strawberry.ID = column(id_prefix="evt", description="Identity.")
    position: int = column(description="The place.")
    text: str | None = column(description="What to do.")


@strawberry.type(description="A job.")
class Job(Node):
    id: strawberry.ID = column(id_prefix="ord", description="Identity.")
    number: str = column(description="The number.")
    title: str = column(description="The title.")
    note: str | None = column(only_for={ActorKind.MEMBER, *ALL_STAFF}, description="For the house alone.")
    state: JobState = column(description="The state.")
    former_state: JobState | None = column(description="The state before.")
    urgent: bool | None = column(description="Whether it hurries.")
    hours: int | None = column(description="How long it takes.")
    rating: float | None = column(description="How it went.")
    rate: Decimal | None = column(description="The rate.")
    starts_on: date | None = column(description="The first day.")
    due_at: datetime | None = column(description="Until when.")
    created_at: datetime = column(description="Since when.")
    tags: list[str] = column(description="Words.")
    assignees: list[strawberry.ID] | None = column(id_prefix="acc", description="Who works on it.")
    extra: JSON | None = column(description="Anything else.")
    client_name: str | None = column(
        "(SELECT c.name FROM sample.clients c WHERE c.id = {t}.client_id)",
        sql_by_parent={CLIENTS: "{p}.name"},
        description="The client's name.",
    )
    label: str = column("{t}.number || ' ' || {t}.title", description="Number and title.")
    client: Client | None = to_one(CLIENTS, on="{t}.id = {p}.client_id", description="For whom.")
    last_step: Step | None = to_one(
        STEPS, on="{t}.job_id = {p}.id", order="{t}.position DESC, {t}.id DESC", description="The last step."
    )
    steps: list[Step] = to_many(
        STEPS, on="{t}.job_id = {p}.id", order="{t}.position, {t}.id", limit=20, description="All steps."
    )
    net: Price = embedded(cents="{t}.net_cents", currency="{t}.currency", description="Net.")
    fee: Price | None = embedded(cents="{t}.fee_cents", currency="{t}.currency", description="The fee.")
    late: bool = computed(JobFacts, is_late, description="Whether it is late.")
    worth: Price | None = computed(JobFacts, worth, description="What it is worth.")
    options: list[Option] = computed(
        JobFacts,
        options,
        arguments=[field_argument("at_most", int | None, default=None, description="How many at most.")],
        description="What can be done.",
    )


@where_input(description="Which jobs.")
class JobWhere:
    state: EnumFilter[JobState] | None = filter_field(index_prefix=True, description="By state.")
    number: TextFilter | None = filter_field(description="By number.")
    title: TextFilter | None = filter_field(description="By title.")
    client: IdFilter | None = filter_field("{t}.client_id", id_prefix="cus", description="By client.")
    urgent: BooleanFilter | None = filter_field(description="By hurry.")
    hours: IntFilter | None = filter_field(description="By hours.")
    rate: DecimalFilter | None = filter_field(description="By rate.")
    starts_on: DateFilter | None = filter_field(description="By first day.")
    due_at: DateTimeFilter | None = filter_field(description="By due time.")
    search: str | None = filter_field("{t}.title ILIKE '%' || {value} || '%'", description="By words.")
    overdue: bool | None = filter_field("coalesce({t}.due_at < {now}, false) = {value}", description="Late ones.")


JOB_SORTS = ordering(
    "Job",
    default="-NUMBER",
    NUMBER=sort_key("{t}.number", description="The number."),
    STATE=sort_key("{t}.state", description="The state."),
    DUE=sort_key("coalesce({t}.due_at, 'infinity')", "timestamptz", description="The due time."),
    HOURS=sort_key("coalesce({t}.hours, 0)", "int", description="The hours."),
    ID=sort_key("{t}.id", "uuid", description="The identity."),
)


@strawberry.type(description="Who is asking.")
class Viewer:
    language: str = column("{language}", description="The language.")
    own_client: Client | None = singleton(CLIENTS, where="{t}.id = ANY({customers})", description="The client.")


def greet(name: str = "you") -> str:
    return f"Hello {name}"


NODES = node_sources({Client: CLIENTS, Step: STEPS, Job: JOBS})


@strawberry.type
class Query:
    node: Node | None = node_lookup(NODES, description="Anything.")
    nodes: list[Node | None] = node_list(NODES, description="Any things.")
    job: Job | None = lookup(JOBS, column_name="id", id_prefix="ord", description="A job by identity.")
    job_by_number: Job | None = lookup(JOBS, column_name="number", description="A job by number.")
    jobs: Connection[Job] = connection(JOBS, filters=JobWhere, sorts=JOB_SORTS, description="All jobs.")
    viewer: Viewer = embedded(description="Who is asking.")
    greeting: str = strawberry.field(resolver=greet, description="Something the compiler knows nothing of.")


@strawberry.type(description="What became of a move.")
class JobPayload:
    job_id: strawberry.Private[UUID]
    job: Job | None = loaded_by_id(JOBS, "job_id", description="The job afterwards.")
    replayed: bool = strawberry.field(default=False, description="Whether it happened before.")


def touch(job: strawberry.ID) -> JobPayload:
    return JobPayload(job_id=internal_id("ord", job))


@strawberry.type
class Mutation:
    job_touch: JobPayload = strawberry.mutation(resolver=touch, description="Touch a job.")


async def changes(info: Info[Any, None], jobs: list[strawberry.ID]) -> AsyncIterator[Job]:
    for job in jobs:
        found: Any = await load_row(info, JOBS, internal_id("ord", job))
        if found is not None:
            yield found


@strawberry.type
class Subscription:
    job_changed: AsyncIterator[Job] = strawberry.subscription(resolver=changes, description="Jobs that changed.")


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=list(limits.extensions()),
    execution_context_class=RawJsonExecutionContext,
)
KINDS = OPERATIONS_KINDS | PORTAL_KINDS
