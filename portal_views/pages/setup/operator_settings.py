"""The operator's settings, one form for each section; for administrators."""

import base64
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.form_parser import clean_text
from portal_views.forms.form_values import form_values
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.forms.withdrawal_template import proposes_notice, with_proposed_notices
from portal_views.pages.setup.settings_sections import SETTINGS_PAGES, Section, SettingsPage
from portal_views.web.page_context import Handler, JsonObject, PageContext
from portal_views.web.template_filters import as_saved

LANGUAGE_OPTIONS = [{"value": "de", "label": "Deutsch"}, {"value": "en", "label": "English"}]
PLACELESS = ("Etc/", "posix/", "right/", "SystemV/")
# What is entered anew each time, beside the list of what holds.
ENTERED_ANEW = frozenset({"setFee", "setBaseRate"})


def settings_handler(page: SettingsPage) -> Handler:
    """The handler of one page of the settings."""
    return partial(_settings_page, page)


async def _settings_page(page: SettingsPage, context: PageContext) -> Response:
    """Show the sections of a page in their forms, or save one of them."""
    data = await context.query("operator_settings")
    form = await context.request.form()
    posted = _posted_section(page, form) if context.request.method == "POST" else None

    async def submit() -> Outcome:
        assert posted is not None
        action = _as_posted(posted, _action(data, posted), form)
        return await submit_form(context, action, await with_logo_text(form), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        sections = [_as_shown(section, context, data) for section in page.sections]
        return context.render(
            "setup/operator_settings.html",
            data,
            submitted=submitted,
            refused=posted.name if posted else "",
            page=page,
            pages=SETTINGS_PAGES,
            sections=sections,
            choices=_choices(),
            proposes_notice=proposes_notice(data["settings"]),
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        """Lead back to the section that was saved, which says so."""
        assert posted is not None
        return context.redirect(f"{page.path}#{posted.name}", done=f"settings.{posted.name}")

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)


def _posted_section(page: SettingsPage, form: FormData) -> Section:
    """The section that a form names; 404 if it is not on this page."""
    for section in page.sections:
        if section.name == clean_text(form.get("section", "")):
            return section
    raise HTTPException(404)


def _action(data: JsonObject, section: Section) -> JsonObject:
    found: JsonObject = next(each for each in data["settings"]["openActions"] if each["name"] == section.command)
    return found


def _as_shown(section: Section, context: PageContext, data: JsonObject) -> dict[str, Any]:
    """A section with its action, its fields by heading, and the values that are saved."""
    action, formats = _action(data, section), context.formats(data)
    blocks = [(heading, list(map(as_saved, inputs))) for heading, inputs in section.blocks(action)]
    settings = {} if section.command in ENTERED_ANEW else with_proposed_notices(data["settings"])
    values = form_values(settings, action["inputs"], formats)
    return {"name": section.name, "action": action, "blocks": blocks, "values": values}


def _as_posted(section: Section, action: JsonObject, form: FormData) -> JsonObject:
    """The action with the fields of the section alone, so that all others stay as they are.

    The logo stays, too, unless a file was chosen or it is to be removed.
    """
    keeps_logo = not (_uploaded_logo(form) or form.get("remove_logo"))
    inputs = [item for _, items in section.blocks(action) for item in items]
    return {**action, "inputs": [item for item in inputs if not (keeps_logo and item["name"] == "logo")]}


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
