"""Output of `werkstand up`: its progress, and finally the URLs of the pages."""

from collections.abc import Mapping

from settings import Settings
from workers.supervision.first_run import first_run_address

DEMO_ACCOUNTS = (
    ("member@werkstand.example", "member, owns orders"),
    ("member2@werkstand.example", "another member"),
    ("customer@werkstand.example", "customer"),
    ("consumer@werkstand.example", "customer, a consumer"),
    ("staff@werkstand.example", "staff, reviews and client status"),
    ("finance@werkstand.example", "finance"),
    ("finance2@werkstand.example", "finance, the second pair of eyes"),
    ("admin@werkstand.example", "administrator"),
    ("office@werkstand.example", "staff and finance in one account"),
)
LISTED_PATHS = (
    ("/", "portal: sign in as anyone below"),
    ("/graphql", "GraphQL, operations (members, staff, finance)"),
    ("/portal/graphql", "GraphQL, portal (customers)"),
    ("/docs", "guide and reference of both, for programmers"),
    ("/graphiql", "a workbench for both, for the signed-in"),
    ("/dev/inbox", "every mail that was sent"),
)
DEVELOPMENT_PATHS = ("/graphiql", "/dev/inbox")


def print_line(sentence: str) -> None:
    print(sentence, flush=True)


def print_addresses(settings: Settings, addresses: Mapping[str, str]) -> None:
    """Print the pages and, in development, the demo sign-ins, at once: a reader of the output never sees half of it."""
    parts = [_pages(settings), _sign_ins(settings, addresses["DATABASE_URL"])]
    if not addresses["REDIS_URL"]:
        parts.append("Running without Redis: everything works, some things a second or two later.\n")
    print_line("\n" + "\n".join([*parts, f"Logs are in {settings.var_dir / 'log'}. Ctrl-C ends everything."]))


def _pages(settings: Settings) -> str:
    base = f"http://{settings.host}:{settings.port}"
    listed = [entry for entry in LISTED_PATHS if settings.in_development or entry[0] not in DEVELOPMENT_PATHS]
    pages = [f"  {base + path:<40} {what}" for path, what in listed]
    return "\n".join(["Werkstand is ready.", "", *pages, ""])


def _sign_ins(settings: Settings, database_url: str) -> str:
    if address := first_run_address(settings, database_url):
        return f"Nobody can sign in yet. Set it up once, here or with `werkstand setup`:\n\n  {address}\n"
    if not settings.in_development:
        return ""
    accounts = [f"  {email:<40} {what}" for email, what in DEMO_ACCOUNTS]
    return "\n".join([f"Demo sign-ins, all with the password {settings.development_password}", "", *accounts, ""])
