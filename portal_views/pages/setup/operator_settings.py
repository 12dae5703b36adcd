"""The operator's settings, one form for each kind of change; for administrators."""

import base64
from zoneinfo import available_timezones

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.form_values import form_values
from portal_views.forms.submission import Outcome, SubmittedForm, posted_action, submit_form
from portal_views.forms.withdrawal_template import proposes_notice, with_proposed_notices
from portal_views.web.page_context import JsonObject, PageContext

LANGUAGE_OPTIONS = [{"value": "de", "label": "Deutsch"}, {"value": "en", "label": "English"}]
ELSEWHERE = frozenset({"requestVerification"})
PLACELESS = ("Etc/", "posix/", "right/", "SystemV/")


async def operator_settings(context: PageContext) -> Response:
    """Show all settings in their forms, or carry out one of them."""
    data = await context.query("operator_settings")
    data["settings"]["openActions"] = [
        action for action in data["settings"]["openActions"] if action["name"] not in ELSEWHERE
    ]

    async def submit() -> Outcome:
        form = await context.request.form()
        action = posted_action(form, [data["settings"]])
        return await submit_form(context, _as_posted(action, form), await with_logo_text(form), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        settings = data["settings"]
        values = {
            action["name"]: form_values(with_proposed_notices(settings), action["inputs"], context.formats(data))
            for action in settings["openActions"]
        }
        return context.render(
            "setup/operator_settings.html",
            data,
            submitted=submitted,
            values=values,
            choices=_choices(),
            proposes_notice=proposes_notice(settings),
        )

    return await submit_or_show(context, submit=submit, show=show)


def _as_posted(action: JsonObject, form: FormData) -> JsonObject:
    """The action without the logo, which stays as it is, unless a file was chosen or it is to be removed."""
    if _uploaded_logo(form) or form.get("remove_logo"):
        return action
    return {**action, "inputs": [item for item in action["inputs"] if item["name"] != "logo"]}


async def with_logo_text(form: FormData) -> FormData:
    """The form with the chosen file as the text that the API takes."""
    rest = [(key, value) for key, value in form.multi_items() if key != "logo"]
    file = _uploaded_logo(form)
    return FormData([*rest, ("logo", base64.b64encode(await file.read()).decode())] if file else rest)


def _uploaded_logo(form: FormData) -> UploadFile | None:
    file = form.get("logo")
    return file if isinstance(file, UploadFile) and file.size else None


def _choices() -> JsonObject:
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(PLACELESS))
    return {"language": LANGUAGE_OPTIONS, "zone": [{"value": zone, "label": zone} for zone in zones]}
