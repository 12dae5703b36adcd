"""The development inbox: every mail sent on this machine, mounted in development only."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.error_responses import preferred_language
from domain.kernel.i18n import translate

MAILS_PER_PAGE = 25
MAX_PAGE_DIGITS = 7
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
</table>
<p>{% if page > 1 %}<a rel="prev" href="/dev/inbox?page={{ page - 1 }}">{{ words("newer") }}</a>{% endif %}
{% if more %}<a rel="next" href="/dev/inbox?page={{ page + 1 }}">{{ words("older") }}</a>{% endif %}</p>
{% else %}<p>{{ words("empty") }}</p>{% endif %}
"""
MAIL_TEMPLATE = """
<p><a href="/dev/inbox">{{ words("back") }}</a></p>
<h1>{{ mail.subject or words("no_subject") }}</h1>
<p>{{ words("from") }}: {{ mail.sender }}<br>{{ words("to") }}: {{ mail.to }}<br>
{{ words("at") }}: {{ mail.at }}</p>
<article>{{ mail.text | with_links }}</article>
{% if mail.links %}<h2>{{ words("links") }}</h2>
<ul>{% for link in mail.links %}<li><a href="{{ link }}">{{ link }}</a></li>{% endfor %}</ul>{% endif %}
<p><a href="/dev/inbox/{{ mail.name }}/original">{{ words("original") }}</a></p>
"""


def _with_links(text: str) -> Markup:
    """The text with its line breaks kept, its addresses as links, and everything else escaped."""
    lines = []
    for line in text.splitlines():
        pieces, addresses = URL.split(line), URL.findall(line)
        links = [Markup('<a href="{0}">{0}</a>').format(address) for address in addresses] + [""]
        lines.append(Markup("").join(escape(piece) + link for piece, link in zip(pieces, links, strict=True)))
    return Markup("<br>").join(lines)


TEMPLATES = Environment(autoescape=True)
TEMPLATES.filters["with_links"] = _with_links
LIST_PAGE = TEMPLATES.from_string(LAYOUT % LIST_TEMPLATE)
MAIL_PAGE = TEMPLATES.from_string(LAYOUT % MAIL_TEMPLATE)


@dataclass(frozen=True, kw_only=True)
class ReceivedMail:
    """One accepted mail; `links` are the addresses in any of its parts."""

    name: str
    subject: str
    sender: str
    to: str
    at: str
    text: str
    links: tuple[str, ...]


def routes(folder: Path) -> list[BaseRoute]:
    """The pages of the inbox over this folder of mails."""
    inbox = DevInbox(folder)
    return [
        Route("/dev/inbox", inbox.show_list),
        Route("/dev/inbox/{name}", inbox.show_mail),
        Route("/dev/inbox/{name}/original", inbox.show_original),
    ]


@dataclass(frozen=True)
class DevInbox:
    """The pages over one folder of mails."""

    folder: Path

    async def show_list(self, request: Request) -> Response:
        """One page of mails, the newest first; as JSON where the request accepts JSON before HTML."""
        page = _page_number(request)
        paths = sorted(self.folder.glob("*.eml"), reverse=True)[MAILS_PER_PAGE * (page - 1) :]
        mails = [mail for path in paths[:MAILS_PER_PAGE] if (mail := read_mail(path)) is not None]
        more = len(paths) > MAILS_PER_PAGE
        if _wants_json(request):
            return JSONResponse({"page": page, "more": more, "mails": [asdict(mail) for mail in mails]})
        return _page(request, LIST_PAGE.render, mails=mails, page=page, more=more)

    async def show_mail(self, request: Request) -> Response:
        """One mail: its addresses, its subject, its text, and every link in it."""
        mail = read_mail(self._path_of(request))
        if mail is None:
            raise HTTPException(404)
        if _wants_json(request):
            return JSONResponse(asdict(mail))
        return _page(request, MAIL_PAGE.render, mail=mail)

    async def show_original(self, request: Request) -> Response:
        """The mail with all its headers and parts, for a mail program."""
        path = self._path_of(request)
        if not path.exists():
            raise HTTPException(404)
        return Response(path.read_bytes(), media_type="message/rfc822")

    def _path_of(self, request: Request) -> Path:
        """The file of the mail; raises 404 for a name that no mail can have."""
        name = str(request.path_params["name"])
        if not MAIL_ID.fullmatch(name):
            raise HTTPException(404)
        return self.folder / f"{name}.eml"


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
        text=plain,
        links=tuple(dict.fromkeys([*URL.findall(plain), *map(unescape, HREF.findall(html))])),
    )


def _body_text(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _page_number(request: Request) -> int:
    """The page that the address names, from 1; the first for anything that is no page."""
    given = request.query_params.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < MAX_PAGE_DIGITS else 1


def _page(request: Request, render: Callable[..., str], **values: object) -> Response:
    language = preferred_language(request.headers.get("accept-language", ""))

    def words(key: str) -> str:
        return translate(language, f"inbox.{key}")

    return HTMLResponse(render(language=language, title=words("title"), words=words, **values))
