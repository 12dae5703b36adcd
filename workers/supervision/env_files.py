"""Small files of settings in the var folder, readable by their owner only."""

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from settings import ADDRESSES_FILE, SECRETS_FILE

SECRET_GENERATORS: dict[str, Callable[[], str]] = {
    "WERKSTAND_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "WERKSTAND_POSTGRES_PASSWORD": lambda: secrets.token_urlsafe(24),
    "WERKSTAND_RUNTIME_POSTGRES_PASSWORD": lambda: secrets.token_urlsafe(24),
    "WERKSTAND_DEVELOPMENT_PASSWORD": lambda: f"demo-{secrets.token_hex(4)}",
    "WERKSTAND_INSTALLATION": lambda: secrets.token_hex(8),
}


def ensure_secrets(var_dir: Path) -> dict[str, str]:
    """The secrets of this folder; the missing ones are generated and kept for every later start."""
    path = var_dir / SECRETS_FILE
    known = read_env_file(path)
    missing = {name: generate() for name, generate in SECRET_GENERATORS.items() if name not in known}
    if missing:
        write_env_file(path, known | missing)
    return known | missing


def write_server_urls(var_dir: Path, addresses: Mapping[str, str]) -> None:
    """Write the URLs of the running servers for other commands in this folder."""
    write_env_file(var_dir / ADDRESSES_FILE, addresses)


def remove_server_urls(var_dir: Path) -> None:
    (var_dir / ADDRESSES_FILE).unlink(missing_ok=True)


def read_env_file(path: Path) -> dict[str, str]:
    """Names and values of a file written here; empty when there is none."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {name: value.strip("'") for name, _, value in pairs}


def write_env_file(path: Path, values: Mapping[str, str]) -> None:
    """Replace the file atomically."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}='{value}'\n" for name, value in values.items())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
