"""The form of an order's client status: its text comes from a chosen template, or is written by hand."""

from starlette.datastructures import FormData

WORDING, OWN_TEXT = "wording", "own"
TEXT_FIELDS = frozenset({"label", "description", "color", "kind"})


def with_chosen_wording(form: FormData) -> FormData:
    """The form with what its chosen wording says: the template without the fields of the own text, or these alone.

    Forms without that choice stay as they are.
    """
    wording = form.get(WORDING)
    if wording is None:
        return form
    if wording == OWN_TEXT:
        return FormData([(name, value) for name, value in form.multi_items() if name != "templateId"])
    kept = [(name, value) for name, value in form.multi_items() if name not in TEXT_FIELDS | {"templateId"}]
    return FormData([*kept, ("templateId", wording)])
