"""The client of this example: where the system is and with which token it is asked come from the environment."""

import os

from werkstand_client import WerkstandClient


def connect() -> WerkstandClient:
    """A client for queries, mutations and subscriptions."""
    url = os.environ.get("WERKSTAND_URL", "http://127.0.0.1:8000") + "/graphql"
    authorization = f"Bearer {os.environ['WERKSTAND_TOKEN']}"
    return WerkstandClient(
        url=url,
        headers={"Authorization": authorization, "Accept-Language": "en"},
        ws_url=url.replace("http", "ws", 1),
        ws_connection_init_payload={"authorization": authorization},
    )
