"""Public pages of the operator: imprint and privacy notice, and the files of its branding."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.web.page_context import Endpoint, PageDependencies, address_language
from portal_views.web.renderer import render

CACHED_FOR_A_DAY = {"cache-control": "public, max-age=86400"}
STYLE = """:root:not([data-theme="dark"]) {{ --pico-primary: {color}; --pico-primary-background: {color};
  --pico-primary-hover: color-mix(in srgb, {color}, black 25%);
  --pico-primary-hover-background: color-mix(in srgb, {color}, black 25%);
  --pico-primary-focus: {color}55; --pico-primary-underline: {color}66; --logo: {color}; }}
@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{
  --pico-primary: color-mix(in srgb, {color}, white 55%); --pico-primary-background: {color};
  --pico-primary-hover: color-mix(in srgb, {color}, white 70%);
  --pico-primary-hover-background: color-mix(in srgb, {color}, white 12%);
  --logo: color-mix(in srgb, {color}, white 55%); }} }}
"""


def legal_text(dependencies: PageDependencies, name: str) -> Endpoint:
    """The imprint or the privacy notice, for everyone; 404 while the operator has none."""

    async def endpoint(request: Request) -> Response:
        language = address_language(request, dependencies.auth.language(request))
        text = await dependencies.site.legal_text(name, language)
        if not text:
            raise HTTPException(404)
        return render("legal_text.html", language, context=None, path=request.url.path, name=name, text=text)

    return endpoint


def logo(dependencies: PageDependencies) -> Endpoint:
    """The operator's logo; its address changes with the settings' version."""

    async def endpoint(request: Request) -> Response:
        picture = await dependencies.site.logo()
        if picture is None:
            raise HTTPException(404)
        return Response(picture, media_type="image/png", headers=CACHED_FOR_A_DAY)

    return endpoint


def branding_style(dependencies: PageDependencies) -> Endpoint:
    """The operator's colour as a style sheet over the product's own colours."""

    async def endpoint(request: Request) -> Response:
        color = (await dependencies.site.site()).accent_color
        text = STYLE.format(color=color) if color else ""
        return Response(text, media_type="text/css", headers=CACHED_FOR_A_DAY)

    return endpoint
