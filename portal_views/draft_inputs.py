"""What a draft takes, described like the inputs of the API's menus; a new draft has no menu yet to ask."""

from typing import Any

from portal_views.reading import Input


def _input(name: str, kind: str = "STRING", **more: Any) -> Input:
    return {"name": name, "type": kind, "isList": False, "required": False, "default": None} | more


ROW: tuple[Input, ...] = (
    _input("invoiceOn", "DATE"),
    _input("text", required=True),
    _input("quantity", "DECIMAL", default="1"),
    _input("unitPrice", "DECIMAL", required=True),
    _input("vatCategory", "ENUM"),
)

DRAFT: tuple[Input, ...] = (
    _input("project"),
    _input("description"),
    _input("customerId", "ID"),
    _input("contactId", "ID"),
    _input("serviceFrom", "DATE"),
    _input("serviceTo", "DATE"),
    _input("offerValidUntil", "DATE"),
    _input("skipConfirmation", "BOOLEAN"),
    _input("deliveryDueAt", "DATETIME"),
    _input("completionRule", "ENUM"),
    _input("requiredDeliveries", "INT"),
    _input("reviewLength", "INT"),
    _input("reviewUnit", "ENUM"),
    _input("reviewStart", "ENUM"),
    _input("customerAccess", "ENUM"),
    _input("internalNotes"),
    _input("tags", isList=True),
    _input("plannedInvoices", "OBJECT", isList=True, fields=ROW),
)

CHOICES = {
    "vatCategory": ("STANDARD", "REDUCED", "EXEMPT", "REVERSE_CHARGE", "INTRA_COMMUNITY", "EXPORT"),
    "completionRule": ("FULLY_INVOICED", "ON_ACCEPTANCE"),
    "reviewUnit": ("DAYS", "WORKING_DAYS"),
    "reviewStart": ("DELIVERY", "LATER_OF_DELIVERY_AND_DUE"),
    "customerAccess": ("FULL", "STATUS_ONLY"),
}
