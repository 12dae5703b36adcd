"""docs/operations.md names every setting, and only metrics and pages that exist."""

import re
from pathlib import Path

from prometheus_client import generate_latest

from api.application import build_application as build_application  # Registers the metrics of the API.
from portal_views.page_table import PAGES
from settings import Settings
from workers.queue import job_publisher as job_publisher  # Registers its metric.

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "operations.md").read_text("utf-8")


def test_every_setting_is_in_the_table() -> None:
    names = {
        str(field.validation_alias or f"WERKSTAND_{name}".upper()) for name, field in Settings.model_fields.items()
    }

    assert names - set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, flags=re.MULTILINE)) == set()


def test_every_metric_that_is_named_exists() -> None:
    known = set(re.findall(r"^# TYPE (\w+)", generate_latest().decode(), flags=re.MULTILINE))

    named = set(re.findall(r"^\| `(werkstand_\w+)", TEXT, flags=re.MULTILINE))

    assert len(named) > 10
    assert named - known == set()


def test_every_page_that_is_named_exists() -> None:
    named = set(re.findall(r"`(/[a-z-]+)(?:\?tab=\w+)?`", TEXT)) - {"/live", "/stream", "/metrics"}

    assert named - {page.path for page in PAGES} == set()
