"""PostgreSQL gets a quarter of the memory there is, within bounds."""

import os
from pathlib import Path

import pytest

from workers.supervision import memory
from workers.supervision.memory import MEBIBYTE, shared_buffers


@pytest.mark.parametrize(
    ("limit", "buffers"),
    [(1024 * MEBIBYTE, "256MB"), (64 * MEBIBYTE, "128MB"), (4100 * MEBIBYTE, "1024MB")],
)
def test_a_containers_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, buffers: str) -> None:
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 16 * 1024 * 256}.__getitem__)
    limited(tmp_path, monkeypatch, str(limit))

    assert shared_buffers() == buffers


@pytest.mark.parametrize("text", ["max\n", ""])
def test_without_a_limit_the_machines_memory_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2 * 1024 * 256}.__getitem__)
    limited(tmp_path, monkeypatch, text)

    assert shared_buffers() == "512MB"


def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(text, encoding="ascii")
    monkeypatch.setattr(memory, "CGROUP_LIMIT_FILE", limit)
