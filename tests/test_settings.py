"""Settings: what the environment says, what follows from it, and what production refuses."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import Environment, Settings, read_settings
from workers.supervision.env_files import write_server_urls

PRODUCTION = {
    "environment": Environment.PRODUCTION,
    "database_url": "postgresql://db/werkstand",
    "smtp_url": "smtp://mail",
    "base_url": "https://werkstand.example",
    "secret_key": "x" * 32,
}


def production(**changes: object) -> Settings:
    return Settings.model_validate(PRODUCTION | changes)


@pytest.fixture(autouse=True)
def only_our_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "STORAGE_URL", "PORT", "WERKSTAND_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WERKSTAND_VAR_DIR", str(tmp_path))


def test_the_public_address_follows_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")

    assert read_settings().base_url == "http://127.0.0.1:8123"


def test_what_runs_in_the_folder_is_found(tmp_path: Path) -> None:
    write_server_urls(tmp_path, {"DATABASE_URL": "postgresql://x@/y?host=/run", "REDIS_URL": ""})

    assert read_settings("running.env").database_url == "postgresql://x@/y?host=/run"


def test_the_environment_comes_before_what_runs_in_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_server_urls(tmp_path, {"REDIS_URL": "unix:///run/valkey.sock"})
    monkeypatch.setenv("REDIS_URL", "")

    assert read_settings("running.env").redis_url == ""


def test_a_complete_production_starts() -> None:
    assert not production().in_development


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"database_url": ""}, "DATABASE_URL must be set"),
        ({"smtp_url": ""}, "SMTP_URL must be set"),
        ({"secret_key": ""}, "WERKSTAND_SECRET_KEY must have at least 32 characters"),
        ({"secret_key": "short"}, "WERKSTAND_SECRET_KEY must have at least 32 characters"),
        ({"base_url": "http://werkstand.example"}, "must be the public https:// address"),
    ],
)
def test_an_unfinished_production_is_refused(missing: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        production(**missing)


def test_keys_of_two_purposes_differ() -> None:
    assert production().key("links") != production().key("cookies")


def test_a_secret_is_never_shown() -> None:
    assert "x" * 32 not in repr(production())
