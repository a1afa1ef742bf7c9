"""What kind of place a school's number stands for, and in which council's area it lies."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.child_csv import decode_text
from loaders.sen2.rows import ReturnRefused
from schemas.text import plain


@dataclass(frozen=True)
class School:
    """`placement`: a placement's id, or "" where the kind is none we know. `lea`: three digits."""

    placement: str
    lea: str


Schools = Mapping[str, School]
_HEADINGS = {
    "urn": ("urn",),
    "kind": ("typeofestablishmentname", "typeofestablishment", "establishmenttype"),
    "lea": ("lacode", "localauthoritycode", "lea"),
}


def read_schools(path: Path) -> Schools:
    """Schools by URN, of the register “Get information about schools” (its CSV of all
    establishments, or any CSV with its three columns). Raises ReturnRefused."""
    try:
        rows = csv.reader(io.StringIO(decode_text(path.read_bytes()), newline=""))
        headings = [plain(text) for text in next(rows, [])]
        places = {name: _place(headings, names) for name, names in _HEADINGS.items()}
        kinds = _kinds()
        return {
            row[places["urn"]].strip(): School(
                kinds.get(plain(row[places["kind"]]), ""), row[places["lea"]].strip()
            )
            for row in rows
            if len(row) > max(places.values())
        }
    except (csv.Error, UnicodeDecodeError):
        raise ReturnRefused(
            "The list of schools cannot be read. Give the register's CSV."
        ) from None


def _place(headings: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in headings:
            return headings.index(name)
    raise ReturnRefused(
        "The list of schools needs the columns URN, LA (code) and TypeOfEstablishment (name)."
    )


@cache
def _kinds() -> Mapping[str, str]:
    content = tomllib.loads((Path(__file__).parent / "schools.toml").read_text(encoding="utf-8"))
    return {plain(kind): name for name, kinds in content["kinds"].items() for kind in kinds}
