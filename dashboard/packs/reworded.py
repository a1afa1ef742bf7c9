"""Every text of a pack changed in one way, however deep it stands; all else is left as it is."""

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

_Said = TypeVar("_Said")


def with_words(said: _Said, change: Callable[[str], str]) -> _Said:
    """The same dataclass with each of its texts changed."""
    return _changed(said, change)  # type: ignore[no-any-return]


def _changed(said: Any, change: Callable[[str], str]) -> Any:
    if isinstance(said, str):
        return change(said)
    if isinstance(said, tuple):
        return tuple(_changed(one, change) for one in said)
    if dataclasses.is_dataclass(said) and not isinstance(said, type):
        fields = [field.name for field in dataclasses.fields(said)]
        changed = {name: _changed(getattr(said, name), change) for name in fields}
        return dataclasses.replace(said, **changed)
    return said
