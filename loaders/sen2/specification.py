"""What the return looks like (`return.toml`): which modules, columns and codes there are."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from schemas.text import plain


@dataclass(frozen=True)
class Module:
    """One part of the return. `key` is the column that numbers its rows in a CSV; a row belongs to
    the first of `parents` whose key it holds."""

    id: str
    element: frozenset[str]
    files: tuple[str, ...]
    key: frozenset[str]
    parents: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Letters and digits of a heading or an element → our name of the column."""
        return {name: column for column, names in self.columns.items() for name in names}

    def spelled(self, column: str) -> str:
        """A column as the specification spells it, for people: `receiveddate`."""
        return self.columns[column][0]


@dataclass(frozen=True)
class Specification:
    """All modules by id, and all codes by list."""

    modules: Mapping[str, Module]
    codes: Mapping[str, Mapping[str, str]]

    @cached_property
    def by_element(self) -> Mapping[str, Module]:
        return {name: module for module in self.modules.values() for name in module.element}

    def of_file(self, stem: str) -> Module | None:
        """The module a file is named after, such as `Blade-Export_02-02-2026_namedplan`."""
        name = plain(stem)
        ends = {end: module for module in self.modules.values() for end in module.files}
        longest = max((end for end in ends if name.endswith(end)), key=len, default="")
        return ends.get(longest)


@cache
def load_specification() -> Specification:
    """The specification that travels with the program."""
    content = tomllib.loads((Path(__file__).parent / "return.toml").read_text(encoding="utf-8"))
    modules = {
        name: Module(
            id=name,
            element=frozenset(told["element"]),
            files=tuple(told["files"]),
            key=frozenset(told.get("key", ())),
            parents=tuple(told.get("parents", ())),
            columns={column: tuple(names) for column, names in told.get("columns", {}).items()},
        )
        for name, told in content["modules"].items()
    }
    codes = {
        name: {code.casefold(): meaning for code, meaning in told.items()}
        for name, told in content["codes"].items()
    }
    return Specification(modules, codes)
