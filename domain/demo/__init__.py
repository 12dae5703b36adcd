"""The demo: invented people and about forty orders, each moved through the one door as it would have been."""

from domain.demo.seed import seed

__all__ = ["seed"]
