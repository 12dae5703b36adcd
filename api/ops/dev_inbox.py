"""The development inbox: every mail that was sent on this machine; mounted in development only."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.error_responses import preferred_language
from domain.kernel.i18n import translate
from settings import load

MAX_LISTED = 200
MAIL_ID = re.compile(r"[0-9-]{1,80}")
URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
HREF = re.compile(r"href\s*=\s*[\"'](https?://[^\"']+)[\"']", re.IGNORECASE)
LAYOUT = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<link rel="stylesheet" href="/static/vendor/pico-2.1.1.min.css">
</head>
<body><main class="container">%s</main></body>
</html>
"""
LIST_TEMPLATE = """
<h1>{{ words("title") }}</h1>
<p>{{ words("explained") }}</p>
{% if mails %}<table>
<thead><tr><th scope="col">{{ words("at") }}</th><th scope="col">{{ words("to") }}</th><th></th></tr></thead>
<tbody>{% for mail in mails %}
<tr><td>{{ mail.at }}</td><td>{{ mail.to }}</td>
<td><a href="/dev/inbox/{{ mail.name }}">{{ mail.subject or words("no_subject") }}</a></td></tr>
{% endfor %}</tbody>
</table>{% else %}<p>{{ words("empty") }}</p>{% endif %}
"""
MAIL_TEMPLATE = """
<p><a href="/dev/inbox">{{ words("back") }}</a></p>
<h1>{{ mail.subject or words("no_subject") }}</h1>
<p>{{ words("from") }}: {{ mail.sender }}<br>{{ words("to") }}: {{ mail.to }}<br>
{{ words("at") }}: {{ mail.at }}</p>
<article>{{ mail.text }}</article>
{% if mail.links %}<h2>{{ words("links") }}</h2>
<ul>{% for link in mail.links %}<li><a href="{{ link }}">{{ link }}</a></li>{% endfor %}</ul>{% endif %}
<p><a href="/dev/inbox/{{ mail.name }}/original">{{ words("original") }}</a></p>
"""
TEMPLATES = Environment(autoescape=True)
LIST_PAGE = TEMPLATES.from_string(LAYOUT % LIST_TEMPLATE)
MAIL_PAGE = TEMPLATES.from_string(LAYOUT % MAIL_TEMPLATE)


@dataclass(frozen=True, kw_only=True)
class ReceivedMail:
    """One accepted mail as the pages show it; `text` is escaped, its addresses are links."""

    name: str
    subject: str
    sender: str
    to: str
    at: str
    text: Markup
    links: tuple[str, ...]


async def show_list(request: Request) -> Response:
    """List the newest mails."""
    newest = sorted(_inbox_folder().glob("*.eml"), reverse=True)[:MAX_LISTED]
    mails = [mail for path in newest if (mail := read_mail(path)) is not None]
    return _page(request, LIST_PAGE.render, mails=mails)


async def show_mail(request: Request) -> Response:
    """Show one mail: sender, recipient, subject, text and every link."""
    mail = read_mail(_path_of(request))
    if mail is None:
        raise HTTPException(404)
    return _page(request, MAIL_PAGE.render, mail=mail)


async def show_original(request: Request) -> Response:
    """Return the mail with all headers and parts, for a mail program."""
    path = _path_of(request)
    if not path.exists():
        raise HTTPException(404)
    return Response(path.read_bytes(), media_type="message/rfc822")


routes = [
    Route("/dev/inbox", show_list),
    Route("/dev/inbox/{name}", show_mail),
    Route("/dev/inbox/{name}/original", show_original),
]


def read_mail(path: Path) -> ReceivedMail | None:
    """Parse one file; None when it has just been removed."""
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
    except FileNotFoundError:
        return None
    assert isinstance(message, EmailMessage)
    plain, html = _body_text(message, "plain"), _body_text(message, "html")
    return ReceivedMail(
        name=path.stem,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        at=str(message["Date"] or ""),
        text=_with_links(plain),
        links=tuple(dict.fromkeys([*URL.findall(plain), *map(unescape, HREF.findall(html))])),
    )


def _body_text(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _with_links(text: str) -> Markup:
    """Return the text as escaped HTML with its line breaks; every URL in it is a link."""
    lines = []
    for line in text.splitlines():
        pieces, addresses = URL.split(line), URL.findall(line)
        links = [Markup('<a href="{0}">{0}</a>').format(address) for address in addresses] + [""]
        lines.append(Markup("").join(escape(piece) + link for piece, link in zip(pieces, links, strict=True)))
    return Markup("<br>").join(lines)


def _path_of(request: Request) -> Path:
    """Return the file of a mail; raises 404 for a name that no mail can have."""
    name = str(request.path_params["name"])
    if not MAIL_ID.fullmatch(name):
        raise HTTPException(404)
    return _inbox_folder() / f"{name}.eml"


def _inbox_folder() -> Path:
    return load().var_dir / "inbox"


def _page(request: Request, render: Callable[..., str], **values: object) -> Response:
    language = preferred_language(request.headers.get("accept-language", ""))

    def words(key: str) -> str:
        return translate(language, f"inbox.{key}")

    return HTMLResponse(render(language=language, title=words("title"), words=words, **values))
