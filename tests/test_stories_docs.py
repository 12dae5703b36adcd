"""The list of stories in the documentation."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_story_is_listed() -> None:
    listed = re.findall(r"`(test_\w+\.py)` \|$", (ROOT / "docs/stories.md").read_text(), flags=re.MULTILINE)

    assert sorted(listed) == sorted(path.name for path in (ROOT / "tests/portal_views/stories").glob("test_*.py"))
