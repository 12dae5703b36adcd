"""The var folder and its lock."""

import os
from pathlib import Path

import pytest

from workers.errors import CommandError
from workers.supervision.env_files import ensure_secrets, read_env_file, write_env_file
from workers.supervision.var_folder import prepare_var_folder, rotate_log, supervisor_lock


def test_a_second_start_in_the_same_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    prepare_var_folder(tmp_path)

    with (
        supervisor_lock(tmp_path),
        pytest.raises(CommandError, match="already running in this folder"),
        supervisor_lock(tmp_path),
    ):
        pass


def test_the_folder_is_free_again_once_the_first_has_ended(tmp_path: Path) -> None:
    prepare_var_folder(tmp_path)

    with supervisor_lock(tmp_path):
        pass

    with supervisor_lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="cannot be written"):
        prepare_var_folder(tmp_path / "file" / "var")


def test_secrets_are_generated_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    first = ensure_secrets(tmp_path)

    assert ensure_secrets(tmp_path) == first
    assert len(first["WERKSTAND_SECRET_KEY"]) >= 32
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_two_folders_never_share_a_secret(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    a, b = ensure_secrets(tmp_path / "a"), ensure_secrets(tmp_path / "b")

    assert not set(a.values()) & set(b.values())


def test_an_env_file_gives_back_what_was_written(tmp_path: Path) -> None:
    values = {"URL": "postgresql://a:b@/c?host=/tmp/x&port=5432", "EMPTY": ""}

    write_env_file(tmp_path / "some.env", values)

    assert read_env_file(tmp_path / "some.env") == values


def test_a_large_log_makes_room_for_a_fresh_one(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_bytes(b"x" * 100)

    rotate_log(log, limit=50)

    assert not log.exists()
    assert os.path.getsize(tmp_path / "api.log.1") == 100
