"""The members, customers and contacts that the rows of orders name, each kind found with one statement."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.imports.faults import fault
from domain.imports.recipe import ReadRow
from domain.kernel.errors import Refusal
from domain.orders.imported.facts import KnownParties
from domain.orders.model import OrderStatus
from domain.parties.duplicates import NAME_KEY, VAT_KEY
from domain.parties.model import CustomerKind, MembershipStatus

SELECT_MEMBERS = "SELECT m.number, m.id, m.status FROM members m WHERE m.number = ANY($1::int[])"
SELECT_CUSTOMERS = f"""WITH given AS MATERIALIZED (
    SELECT g.line, {VAT_KEY.replace("{t}", "g")} AS vat_key, {NAME_KEY.replace("{t}", "g")} AS name_key
    FROM json_to_recordset($1::json) AS g (line int, vat_id text, legal_name text, postcode text))
    SELECT g.line, c.id, c.country, c.kind, c.default_contact_id FROM given g
        JOIN customers c ON c.vat_key = g.vat_key AND c.status <> 'MERGED'
    UNION ALL SELECT g.line, c.id, c.country, c.kind, c.default_contact_id FROM given g
        JOIN customers c ON c.name_key = g.name_key AND c.status <> 'MERGED' WHERE g.vat_key IS NULL"""
SELECT_CONTACTS = """SELECT k.id, k.customer_id, k.email FROM contacts k
    WHERE k.customer_id = ANY($1::uuid[]) AND k.status = 'KNOWN' ORDER BY k.id"""
Found = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class PartiesOfOrders:
    """Members by number, customers by the line that names them, contacts by customer."""

    members: Mapping[int, Found]
    customers: Mapping[int, Sequence[Found]]
    contacts: Mapping[UUID, Sequence[Found]]

    def of(self, row: ReadRow) -> tuple[KnownParties | None, list[Refusal]]:
        """The parties of one order, and what is wrong with those that its first row names."""
        member = self.members.get(row.values["member_number"])
        faults = [*_faults_of_member(row, member)]
        customer, contact = None, None
        if names_customer(row):
            found = self.customers.get(row.line, ())
            if len(found) != 1:
                faults.append(fault(row.line, "customer_name", "import_customers_found", n=len(found)))
            else:
                customer = found[0]
                contact = self._contact(row, customer)
                if contact is None:
                    faults.append(fault(row.line, "contact_email", "contact_unknown"))
        if member is None or faults:
            return None, faults
        return _known(member, customer, contact), faults

    def _contact(self, row: ReadRow, customer: Found) -> Found | None:
        """The contact with the address that the row names, or the default one."""
        email, known = (row.values["contact_email"] or "").lower(), self.contacts.get(customer["id"], ())
        wanted = [each for each in known if (each["email"] or "").lower() == email] if email else []
        default = [each for each in known if each["id"] == customer["default_contact_id"]] if not email else []
        return next(iter(wanted or default), None)


async def read_parties(connection: BaseDBAsyncClient, rows: Sequence[ReadRow]) -> PartiesOfOrders:
    """Read the members, customers and contacts that the rows name."""
    numbers = sorted({row.values["member_number"] for row in rows})
    members = await connection.execute_query_dict(SELECT_MEMBERS, [numbers])
    customers = await customers_by_line(connection, rows)
    ids = list({found["id"] for of_line in customers.values() for found in of_line})
    contacts = await connection.execute_query_dict(SELECT_CONTACTS, [ids])
    return PartiesOfOrders(
        members={row["number"]: row for row in members},
        customers=customers,
        contacts=_grouped(contacts, "customer_id"),
    )


async def customers_by_line(connection: BaseDBAsyncClient, rows: Sequence[ReadRow]) -> Mapping[int, Sequence[Found]]:
    """The customers that each row names, by the line of the row: none, one, or several."""
    found = await connection.execute_query_dict(SELECT_CUSTOMERS, [json.dumps([*map(_given, rows)])])
    return _grouped(found, "line")


def names_customer(row: ReadRow) -> bool:
    return bool(row.values["customer_vat_id"] or row.values["customer_name"])


def _given(row: ReadRow) -> dict[str, object]:
    return {
        "line": row.line,
        "vat_id": row.values["customer_vat_id"],
        "legal_name": row.values["customer_name"],
        "postcode": row.values["customer_postcode"],
    }


def _faults_of_member(row: ReadRow, member: Found | None) -> list[Refusal]:
    if member is None:
        return [fault(row.line, "member_number", "member_unknown")]
    if member["status"] == MembershipStatus.ENDED and row.values["status"] is not OrderStatus.COMPLETED:
        return [fault(row.line, "member_number", "import_member_ended")]
    return []


def _known(member: Found, customer: Found | None, contact: Found | None) -> KnownParties:
    return KnownParties(
        member_id=member["id"],
        member_is_active=member["status"] == MembershipStatus.ACTIVE,
        customer_id=customer["id"] if customer else None,
        customer_country=customer["country"] if customer else None,
        is_for_a_consumer=customer is not None and customer["kind"] == CustomerKind.CONSUMER,
        contact_id=contact["id"] if contact else None,
        contact_email=contact["email"] if contact else None,
    )


def _grouped(rows: Sequence[Found], key: str) -> Mapping[Any, Sequence[Found]]:
    groups: dict[Any, list[Found]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
