"""Each recipe is done as it is written, in a copy of the program: what it says comes true."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.recipes.ground import Ground
from tests.recipes.recipe import read_recipe

RECIPES = sorted((ROOT / "docs" / "recipes").glob("*.md"))
every_recipe = pytest.mark.parametrize("path", RECIPES, ids=[path.stem for path in RECIPES])


@every_recipe
def test_what_the_recipe_says_comes_true(path: Path, browser: Browser, tmp_path: Path) -> None:
    with ExitStack() as stack:
        ground = Ground(tmp_path, browser, stack)
        for block in read_recipe(path):
            ground.do(block)


@every_recipe
def test_a_recipe_is_short_and_says_what_to_do_when_it_goes_wrong(path: Path) -> None:
    """Short besides the files that it gives to be copied."""
    text = path.read_text(encoding="utf-8")
    given = sum(len(block.lines) + 2 for block in read_recipe(path) if block.does == "file")
    assert len(text.splitlines()) - given <= 62
    for heading in ("If you forget something", "Undo"):
        assert re.search(f"^## {heading}$", text, re.MULTILINE), f"{path.name} has no “{heading}”"
