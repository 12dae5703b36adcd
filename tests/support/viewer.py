"""A person with a session, and the links that are signed for them."""

from dataclasses import dataclass

from httpx2 import Response

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from domain.kernel.actors import Actor
from domain.uploads.model import File
from domain.uploads.signed_links import download_url
from tests.makers.accounts import a_session, actor_of_session
from tests.support.site import Site


@dataclass
class Viewer:
    """A person with a session, and the links that are signed for them."""

    site: Site
    secret: str
    actor: Actor

    async def get(self, url: str, **headers: str) -> Response:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.site.client.get(url, headers={"cookie": f"{SESSION_COOKIE}={self.secret}", **given})

    async def download(self, file: File, **headers: str) -> Response:
        return await self.get(download_url(file.id, self.actor), **headers)


async def a_viewer(site: Site, account: Account) -> Viewer:
    secret = await a_session(account)
    actor = await actor_of_session(secret)
    assert actor is not None
    return Viewer(site, secret, actor)
