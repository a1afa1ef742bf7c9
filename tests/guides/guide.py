"""A guide as a reader follows it: its tasks, numbered steps, names in bold and pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.resources import resource_folder

DOCS = resource_folder("assets").parent / "docs"
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_STEP = re.compile(r"(\d+)\. ")
_PICTURE = re.compile(r"!\[(.*?)\]\((.*?)\)", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One numbered step; `names` are its words in bold: what stands on the screen."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    alt: str
    path: str


@dataclass(frozen=True)
class Task:
    """What stands under one heading. `loose` are words in bold that no step has; `commands` the
    lines of its fences."""

    title: str
    steps: tuple[Step, ...]
    pictures: tuple[Picture, ...]
    loose: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    name: str
    text: str
    tasks: tuple[Task, ...]

    def task(self, title: str) -> Task:
        return next(one for one in self.tasks if one.title == title)


def read_guide(name: str) -> Guide:
    """The guide `docs/<name>`; what stands before its first `##` belongs to no task."""
    text = (DOCS / name).read_text(encoding="utf-8")
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return Guide(name, text, tuple(_task(part) for part in parts))


def _task(part: str) -> Task:
    title, _, body = part.partition("\n")
    steps: list[Step] = []
    loose: list[str] = []
    for block in _blocks(body):
        number = _STEP.match(block)
        names = tuple(" ".join(name.split()) for name in _BOLD.findall(block))
        if number:
            steps.append(Step(int(number[1]), names))
        else:
            loose += names
    pictures = tuple(Picture(" ".join(a.split()), p) for a, p in _PICTURE.findall(body))
    fences = re.findall(r"^ *```\n(.*?)^ *```", body, re.DOTALL | re.MULTILINE)
    commands = tuple(line.strip() for fence in fences for line in fence.splitlines())
    return Task(title.strip(), tuple(steps), pictures, tuple(loose), commands)


def _blocks(body: str) -> Iterator[str]:
    """A numbered step with the indented lines below it, or the lines between two steps."""
    held: list[str] = []
    for line in body.splitlines():
        goes_on = line.startswith("   ") and held and _STEP.match(held[0])
        if not goes_on and (_STEP.match(line) or (held and _STEP.match(held[0]))):
            yield "\n".join(held)
            held = []
        held.append(line)
    yield "\n".join(held)
