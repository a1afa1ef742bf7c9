"""A recipe as its Markdown has it: the fenced blocks in order, each with what its first line says.

What a block's first line may say, so that a reader and the tests do the same:

| first line | what it is |
|---|---|
| `toml file=PATH` (or `python`, `csv`) | a new file with this in it |
| `diff file=PATH` | an edit: lines with `-` go, lines with `+` come, the others say where |
| `diff file=PATH meanwhile` | an edit that is taken back after the next `console` |
| `console` | commands after `$`, below what they say (`…`: anything), `[1]` how they end |
| `console serves` | the same, and the last command goes on running to the end of the recipe |
| `text download` | files to fetch, each with where from |
| `text cells=NEW from=OLD` | a workbook with some cells written: `Sheet!A1 = words` |
| `text sheet=NAME of=FILE` | the headings of a sheet of a workbook |
| `text page=ADDRESS` | words that the running server's page says, in this order |
| `text screens` | what is done on screen: open, press, choose, attach, see |
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```([^\n`]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DOES = {"file", "console", "download", "cells", "sheet", "page", "screens"}


@dataclass(frozen=True)
class Block:
    """One fenced block: `words` of its first line, `given` those with `=`, `line` for messages."""

    line: int
    words: tuple[str, ...]
    given: Mapping[str, str]
    body: str

    @property
    def does(self) -> str:
        """What is to be done with it, by the words of its first line."""
        (found,) = _DOES & {*self.words, *self.given}
        return found

    @property
    def lines(self) -> list[str]:
        return self.body.splitlines()


@dataclass(frozen=True)
class Command:
    """What is typed, what it must say (in this order) and how it must end."""

    typed: str
    said: tuple[str, ...]
    ends_with: int


def read_recipe(path: Path) -> list[Block]:
    """Its blocks in order; every one must say what is done with it."""
    text = path.read_text(encoding="utf-8")
    return [_block(found, text) for found in _FENCE.finditer(text)]


def _block(found: re.Match[str], text: str) -> Block:
    said = shlex.split(found[1])
    given = dict(one.split("=", 1) for one in said if "=" in one)
    words = tuple(one for one in said if "=" not in one)
    return Block(text.count("\n", 0, found.start()) + 1, words, given, found[2])


def commands_of(block: Block) -> Iterator[Command]:
    """The commands of a `console` block; a line that ends with a backslash goes on in the next."""
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        typed, _, rest = part.replace("\\\n", " ").partition("\n")
        said = [line.strip() for line in rest.splitlines() if line.strip()]
        ends = re.fullmatch(r"\[(\d+)\]", said[-1]) if said else None
        yield Command(typed, tuple(said[:-1] if ends else said), int(ends[1]) if ends else 0)


def edited(text: str, block: Block) -> str:
    """The text with a `diff` block done to it: the place must be there, and once."""
    old = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] != "-")
    assert text.count(old) == 1, f"line {block.line}: it is there {text.count(old)} times:\n{old}"
    return text.replace(old, new)


def says(text: str, wanted: list[str] | tuple[str, ...]) -> bool:
    """Whether a text has these lines, in this order; `…` stands for anything."""
    lines = [re.sub(r"(\\ )?…(\\ )?", ".*?", re.escape(_spaced(line))) for line in wanted]
    return re.search(".*?".join(lines), _spaced(text), re.DOTALL) is not None


def _spaced(text: str) -> str:
    return " ".join(text.split())
