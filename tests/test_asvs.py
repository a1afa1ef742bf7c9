"""The sheet of the ASVS: every requirement is there once, and every test it names exists."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHEET = ROOT / "docs" / "asvs.md"
# The levels of ASVS 5.0.0's requirements in the order of their numbers: a line for each chapter,
# a word for each section of it.
_LEVELS = """
22 1111122223 112222222223 222 123
122 112 12223 23
3 113 12223 11222233 11122333 3 22333
12233 23333 22 1222
2 112333 113 222
122 111111112222 11223333 112233 22222333 2223 33 2222
222 1111 22 11222 223 22
1233 1123 133 23
111 1222
22 223 22223 1111122222233333 22222 22 222
2233 22233 11233 1222 23 23 33
12233 11 22223
2333 222223 2233 1222233
22 12223333 122
12233 12233 1222222 3333
2 22222 2222 222 2223
23 22223333 22
"""
ANSWERS = {
    "test: ": "test",
    "by how it runs: ": "by how it runs",
    "not applicable because ": "not applicable",
    "open: ": "open",
}
_ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.fixture(scope="module")
def sheet() -> str:
    return SHEET.read_text("utf-8")


def rows(sheet: str) -> Iterator[tuple[str, str, str, str]]:
    """Number, level, what it asks, answer."""
    for line in sheet.splitlines():
        if re.match(r"\| \d+\.", line):
            found = _ROW.fullmatch(line)
            assert found, line
            yield found[1], found[2], found[3], found[4]


def kind(answer: str) -> str:
    found = [name for start, name in ANSWERS.items() if answer.startswith(start)]
    assert len(found) == 1, answer
    return found[0]


def required() -> list[tuple[str, str]]:
    """Every number of Levels 1 and 2 with its level."""
    return [
        (f"{chapter}.{section}.{number}", level)
        for chapter, line in enumerate(_LEVELS.split("\n")[1:-1], 1)
        for section, levels in enumerate(line.split(), 1)
        for number, level in enumerate(levels, 1)
        if level in "12"
    ]


def test_the_levels_are_as_many_as_the_standard_has() -> None:
    assert Counter("".join(_LEVELS.split())) == {"1": 70, "2": 183, "3": 92}


def test_every_requirement_is_there_once_in_order(sheet: str) -> None:
    assert [(number, level) for number, level, _, _ in rows(sheet)] == required()


def test_every_row_has_an_answer_of_one_of_four_kinds(sheet: str) -> None:
    for number, _, asks, answer in rows(sheet):
        assert asks.strip(), number
        words = answer.removeprefix(next(one for one in ANSWERS if answer.startswith(one)))
        assert len(words) >= 14, number
        assert kind(answer) != "test" or _TEST.match(words), f"{number} names no test first"


def test_every_test_that_is_named_exists(sheet: str) -> None:
    named = _TEST.findall(sheet)
    assert len(named) > 150
    missing = {f"{file}::{name}" for file, name in named if name not in in_file(file)}
    assert not missing
    assert not re.findall(r"`test_\w+`", sheet), "a test without its file cannot be looked up"


@cache
def in_file(file: str) -> frozenset[str]:
    """The functions of a file, which is read and not run."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def test_the_counts_at_the_head_are_true(sheet: str) -> None:
    counted = Counter(kind(answer) for *_, answer in rows(sheet))
    head = dict(re.findall(r"\| ([a-z ]+) \| (\d+) \|", sheet.partition("## V1")[0]))
    assert head == {**{name: str(counted[name]) for name in ANSWERS.values()}, "all": "253"}


def test_what_a_row_calls_written_below_is_written(sheet: str) -> None:
    headings = set(re.findall(r"^### (.+)$", sheet, re.M))
    asked = set(re.findall(r"written below, \*([^*]+)\*", sheet))
    assert asked
    assert asked <= headings


def test_files_that_a_row_leads_to_are_there(sheet: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", sheet):
        assert (SHEET.parent / link).is_file(), link
