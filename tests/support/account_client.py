"""The whole application, and clients that do not keep to its forms."""

from dataclasses import dataclass
from typing import Any

from httpx2 import AsyncClient, Response

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies
from domain.accounts.model import Account
from tests.makers.accounts import a_session

OWN_SITE = "http://127.0.0.1:8000"


@dataclass
class Target:
    """The application, asked without a browser's good manners."""

    dependencies: Dependencies
    client: AsyncClient

    async def get(self, path: str, account: Account) -> Response:
        return await self.client.get(path, headers=await _cookie(account))

    async def post(self, path: str, account: Account, form: dict[str, Any], **headers: str) -> Response:
        return await self.client.post(path, data=form, headers=headers | await _cookie(account))

    async def upload(self, path: str, account: Account, files: dict[str, tuple[str, bytes]]) -> Response:
        return await self.client.post(path, files=files, headers=await _cookie(account))

    async def ask(self, query: str, account: Account, *, path: str = "/graphql", **variables: Any) -> Response:
        body = {"query": query, "variables": variables}
        return await self.client.post(path, json=body, headers=await _cookie(account))


async def _cookie(account: Account) -> dict[str, str]:
    return {"cookie": f"{SESSION_COOKIE}={await a_session(account)}"}
