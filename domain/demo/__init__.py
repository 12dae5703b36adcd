"""The demo: invented people and about forty orders, each moved by the commands that real orders are moved by."""

from domain.demo.seed import seed

__all__ = ["seed"]
