"""A real S3 server, SeaweedFS, in a folder of its own."""

import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.support.running_system import a_free_port
from workers.supervision.child_process import ChildProcess

SECONDS_TO_START = 60.0
KEY, BUCKET = "werkstand-tests", "tests"
PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "s3.port.grpc",
)


@dataclass(kw_only=True)
class S3Server:
    """Where it is, and what reaches it."""

    port: int
    master_port: int
    secret: str
    process: ChildProcess

    @property
    def environment(self) -> dict[str, str]:
        """What the storage reads beside its URL."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": self.secret,
        }

    def a_folder_url(self) -> str:
        """The URL of a new folder. All share one bucket, for each would claim volumes of the disk for itself."""
        place = S3Store(
            BUCKET,
            endpoint=f"http://127.0.0.1:{self.port}",
            access_key_id=KEY,
            secret_access_key=self.secret,
            region="us-east-1",
            client_options={"allow_http": True},
        )
        give_up_at = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                obstore.put(place, "ready", b"ready")
                return f"s3://{BUCKET}/{secrets.token_hex(8)}"
            except BaseError:
                assert time.monotonic() < give_up_at, "the S3 server stores nothing"
                time.sleep(0.5)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process.start()
        give_up_at = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self.process.is_alive(), self.process.log.read_text(encoding="utf-8")[-2000:]
            assert time.monotonic() < give_up_at, "the S3 server did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it, since what it holds is thrown away: its regular end takes ten seconds."""
        if self.process.pid:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait_until_stopped()

    def _answers(self) -> bool:
        """Whether S3 answers and a server of volumes has reported what it holds."""
        with suppress(httpx2.TransportError):
            found = httpx2.get(f"http://127.0.0.1:{self.master_port}/dir/status", timeout=5).json()
            s3 = httpx2.get(f"http://127.0.0.1:{self.port}/", timeout=5)
            return bool(found["Topology"]["DataCenters"]) and s3.status_code < 500
        return False


def find_weed() -> Path | None:
    """The program of SeaweedFS, which its package puts beside Python."""
    found = Path(sys.executable).with_name("weed")
    return found if found.exists() else None


@contextmanager
def an_s3_server(program: Path) -> Iterator[S3Server]:
    """Start one on free ports, and remove it with all it holds."""
    folder, secret, port = Path(tempfile.mkdtemp(prefix="werkstand-s3-")), secrets.token_urlsafe(16), a_free_port()
    access = {"accessKey": KEY, "secretKey": secret}
    identity = {"name": "tests", "credentials": [access], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {name: a_free_port() for name in PORTS}
    options = {"dir": folder, "ip": "127.0.0.1", "ip.bind": "127.0.0.1", "s3.port": port} | ports
    options |= {
        "s3.config": folder / "s3.json",
        "master.volumeSizeLimitMB": 1024,
        "volume.max": 0,
        "master.telemetry": "false",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
    }
    command = [str(program), "server", "-filer", "-s3", *(f"-{name}={value}" for name, value in options.items())]
    process = ChildProcess(name="s3", command=command, log=folder / "s3.log", environment={"HOME": os.devnull})
    server = S3Server(port=port, master_port=ports["master.port"], secret=secret, process=process)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
