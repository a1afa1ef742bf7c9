"""Reading definition files: every fault in every file is listed at once, with its file and key."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a definition file: which file, which key, what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


class DefinitionError(Exception):
    """Definitions that cannot be used; `faults` lists every one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class MeasureError(DefinitionError):
    """A measure's definition that cannot be used."""


class AreaError(DefinitionError):
    """An area's settings that cannot be used."""


class Definition(BaseModel):
    """A frozen record read from a file; a key that is not known is a fault, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, strict=False)


class NoteError(DefinitionError):
    """A dated note that cannot be used."""


D = TypeVar("D", bound=Definition)


def read_definitions(folder: Path, kind: type[D]) -> tuple[dict[str, D], list[Fault]]:
    """Every TOML file of a folder as a record by file stem, and every fault found."""
    found: dict[str, D] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            found[path.stem] = kind.model_validate({"id": path.stem} | table)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(Fault(path.name, "file", f"is not TOML: {error}"))
        except ValidationError as error:
            faults += [
                _fault(path.name, detail["type"], detail["loc"], detail["msg"])
                for detail in error.errors()
            ]
    return found, faults


def _fault(file: str, kind: str, where: tuple[int | str, ...], message: str) -> Fault:
    key = ".".join(str(part) for part in where) or "file"
    plain = {"missing": "is missing", "extra_forbidden": "is not a key that is known here"}
    return Fault(file, key, plain.get(kind, message.removeprefix("Value error, ")))
