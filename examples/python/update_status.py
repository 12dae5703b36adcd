"""Third story: a change that meets another one, and a change whose answer was lost."""

from uuid import uuid4

import httpx
from list_orders import ACTIVE, all_orders
from werkstand_client import ReadStatusOrderClientStatus, UpdateStatusClientStatusUpdate, WerkstandClient

ATTEMPTS = 3


async def status_of(client: WerkstandClient, order_id: str) -> ReadStatusOrderClientStatus:
    """What the client is told about an order now."""
    order = (await client.read_status(id=order_id)).order
    assert order is not None
    assert order.client_status is not None
    return order.client_status


async def update(
    client: WerkstandClient, seen: ReadStatusOrderClientStatus, label: str, *, key: str
) -> UpdateStatusClientStatusUpdate:
    """Change the label that was seen. The same key goes along with every attempt, so it happens once."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = await client.update_status(id=seen.id, label=label, expected_version=seen.version, key=key)
            return answer.client_status_update
        except httpx.TransportError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


async def story(client: WerkstandClient) -> None:
    """Two people change one status; the second is told, reads it afresh and decides again."""
    order = [order async for order in all_orders(client, ACTIVE)][-1]
    seen = await status_of(client, order.id)
    await update(client, seen, f"Changed by one {uuid4().hex[:4]}", key=str(uuid4()))

    late = await update(client, seen, "Changed by another", key=str(uuid4()))
    print(f"  {late.errors[0].typename__}: {late.errors[0].message}")

    fresh, key = await status_of(client, order.id), str(uuid4())
    await update(client, fresh, f"Decided {uuid4().hex[:4]}", key=key)
    print(f"  the client is now told: {(await status_of(client, order.id)).label}")

    label = (await status_of(client, order.id)).label
    repeated = await update(client, fresh, label, key=key)  # As if the answer had been lost.
    print(f"  replayed: {repeated.replayed}, errors: {len(repeated.errors)}")

    other = await update(client, fresh, "Something else", key=key)
    print(f"  {other.errors[0].typename__}: {other.errors[0].message}")
