"""Tells the three stories one after the other."""

import asyncio

import archive_orders
import list_orders
import update_status
from connection import connect


async def main() -> None:
    async with connect() as client:
        print("List, and live")
        await list_orders.story(client)
        print("Conflict, and repetition")
        await update_status.story(client)
        print("Bulk")
        await archive_orders.story(client)


asyncio.run(main())
