"""The people of every story: once with a keyboard alone, once in browsers without scripts."""

import pytest

from settings import Settings
from tests.support.browsing.cast import Cast
from tests.support.browsing.keyboard import KeyboardUser
from tests.support.browsing.without_scripts import ScriptlessUser
from tests.support.inbox import Inbox
from tests.support.portal_browser import Portal


@pytest.fixture(params=[KeyboardUser, ScriptlessUser], ids=["keyboard", "without scripts"])
def cast(request: pytest.FixtureRequest, portal: Portal, settings: Settings, smtp: Inbox) -> Cast:
    return Cast(user=request.param, portal=portal, settings=settings, smtp=smtp)
