"""The packages of the clients: npm's beside their lock files, Python's in an environment of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
NODE = FOLDER / "node"
TYPESCRIPT_EXAMPLE = ROOT / "examples" / "typescript"
PYTHON_EXAMPLE = ROOT / "examples" / "python"
ENVIRONMENT = FOLDER / "python" / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = FOLDER / "python" / "requirements.txt"


def missing_packages() -> str | None:
    """Install what is missing; returns a sentence where that is not possible."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "there is no Node.js with npm on this machine"
    for folder in (NODE, TYPESCRIPT_EXAMPLE):
        if not _has_npm_packages(folder):
            return f"npm could not fetch the packages of {folder.relative_to(ROOT)}"
    if not _has_python_packages():
        return "pip could not fetch the packages of tests/clients/python"
    return None


def _has_npm_packages(folder: Path) -> bool:
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / "installed-lock.json"
    if _is_stamped(stamp, lock):
        return True
    if not _succeeds("npm", "ci", "--no-audit", "--no-fund", cwd=folder):
        return False
    shutil.copyfile(lock, stamp)
    return True


def _has_python_packages() -> bool:
    stamp = ENVIRONMENT / REQUIREMENTS.name
    if _is_stamped(stamp, REQUIREMENTS):
        return True
    install = (str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS))
    if not _succeeds(sys.executable, "-m", "venv", str(ENVIRONMENT)) or not _succeeds(*install):
        return False
    shutil.copyfile(REQUIREMENTS, stamp)
    return True


def _is_stamped(stamp: Path, lock: Path) -> bool:
    """Whether what this lock file names was installed: a copy of it is left then."""
    return stamp.exists() and stamp.read_bytes() == lock.read_bytes()


def _succeeds(*command: str, cwd: Path = ROOT) -> bool:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0
