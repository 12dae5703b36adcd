"""Every template can be read, and everything that it names is there."""

import re
from pathlib import Path

import pytest
from jinja2 import meta

from portal_views.web import assets
from portal_views.web.renderer import FOLDER, environment

PACKAGE = FOLDER.parent
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
ASSET = re.compile(r"""asset_url\(["']([^"']+)["']\)""")
STATUS_WITHOUT_HELP = re.compile(r"chip\(([\w.]+)\.status, \1\.statusLabel\)")
DEADLINE_AS_EVENT = re.compile(r"(?:when|short_datetime)\([\w.]*(?:[dD]ueAt|[eE]ndsAt|until)\)")
TEMPLATE = re.compile(r"""["']([a-z_]+(?:/[a-z_]+)*\.html)["']""")


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_names_only_what_is_there(name: str) -> None:
    text = Path(FOLDER, name).read_text("utf-8")
    templates = meta.find_referenced_templates(environment("de").parse(text))

    environment("de").get_template(name)

    assert {each for each in templates if each not in TEMPLATES} == set()
    assert {each for each in ASSET.findall(text) if not Path(assets.FOLDER, each).is_file()} == set()


def test_every_template_that_a_page_names_is_there() -> None:
    named = {name for path in PACKAGE.rglob("*.py") for name in TEMPLATE.findall(path.read_text("utf-8"))}

    assert named - set(TEMPLATES) == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_deadline_is_written_as_an_end(name: str) -> None:
    assert DEADLINE_AS_EVENT.findall(Path(FOLDER, name).read_text("utf-8")) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_chip_of_a_status_names_its_help(name: str) -> None:
    assert STATUS_WITHOUT_HELP.findall(Path(FOLDER, name).read_text("utf-8")) == []
