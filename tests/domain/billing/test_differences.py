"""Differences of an invoice: what changed between two states of its contents, in values and not in texts."""

from typing import Any

from domain.billing.differences import ItemChange, ValueDifference, difference, released_difference


def an_item(**values: str) -> dict[str, str]:
    return {"text": "Workshop", "quantity": "1", "unit_price_cents": "50000", "net_cents": "50000"} | values


def contents(*items: dict[str, str], net: int = 50_000, vat: int = 9_500, on: str = "2026-04-01") -> dict[str, Any]:
    return {"net_cents": net, "vat_cents": vat, "invoice_on": on, "items": list(items or (an_item(),))}


def test_nothing_differs_from_itself() -> None:
    assert not difference(contents(), contents())


def test_a_changed_price_shows_in_its_item_and_in_the_sums() -> None:
    cheaper = an_item(unit_price_cents="45000", net_cents="45000")

    found = difference(contents(), contents(cheaper, net=45_000, vat=8_550))

    assert [(each.name, each.before, each.after) for each in found.values] == [
        ("net_cents", 50_000, 45_000),
        ("vat_cents", 9_500, 8_550),
        ("gross_cents", 59_500, 53_550),
    ]
    (item,) = found.items
    assert (item.position, item.change) == (1, ItemChange.CHANGED)
    assert ValueDifference("unit_price_cents", "50000", "45000") in item.values


def test_items_come_and_go_at_the_end() -> None:
    one, two = an_item(), an_item(text="Travel")

    (added,) = difference(contents(one), contents(one, two)).items
    (removed,) = difference(contents(one, two), contents(one)).items

    assert (added.position, added.text, added.change) == (2, "Travel", ItemChange.ADDED)
    assert (removed.position, removed.change, removed.values) == (2, ItemChange.REMOVED, ())


def test_a_release_names_only_what_changed_while_it_was_on_hold() -> None:
    changes = {"net_cents": [50_000, 45_000], "vat_cents": [9_500, 8_550]}

    found = released_difference(changes, contents(net=45_000, vat=8_550))

    assert [each.name for each in found.values] == ["net_cents", "vat_cents", "gross_cents"]
    assert not released_difference({}, contents())
