"""Draws pages of a running system in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.screenshots.views import LANGUAGES, README, VARIANTS, VIEWS, Variant, View

IMAGES = Path(__file__).parents[2] / "docs" / "images"
IMAGE_WIDTH = 1200
IMAGE_QUALITY = 80


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A browser in front of the system at `base`, whose demo accounts sign in with `password`.

    The pictures of the README are written where `draws_readme`.
    """

    browser: Browser
    base: str
    password: str
    folder: Path
    draws_readme: bool

    def draw_all(self) -> Iterator[Path]:
        """Draw every view in every language and variant; yields each file once it is written."""
        for language in LANGUAGES:
            for role in dict.fromkeys(view.role for view in VIEWS):
                session = self._session(role, language)
                for variant in VARIANTS:
                    yield from self._draw(role, language, variant, session)

    def _draw(self, role: str, language: str, variant: Variant, session: Any) -> Iterator[Path]:
        context = self._context(variant, session)
        for view in VIEWS:
            if view.role == role:
                page = context.new_page()
                yield self._draw_page(page, view, language, variant)
                page.close()
        context.close()

    def _draw_page(self, page: Page, view: View, language: str, variant: Variant) -> Path:
        page.goto(view.path if view.role else f"{view.path}?lang={language}")
        if view.link:
            page.goto(page.locator(view.link).first.get_attribute("href") or view.path)
        path = self.folder / f"{view.name}-{language}-{variant.name}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        name = README.get((view.name, language, variant.name))
        if name and self.draws_readme:
            page.screenshot(path=path.with_suffix(".window.png"), animations="disabled")
            write_image(path.with_suffix(".window.png"), IMAGES / f"{name}.webp")
        return path

    def _session(self, role: str, language: str) -> Any:
        """The cookies of an account of this role, which speaks this language from now on; none without a role."""
        context = self._context(VARIANTS[0], None)
        if role:
            page = context.new_page()
            page.goto("/sign-in")
            page.fill("#email", f"{role}@werkstand.example")
            page.fill("#password", self.password)
            _submit(page, "form:has(#password) button")
            _submit(page, f"button[name=language][value={language}]")
        state = context.storage_state()
        context.close()
        return state

    def _context(self, variant: Variant, session: Any) -> BrowserContext:
        size: ViewportSize = {"width": variant.width, "height": variant.height}
        return self.browser.new_context(
            base_url=self.base, viewport=size, color_scheme=variant.colors, storage_state=session
        )


def _submit(page: Page, selector: str) -> None:
    """Submit the form of a button, also of one in a menu that is closed."""
    with page.expect_navigation():
        page.locator(selector).evaluate("button => button.form.requestSubmit(button)")


def write_image(source: Path, target: Path) -> None:
    """Write a smaller, compressed copy, and remove the source."""
    with Image.open(source) as image:
        width = min(image.width, IMAGE_WIDTH)
        target.parent.mkdir(parents=True, exist_ok=True)
        small = image.convert("RGB").resize((width, round(image.height * width / image.width)))
        small.save(target, "WEBP", quality=IMAGE_QUALITY, method=6)
    source.unlink()
