"""Trees of XML elements, written as nested calls that leave out what is empty."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from domain.kernel.money import plain

Content = Any
CENTS = Decimal("0.01")


class Namespace:
    """Elements of one namespace: `ram("ID", "4711")`."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def __call__(self, name: str, *content: Content, **attributes: str) -> Any:
        """An element with this text or these children; None when nothing is in it."""
        children = [each for each in content if each not in (None, "")]
        if not children:
            return None
        element = etree.Element(f"{{{self.uri}}}{name}", attributes)
        for child in children:
            if isinstance(child, str):
                element.text = child
            else:
                element.append(child)
        return element


def document(root: Any, prefixes: Mapping[str, str | None]) -> bytes:
    """The tree as UTF-8 text; `prefixes` maps each namespace to its prefix, None for the default."""
    named = etree.Element(root.tag, nsmap={prefix: uri for uri, prefix in prefixes.items()})
    named.extend(list(root))
    etree.cleanup_namespaces(named)
    return bytes(etree.tostring(named, xml_declaration=True, encoding="UTF-8"))


def amount(value: Decimal) -> str:
    """An amount with its two decimals."""
    return f"{value.quantize(CENTS):f}"


def number(value: Decimal) -> str:
    """A quantity, price or percentage without superfluous zeros."""
    return plain(value)


def compact_date(day: date) -> str:
    """The date as format 102 of UN/CEFACT."""
    return f"{day:%Y%m%d}"
