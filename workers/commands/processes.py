"""Commands that keep running: everything at once, or one process of it."""

import asyncio
import os
from importlib import import_module
from pathlib import Path

from pydantic import ValidationError

import settings
from domain.kernel.runtime.gc import load_without_collection
from workers.errors import CommandError
from workers.supervision.listening_sockets import inherited_socket, listen
from workers.supervision.process_monitor import stop_with_parent

__all__ = ["api", "clock", "inbox", "stop_with_parent", "up", "worker"]

SHUTDOWN_SECONDS = 5
MAX_WEBSOCKET_FRAME_BYTES = 1024 * 1024
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
PROXY_WARNING = (
    "Warning: WERKSTAND_TRUSTED_PROXIES is not set. Behind a proxy all clients share its address, and limits of "
    "sign-in only slow them down instead of stopping one. Name the proxy, or let clients connect directly."
)


def up(*, without_redis: bool) -> None:
    """Start and supervise all processes until a signal to end."""
    from workers.supervision.env_files import ensure_secrets
    from workers.supervision.supervisor import Supervisor
    from workers.supervision.var_folder import prepare_var_folder

    if os.environ.get("WERKSTAND_ENVIRONMENT", "development") == "development":
        var_dir = Path(os.environ.get("WERKSTAND_VAR_DIR") or settings.default_var_folder())
        prepare_var_folder(var_dir)
        ensure_secrets(var_dir)
    Supervisor(settings=load_settings(settings.SECRETS_FILE), without_redis=without_redis).run()


def api(descriptor: int | None) -> None:
    """Serve on the inherited socket, or on the port of the settings."""
    load_without_collection()
    import uvicorn

    from workers.queue.job_publisher import subscribe_job_publisher
    from workers.supervision.first_run import first_run_address

    chosen = load_settings()
    subscribe_job_publisher(chosen.redis_url)
    if address := first_run_address(chosen, chosen.database_url):
        print(f"Nobody can sign in yet. Set it up once, here or with `werkstand setup`: {address}", flush=True)
    if lacks_proxies(chosen):
        print(PROXY_WARNING, flush=True)
    listening = inherited_socket(descriptor) if descriptor is not None else listen(chosen.host, chosen.port)
    configuration = uvicorn.Config(
        "api.application:application",
        http="api.server.http_protocol:http",
        ws="api.server.http_protocol:ws",
        access_log=False,
        server_header=False,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=chosen.trusted_proxies,
        ws_max_size=MAX_WEBSOCKET_FRAME_BYTES,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    uvicorn.Server(configuration).run(sockets=[listening])


def lacks_proxies(chosen: settings.Settings) -> bool:
    """Whether clients of a production system would be known only by the address of a proxy in front."""
    return not chosen.in_development and not chosen.trusted_proxies and chosen.host not in LOOPBACK_HOSTS


def worker() -> None:
    """Run arq until a signal to end."""
    load_without_collection()
    from arq.worker import run_worker

    if not load_settings().redis_url:
        raise CommandError("There is no Redis to work for: set REDIS_URL, or let the clock do everything.")
    run_worker(import_module("workers.queue.worker").WorkerSettings)


def clock() -> None:
    """Run the scheduler until a signal to end."""
    load_without_collection()
    load_settings_with_database()
    asyncio.run(import_module("workers.scheduler").run())


def inbox(descriptor: int, folder: Path) -> None:
    """Accept mail on the inherited socket."""
    from workers.supervision.embedded.dev_mail_server import serve

    asyncio.run(serve(inherited_socket(descriptor), folder))


def load_settings(*files: str) -> settings.Settings:
    """Return the settings; raises `CommandError` with the first error in them."""
    try:
        return settings.read_settings(*files) if files else settings.load()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = "".join(f"{part}: " for part in first["loc"])
        raise CommandError(
            f"The settings cannot be used: {place}{first['msg'].removeprefix('Value error, ')}."
        ) from None


def load_settings_with_database() -> settings.Settings:
    """Return the settings of a process that needs the database."""
    chosen = load_settings()
    if not chosen.database_url:
        raise CommandError("There is no database: start `make run` in another terminal, or set DATABASE_URL.")
    return chosen
