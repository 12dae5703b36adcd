"""The command `werkstand`: start-up, single processes, and maintenance of the database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from workers.commands import database, generated_files, processes
from workers.errors import CommandError

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
def migrate() -> None:
    """Bring the database to the current schema."""
    database.migrate()


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


def main() -> None:
    """Run the command; what cannot be done is one sentence on stderr and exit code 1."""
    try:
        app()
    except CommandError as refused:
        print(refused, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
