"""Those who try to have a file: its people, strangers of every role, holders of links, and nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from httpx2 import Response

from api.auth.authentication import SESSION_COOKIE
from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import Link, LinkPurpose
from domain.access.reply_links import extend_reply_link
from domain.accounts.model import Account, OrderAccess
from domain.kernel.actors import Actor, ActorKind, Role
from domain.orders.model import Assignment
from domain.uploads.signed_links import archive_url, download_url, preview_url, record_url
from tests.makers.accounts import (
    a_customer_account,
    a_member_account,
    a_session,
    actor_of_link,
    actor_of_session,
    an_account,
)
from tests.makers.deliveries import a_delivery
from tests.makers.parties import a_customer, a_member
from tests.security.file_access.situations import Situation
from tests.support.account_client import Target

NOBODY = Actor(kind=ActorKind.ACCOUNT, role=Role.ACCOUNT)


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """One who asks; `api` is the path of the GraphQL schema that their role has, if any."""

    name: str
    target: Target
    actor: Actor
    session: str = ""
    api: str = ""

    @property
    def is_link(self) -> bool:
        return self.actor.link_id is not None

    def url(self, file_id: UUID) -> str:
        """The address that our pages would give this viewer."""
        return download_url(file_id, self.actor)

    async def download(self, file_id: UUID) -> Response:
        return await self.get(self.url(file_id))

    async def preview(self, file_id: UUID) -> Response:
        return await self.get(preview_url(file_id, self.actor))

    async def archive(self, delivery_id: UUID) -> Response:
        """All files of the first version."""
        return await self.get(archive_url(delivery_id, 1, self.actor))

    async def record(self, delivery_id: UUID) -> Response:
        return await self.get(record_url(delivery_id, self.actor))

    async def get(self, path: str) -> Response:
        return await self.target.client.get(path, headers=self._headers)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = (await self.target.client.post(self.api, json=body, headers=self._headers)).json()
        data: dict[str, Any] = answer["data"]
        return data

    @property
    def _headers(self) -> dict[str, str]:
        return {"cookie": f"{SESSION_COOKIE}={self.session}"} if self.session else {}


async def the_viewers(target: Target, situation: Situation) -> Sequence[Viewer]:
    """All of them, in the order of the table."""
    around = situation.around
    assigned = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await Assignment.create(order_id=around.order.id, account_id=assigned.id)
    accounts = {
        "member": await a_member_account(around.member),
        "other_member": await a_member_account(await a_member()),
        "customer": await a_customer_account(around.customer),
        "other_customer": await a_customer_account(await a_customer("Kunde DEF")),
    }
    employees = {
        "staff": await an_account(Role.STAFF),
        "assigned_staff": assigned,
        "other_assigned_staff": await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED),
        "finance": await an_account(Role.FINANCE),
        "admin": await an_account(Role.ADMIN),
    }
    return [
        *[await _by_account(target, name, account) for name, account in accounts.items()],
        *await _by_links(target, situation),
        *[await _by_account(target, name, account) for name, account in employees.items()],
        Viewer(name="nobody", target=target, actor=NOBODY),
    ]


async def _by_account(target: Target, name: str, account: Account) -> Viewer:
    session = await a_session(account)
    actor = await actor_of_session(session)
    assert actor is not None
    api = "/portal/graphql" if actor.kind is ActorKind.CUSTOMER else "/graphql"
    return Viewer(name=name, target=target, actor=actor, session=session, api=api)


async def _by_links(target: Target, situation: Situation) -> list[Viewer]:
    """The link to the review of the file's delivery, if one was mailed, the reply link, and one to another review."""
    order = situation.around.order
    reply = await Link.get(id=await extend_reply_link(order.contact_id, order.id)) if order.contact_id else None
    own = await Link.filter(purpose=LinkPurpose.REVIEW, order_id=order.id).order_by("-id").first()
    before = [link.id for link in await Link.filter(purpose=LinkPurpose.REVIEW)]
    await a_delivery()
    other = await Link.filter(purpose=LinkPurpose.REVIEW).exclude(id__in=before).first()
    found = {"review_link": own, "reply_link": reply, "other_review_link": other}
    return [await _by_link(target, name, link) for name, link in found.items() if link]


async def _by_link(target: Target, name: str, link: Link) -> Viewer:
    key = target.dependencies.settings.key(KEY_PURPOSE)
    actor = await actor_of_link(token(link.id, link.purpose, key), key)
    return Viewer(name=name, target=target, actor=actor or NOBODY)
