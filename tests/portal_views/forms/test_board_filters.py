"""The board's filters come from the address and are ignored where they cannot be meant."""

from starlette.datastructures import QueryParams

from portal_views.forms.filters.board import OPEN_STATES, active_filters, board_where

TEMPLATE = "stt_01890a5d-ac96-774b-bcce-b302099a8057"
ACCOUNT = "acc_01890a5d-ac96-774b-bcce-b302099a8057"
ALWAYS = {"archived": False, "status": {"in": list(OPEN_STATES)}}


def test_each_filter_becomes_a_condition_of_its_own() -> None:
    query = QueryParams(
        {"search": "Logo ", "template": TEMPLATE, "assignee": ACCOUNT, "visibility": "HIDDEN", "tag": "a", "late": "1"}
    )

    assert board_where(query) == ALWAYS | {
        "search": "Logo",
        "clientStatusTemplate": {"eq": TEMPLATE},
        "assignedTo": ACCOUNT,
        "clientStatus": {"eq": "HIDDEN"},
        "tag": "a",
        "lateness": {"in": ["LATE", "VERY_LATE"]},
    }


def test_a_value_that_cannot_be_meant_is_ignored() -> None:
    assert board_where(QueryParams({"member": "x", "visibility": "SOME", "search": " "})) == ALWAYS


def test_ended_orders_are_shown_on_demand() -> None:
    query = QueryParams({"closed": "1"})

    assert board_where(query) == {"archived": False, "status": None}
    assert [each.query_without for each in active_filters(query, {}, "en")] == ["filters=none"]


def test_a_filter_that_is_set_can_be_taken_out_of_the_address() -> None:
    query = QueryParams({"pipeline": "p", "late": "1", "template": TEMPLATE, "after": "c"})

    first, second = active_filters(query, {"template": {TEMPLATE: "In progress"}}, "en")

    assert (first.label, first.query_without) == ("Status template: In progress", "pipeline=p&late=1")
    assert second.query_without == f"pipeline=p&template={TEMPLATE}"


def test_an_identifier_of_another_kind_is_no_filter() -> None:
    assert board_where(QueryParams({"template": ACCOUNT, "assignee": TEMPLATE})) == ALWAYS
