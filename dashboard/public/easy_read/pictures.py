"""The pictures of the family pages: one for each idea, exactly as OpenMoji drew them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.public.easy_read.content import Block, EasyRead, OutOfTen, Row
from schemas.resources import resource_folder

MAKER, MAKER_SITE = "OpenMoji", "https://openmoji.org/"
LICENCE, LICENCE_SITE = "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"
OF_THE_PAGE = ("child", "phone", "letter", "print", "speech", "tick")


@dataclass(frozen=True)
class Picture:
    """One drawing: `colour` is the picture, `outline` the same in black lines, for those of a row
    of ten that are not counted. Both are paths below `picture_folder()`, with a stroke first."""

    name: str
    colour: str
    outline: str

    def body(self, path: str) -> bytes:
        return (picture_folder() / path.lstrip("/")).read_bytes()


def picture_folder() -> Path:
    return resource_folder("assets") / "pictures" / "openmoji"


@cache
def load_pictures() -> Mapping[str, Picture]:
    """Every picture by its name in the content, such as `plan`."""
    listed = json.loads((picture_folder() / "SOURCES.json").read_text(encoding="utf-8"))
    return {
        name: Picture(name, f"/color/{one['hex']}.svg", f"/black/{one['hex']}.svg")
        for name, one in listed["pictures"].items()
    }


def pictures_of(content: EasyRead) -> tuple[str, ...]:
    """The names of all pictures that a publication shows, sorted.

    Raises:
        KeyError: naming a picture that is not in the list.
    """
    names = set(OF_THE_PAGE) | {one.picture for one in content.helpers}
    names |= {row.picture for row in content.around}
    for topic in content.topics:
        names.add(topic.picture)
        names.update(name for block in topic.blocks for name in _of_block(block))
    unknown = sorted(names - load_pictures().keys())
    if unknown:
        raise KeyError(f"there is no picture {', '.join(unknown)}")
    return tuple(sorted(names))


def counted_in(content: EasyRead) -> tuple[str, ...]:
    """The names of those that stand in rows of ten, which need their outline too."""
    parts = (part for topic in content.topics for block in topic.blocks for part in block.parts)
    return tuple(sorted({part.picture for part in parts if isinstance(part, OutOfTen)}))


def _of_block(block: Block) -> tuple[str, ...]:
    return tuple(part.picture for part in block.parts if isinstance(part, Row | OutOfTen))
