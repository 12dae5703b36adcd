"""Prepare .venv with the locked dependencies; run by make with a bare Python, before anything is there."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed"
LOCK = ROOT / "requirements.lock"
Completed = subprocess.CompletedProcess[str]
LAUNCHER = """#!/bin/sh
exec "{python}" -m workers.commands.cli "$@"
"""


class InstallError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def main() -> int:
    """Make the environment complete; says one sentence and returns 1 when that is not possible."""
    if _is_current():
        return 0
    try:
        with _install_lock():
            if not _is_current():
                _install()
    except InstallError as impossible:
        print(impossible, file=sys.stderr)
        return 1
    return 0


def _is_current() -> bool:
    return os.path.exists(PYTHON) and os.path.exists(STAMP) and STAMP.read_text(encoding="utf-8") == _stamp()


def _stamp() -> str:
    """Changes with the locked dependencies, this program and the place of the clone."""
    content = LOCK.read_bytes() + Path(__file__).read_bytes() + str(ROOT).encode()
    return hashlib.sha256(content).hexdigest()


@contextlib.contextmanager
def _install_lock() -> Iterator[None]:
    """`make run` and `make test` may start together in a fresh clone: one prepares, the other waits."""
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            descriptor = os.open(ROOT, os.O_RDONLY)
    except OSError as problem:
        raise InstallError(
            f"The folder {ROOT} cannot be written ({problem.strerror}): clone Werkstand into a folder of your own."
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _install() -> None:
    print("Preparing .venv (once) ...", flush=True)
    if not _venv_works():
        _remove_venv()
        _make_venv()
    _install_uv()
    _install_dependencies()
    _install_project()
    STAMP.write_text(_stamp(), encoding="utf-8")


def _venv_works() -> bool:
    """A folder that was moved or lost its Python is made anew."""
    script = VENV / "bin" / "activate"
    if not os.path.exists(PYTHON) or not script.exists() or str(VENV) not in script.read_text(encoding="utf-8"):
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def _remove_venv() -> None:
    try:
        shutil.rmtree(VENV)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise InstallError(f"{VENV} cannot be replaced ({problem.strerror}): remove it and start again.") from None


def _make_venv() -> None:
    made = _run(sys.executable, "-m", "venv", str(VENV))
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = ".".join(map(str, sys.version_info[:2]))
        raise InstallError(
            f"{sys.executable} cannot make a virtual environment: install its venv module "
            f"(on Debian and Ubuntu: apt install python{version}-venv) and start again."
        )


def _install_uv() -> None:
    """uv itself comes by pip, held to the hashes of the lock."""
    locked = VENV / "uv.lock"
    locked.write_text(_locked_requirement("uv"), encoding="utf-8")
    installed = _run(PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", locked)
    if installed.returncode:
        raise InstallError(f"The installer uv could not be fetched: {_reason(installed)}")


def _locked_requirement(name: str) -> str:
    """The lines of one package in the lock."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = next(number for number in range(first, len(lines)) if not lines[number].endswith("\\"))
    return "\n".join(lines[first : last + 1]) + "\n"


def _install_dependencies() -> None:
    """By uv in seconds; by pip, which takes minutes, where the machine's mirrors are known to pip alone."""
    by_uv = _run(PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", LOCK)
    if by_uv.returncode == 0:
        return
    print(f"uv could not install ({_reason(by_uv)}); trying pip, which takes some minutes ...", flush=True)
    by_pip = _run(PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", LOCK)
    if by_pip.returncode:
        raise InstallError(f"The dependencies could not be installed: {_reason(by_pip)}")


def _install_project() -> None:
    """Make the clone importable and put `werkstand` beside Python, without a build or the network."""
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_run(PYTHON, "-c", query).stdout.strip())
    (packages / "werkstand-clone.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = VENV / "bin" / "werkstand"
    command.write_text(LAUNCHER.format(python=PYTHON), encoding="utf-8")
    command.chmod(0o755)


def _run(*command: str | Path) -> Completed:
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)


def _reason(ended: Completed) -> str:
    """The line of its output that says most: the last one that speaks of an error, else the last."""
    lines = [line.strip() for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or ["no reason given"])[-1]


if __name__ == "__main__":
    sys.exit(main())
