"""Output of `werkstand up`: its progress, and finally the URLs of the pages."""

from collections.abc import Mapping

from settings import Settings

DEMO_ACCOUNTS = (
    ("member@werkstand.example", "member, owns orders"),
    ("member2@werkstand.example", "another member"),
    ("customer@werkstand.example", "customer"),
    ("consumer@werkstand.example", "customer, a consumer"),
    ("staff@werkstand.example", "staff, reviews and client status"),
    ("finance@werkstand.example", "finance"),
    ("finance2@werkstand.example", "finance, the second pair of eyes"),
    ("admin@werkstand.example", "administrator"),
)
LISTED_PATHS = (
    ("/", "portal: sign in as anyone below"),
    ("/graphql", "GraphQL, operations (members, staff, finance)"),
    ("/portal/graphql", "GraphQL, portal (customers)"),
    ("/dev/inbox", "every mail that was sent"),
)


def print_line(sentence: str) -> None:
    print(sentence, flush=True)


def print_addresses(settings: Settings, addresses: Mapping[str, str]) -> None:
    """Print the pages and, in development, the demo sign-ins."""
    base = f"http://{settings.host}:{settings.port}"
    inbox_is_ours = settings.in_development
    pages = [f"  {base + path:<40} {what}" for path, what in LISTED_PATHS if path != "/dev/inbox" or inbox_is_ours]
    print_line("\n".join(["", "Werkstand is ready.", "", *pages]))
    if settings.in_development:
        accounts = [f"  {email:<40} {what}" for email, what in DEMO_ACCOUNTS]
        password = f"Demo sign-ins, all with the password {settings.development_password}"
        print_line("\n".join(["", password, "", *accounts]))
    if not addresses["REDIS_URL"]:
        print_line("\nRunning without Redis: everything works, some things a second or two later.")
    print_line(f"\nLogs are in {settings.var_dir / 'log'}. Ctrl-C ends everything.")
