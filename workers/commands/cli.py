"""The command `werkstand`: start-up, single processes, and maintenance of the database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from workers.commands import database, generated_files, imports, processes, trusted_documents, verification
from workers.commands import setup as first_setup
from workers.errors import CommandError

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the report and hands it over later.

app = typer.Typer(
    name="werkstand",
    help="Tells everyone involved in an order where it stands.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def up(
    without_redis: Annotated[bool, typer.Option("--without-redis", help="Run without Redis; only slower.")] = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="End when the starting process ends.")] = False,
) -> None:
    """Start everything on this machine: embedded servers, API, clock and worker."""
    if with_parent:
        processes.stop_with_parent()
    processes.up(without_redis=without_redis)


@app.command()
def api(descriptor: Annotated[int | None, typer.Option(hidden=True)] = None) -> None:
    """Serve the API and the pages."""
    processes.api(descriptor)


@app.command()
def worker() -> None:
    """Work the queue in Redis: deadlines, mails and operations on many orders, sooner than the clock would."""
    processes.worker()


@app.command()
def clock() -> None:
    """Fire deadlines, publish, send and work on what is waiting; any number may run."""
    processes.clock()


@app.command(hidden=True)
def inbox(descriptor: int = 0, folder: Path = Path("var/inbox")) -> None:
    """Accept every mail into a folder, for development."""
    processes.inbox(descriptor, folder)


@app.command()
def migrate(
    to: Annotated[
        str | None, typer.Option("--to", help="Go to this migration, back where later ones are applied.")
    ] = None,
) -> None:
    """Bring the database to the current schema, or to the migration named."""
    database.migrate(to)


@app.command()
def verify(
    print_anchor: Annotated[
        bool, typer.Option("--print-anchor", help="Print one line to keep elsewhere, and check nothing.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", help="A file with lines that were printed before, to compare with.")
    ] = None,
) -> None:
    """Check that the history was not changed; exit code 0 when it is intact, 1 with each broken row when not."""
    if print_anchor:
        verification.print_anchor()
    else:
        verification.verify(against)


@app.command()
def setup(
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value, instead of a question.")
    ] = None,
) -> None:
    """Enter who runs this installation and its first administrator: from options, environment, or questions."""
    first_setup.set_up(values or [])


@app.command()
def seed() -> None:
    """Fill an empty development database with the demo."""
    database.seed()


@app.command("prepare-database", hidden=True)
def prepare_database() -> None:
    """Migrate and, in development, seed."""
    database.prepare_database()


@app.command()
def doctor() -> None:
    """Check what Werkstand needs and say what to do about the rest."""
    generated_files.run_doctor()


@app.command("export-schema")
def export_schema() -> None:
    """Write the SDL of both GraphQL schemas."""
    generated_files.export_schema()


@app.command("check-generated", hidden=True)
def check_generated() -> None:
    """Fail when a generated file is not what it would be if it were written now."""
    generated_files.check_generated()


@app.command("record-bounce")
def record_bounce() -> None:
    """Read a mail from standard input that a mail server sent back, and record which message did not arrive."""
    try:
        print(database.record_bounce(sys.stdin.buffer.read()))
    except CommandError as refused:
        print(refused, file=sys.stderr)
        raise typer.Exit(TRY_AGAIN) from None


@app.command("time-travel", context_settings={"ignore_unknown_options": True})
def time_travel(by: Annotated[str, typer.Argument(help="+3d, -2h, +90m, or reset")]) -> None:
    """Move the clock of a development database."""
    database.time_travel(by)


@app.command()
def token(
    email: str, revoke: Annotated[bool, typer.Option("--revoke", help="End all its tokens instead.")] = False
) -> None:
    """Print a bearer token of an account, for scripts."""
    if revoke:
        database.revoke_tokens(email)
    else:
        database.print_token(email)


@app.command("import")
def import_file(
    kind: Annotated[imports.Kind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV with the columns of docs/import.md, or CAMT.053 (XML, ZIP).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file and enter nothing.")] = False,
    all_faults: Annotated[bool, typer.Option("--all-faults", help="Name all faults, not only the first 100.")] = False,
) -> None:
    """Import a file, all of it or nothing; every fault is named."""
    imports.import_file(kind, file, dry_run=dry_run, all_faults=all_faults)


@app.command("trust-documents")
def trust_documents(
    manifest: Annotated[Path, typer.Argument(help="persisted-documents.json of a client, or Apollo's manifest.")],
    replace: Annotated[bool, typer.Option("--replace", help="Trust no other documents than these.")] = False,
) -> None:
    """Register the documents of a client's manifest, which the client then names by their ids."""
    trusted_documents.trust(manifest, replace=replace)


def main() -> None:
    """Run the command; what cannot be done is one sentence on stderr and exit code 1."""
    try:
        app()
    except CommandError as refused:
        print(refused, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
