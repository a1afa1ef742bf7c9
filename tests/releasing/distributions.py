"""What an installed program needs, read from what is installed: name, version, licence, why."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
# What the markers are asked for, whatever machine asks: that of the container file.
_PYTHON = {"python_version": "3.11", "python_full_version": "3.11.2", "sys_platform": "linux"}
_SYSTEM = {"platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"}
_KIND = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
_BESIDE = ("postgresql",)  # the extras that a server is installed with

# What metadata calls it -> the SPDX expression. "BSD License" is two licences: its text tells.
_SPDX = {
    "MIT License": "MIT",
    "Apache 2": "Apache-2.0",
    "PSFL": "PSF-2.0",
    "ZPL 2.1": "ZPL-2.1",
    "FreeBSD and LGPLv3+": "BSD-2-Clause OR LGPL-3.0-or-later",
}
# Metadata is silent: read in the licence file that comes with it.
_READ = {"resvg-py": ("MIT", "Permission is hereby granted, free of charge")}


class Needed(NamedTuple):
    """A distribution; `by` are those that asked for it, "" for this program itself."""

    name: str
    version: str
    licence: str  # an SPDX expression; "" when nobody says
    by: tuple[str, ...]


def find_needed() -> list[Needed]:
    """Everything that `pip install '.[postgresql]'` installs, by name; nothing of the tests.

    Raises:
        importlib.metadata.PackageNotFoundError: something needed is not installed here.
    """
    asked: dict[str, set[str]] = {}
    todo = [("", one) for one in _direct()]
    seen: set[tuple[str, ...]] = set()
    while todo:
        by, wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        asked.setdefault(name, set()).add(by)
        if (name, *sorted(wanted.extras)) not in seen:
            seen.add((name, *sorted(wanted.extras)))
            todo += [(name, one) for one in _asked_by(distribution(name), wanted.extras)]
    return [_needed(distribution(name), sorted(by)) for name, by in sorted(asked.items())]


def read_project() -> Mapping[str, Any]:
    """The table `[project]` of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["project"]
    return table


def _direct() -> Iterator[Requirement]:
    table = read_project()
    yield from map(Requirement, table["dependencies"])
    for extra in _BESIDE:
        yield from map(Requirement, table["optional-dependencies"][extra])


def _asked_by(found: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for line in found.requires or ():
        wanted = Requirement(line)
        cases = [_PYTHON | _SYSTEM | _KIND | {"extra": one} for one in (*extras, "")]
        if wanted.marker is None or any(wanted.marker.evaluate(case) for case in cases):
            yield wanted


def _needed(found: Distribution, by: list[str]) -> Needed:
    name = canonicalize_name(found.metadata["Name"])
    return Needed(name, found.version, _licence(name, found), tuple(by))


def _licence(name: str, found: Distribution) -> str:
    said: Any = found.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    if name in _READ:
        expression, words = _READ[name]
        return expression if words in _text_of(found) else ""
    field = (said.get("License") or "").strip()
    kinds = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if _is_about(one)
    ]
    if field in _SPDX:
        return _SPDX[field]
    if kinds == ["BSD License"]:
        return _which_bsd(field + _text_of(found))
    return next((_SPDX[one] for one in kinds if one in _SPDX), field)


def _is_about(classifier: str) -> bool:
    return classifier.startswith("License :: ")


def _which_bsd(text: str) -> str:
    """The third clause is the one about names."""
    if "Redistribution" not in text:
        return ""
    return "BSD-3-Clause" if re.search(r"(?i)neither\s+the\s+name", text) else "BSD-2-Clause"


def _text_of(found: Distribution) -> str:
    files = [one for one in found.files or () if re.search(r"(?i)licen[cs]e|copying", one.name)]
    return "\n".join(one.read_text(encoding="utf-8") for one in files if one.suffix in _TEXTS)


_TEXTS = ("", ".txt", ".md", ".rst", ".BSD")
