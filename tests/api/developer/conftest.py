"""Fixtures of the tests of the pages for programmers: the whole application, in process and before a browser."""

from tests.support.fixtures import portal as portal
from tests.support.fixtures import site as site
