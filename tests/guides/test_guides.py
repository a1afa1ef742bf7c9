"""The guides are followed step by step in a real browser, and everything they name is there."""

import ast
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard import create_app
from schemas.resources import resource_folder
from tests.browser.serving import serving
from tests.guides.analyst import walk_analysts_guide
from tests.guides.ground import SETTINGS, load_demonstration
from tests.guides.guide import DOCS, Guide, read_guide
from tests.guides.partner import walk_partners_guide
from tests.guides.pictures import MOST_BYTES, WIDTH
from tests.guides.walk import Walk
from tests.guides.workbooks import OURS

pytestmark = pytest.mark.browser
WALKS: dict[str, Callable[[Walk], None]] = {
    "partners-guide.md": walk_partners_guide,
    "analysts-guide.md": walk_analysts_guide,
}
LONGEST = {"analysts-guide.md": 250, "partners-guide.md": 180}  # lines
_PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = load_demonstration(tmp_path_factory.mktemp("guides"))
    with serving(create_app(database, SETTINGS)) as home:
        yield home
    database.close()


@pytest.mark.parametrize("name", WALKS)
def test_every_step_of_a_guide_can_be_done_as_it_says(
    name: str, browser: Browser, home: str, tmp_path: Path
) -> None:
    """A step that names in bold what the walk did not find, or the other way round, fails in it."""
    guide = read_guide(name)
    walk = Walk(guide, browser, home, tmp_path)
    WALKS[name](walk)
    assert walk.walked == [task.title for task in guide.tasks]
    assert set(walk.pictures) == {path for path, _ in pictures_of(guide)}
    for path, content in walk.pictures.items():
        assert len(content) < MOST_BYTES, f"{path} weighs {len(content):,} bytes"
        assert int.from_bytes(content[16:20]) == WIDTH, path
        if os.environ.get("SEND_PICTURES") == "1":
            (DOCS / path).write_bytes(content)


@pytest.mark.parametrize("name", WALKS)
def test_every_picture_of_a_guide_is_there_with_words_for_who_cannot_see_it(name: str) -> None:
    for path, alt in pictures_of(read_guide(name)):
        content = (DOCS / path).read_bytes()
        assert content.startswith(_PNG)
        assert len(content) < MOST_BYTES, path
        assert 30 <= len(alt) <= 160, path


def test_no_picture_is_left_that_no_guide_shows() -> None:
    shown = {path for name in WALKS for path, _ in pictures_of(read_guide(name))}
    kept = {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()}
    assert kept == shown


@pytest.mark.parametrize("name", WALKS)
def test_names_in_bold_stand_in_steps_only(name: str) -> None:
    """Elsewhere no walk would look for them."""
    assert {task.title: task.loose for task in read_guide(name).tasks if task.loose} == {}


@pytest.mark.parametrize("name", WALKS)
def test_a_guide_is_short(name: str) -> None:
    assert len(read_guide(name).text.splitlines()) <= LONGEST[name]


def test_the_program_says_every_message_that_the_guide_explains() -> None:
    text = (DOCS / "analysts-guide.md").read_text(encoding="utf-8")
    table = text.partition("| the message says |")[2].splitlines()[2:]
    messages = [said for line in table for said in _quoted(line.split("|")[1])]
    assert len(messages) >= 15
    assert [said for said in messages if said not in _program()] == []


def test_names_that_are_quoted_stand_in_the_program() -> None:
    """Headings of pages and buttons that a step only mentions."""
    guide = read_guide("analysts-guide.md")
    steps, _, _ = guide.text.partition("## What if something is refused?")
    others = [OURS, *(task.title for task in guide.tasks)]
    quoted = [said for line in steps.splitlines() for said in _quoted(line)]
    assert [said for said in quoted if said not in _program() and said not in others] == []


def pictures_of(guide: Guide) -> list[tuple[str, str]]:
    """The path and the words of each."""
    return [(one.path, one.alt) for task in guide.tasks for one in task.pictures]


def _quoted(text: str) -> list[str]:
    """What stands between the outer quotation marks."""
    return [said.strip() for said in re.findall(r"“((?:[^“”]|“[^“”]*”)+)”", text)]


@cache
def _program() -> str:
    """Every text that the program can say: those of its source, and its templates."""
    root = resource_folder("assets").parent
    said = []
    for folder in ("dashboard", "loaders", "schemas"):
        for path in sorted((root / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            said += [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
        said += [path.read_text(encoding="utf-8") for path in (root / folder).rglob("*.html")]
    return "\n".join(said)
