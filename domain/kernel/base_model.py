"""The base of all models: Tortoise's, but that it does not read its sources for comments of columns."""

from typing import Any

from tortoise import models


class QuicklyMade(models.ModelMeta):
    """Tells Tortoise that no column is described by a comment; looking for them takes a fifth of each start."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        return super().__new__(cls, name, bases, {"_no_comments": True, **attrs})


class Model(models.Model, metaclass=QuicklyMade):
    """A table and its rows."""

    class Meta:
        abstract = True
