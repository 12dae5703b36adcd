"""The scale of all pages: one file of tokens, 16 px at every width, rows of tables between 40 and 44 px."""

import re
from pathlib import Path

import pytest

from portal_views.web.assets import FOLDER
from tests.portal_views.test_accessibility import a_busy_order
from tests.support.portal_browser import Portal

TOKENS = FOLDER / "tokens.css"
OTHERS = sorted(set(FOLDER.glob("*.css")) - {TOKENS})
WIDTHS = (390, 1024, 1440, 1920)
SPACING_OR_TYPE = re.compile(r"(?:font-size|margin[a-z-]*|padding[a-z-]*|gap|border-radius):[^;}]*?\d(?:rem|px)[^;}]*")
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(")


def without_comments(style: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", style.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("style", OTHERS, ids=lambda path: path.name)
def test_colors_stand_in_the_tokens_alone(style: Path) -> None:
    assert COLOR.findall(without_comments(style)) == []


@pytest.mark.parametrize("style", OTHERS, ids=lambda path: path.name)
def test_type_and_spacing_are_tokens(style: Path) -> None:
    assert SPACING_OR_TYPE.findall(without_comments(style)) == []


def test_every_token_that_is_used_exists() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", TOKENS.read_text("utf-8")))
    used = {name for style in OTHERS for name in re.findall(r"var\((--[a-z0-9-]+)", without_comments(style))}

    assert {name for name in used - defined if not name.startswith("--pico-")} == set()


@pytest.mark.browser
async def test_the_scale_is_the_same_at_every_width(portal: Portal) -> None:
    people, _ids = await a_busy_order()
    page = await portal.sign_in(people.finance)

    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


@pytest.mark.browser
async def test_rows_of_tables_are_between_40_and_44_px_high(portal: Portal) -> None:
    people, _ids = await a_busy_order()
    page = await portal.sign_in(people.finance)

    await page.goto("/invoices")
    heights = await page.evaluate("[...document.querySelectorAll('.rows tr')].map(row => row.offsetHeight)")

    assert len(heights) > 1
    assert all(40 <= height <= 44 for height in heights)
