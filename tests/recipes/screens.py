"""What a recipe says is done on screen, done in a real browser by the words a person reads."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.recipes.recipe import Block

_STEP = re.compile(r"(open|press|attach|choose|see) (.+)")
_PATIENCE = 60_000  # milliseconds: the machine may be busy


def do_on_screen(browser: Browser, address: str, folder: Path, block: Block) -> None:
    """Each line in turn: `open ADDRESS`, `press WORDS`, `attach FILE to LABEL`,
    `choose OPTION for LABEL`, `see WORDS`."""
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        for line in block.lines:
            step = _STEP.fullmatch(line)
            assert step, f"line {block.line}: “{line}” is no step"
            _do(page, folder, step[1], step[2])


def _do(page: Page, folder: Path, verb: str, words: str) -> None:
    if verb == "open":
        page.goto(words)
    elif verb == "press":
        named = page.get_by_role("button", name=words, exact=True)
        named.or_(page.get_by_role("link", name=words, exact=True)).first.click()
    elif verb == "attach":
        file, _, label = words.partition(" to ")
        page.get_by_label(label).set_input_files(folder / file)
    elif verb == "choose":
        option, _, label = words.partition(" for ")
        page.get_by_label(label).select_option(label=option)
    else:
        page.get_by_role("main").get_by_text(words).first.wait_for(state="attached")
