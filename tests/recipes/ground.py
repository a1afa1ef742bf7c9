"""A copy of the program in a folder of its own, in which a recipe is done as it is written."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.conftest import ROOT, SHARED
from tests.production.ground import answer, free_port
from tests.recipes.recipe import Block, Command, commands_of, edited, says
from tests.recipes.screens import do_on_screen

_FOLDERS = ("assets", "dashboard", "data", "loaders", "schemas", "tests")
_LEFT_OUT = ("browser", "bench", ".hypothesis", "darlington_202[234]-*.xlsx")
_TYPED = (
    'set -euo pipefail; send-dashboard() { "$PYTHON" -m dashboard.cli "$@"; }; '
    'python() { "$PYTHON" "$@"; }; '
)
_PATIENCE = 120  # seconds: the machine may be busy


class Ground:
    """The project's folder as somebody has it who has just installed it, with nothing loaded.

    Of the invented terms it has the last three only, so that the demonstration starts sooner.
    """

    def __init__(self, folder: Path, browser: Browser, stack: ExitStack) -> None:
        self.folder = folder / "project"
        self.browser = browser
        self.stack = stack
        self.port = free_port()
        left_out = shutil.ignore_patterns(*_LEFT_OUT)
        for name in _FOLDERS:
            shutil.copytree(ROOT / name, self.folder / name, ignore=left_out)
        shutil.copy(ROOT / "pyproject.toml", self.folder)
        told = {k: v for k, v in os.environ.items() if not k.startswith(("SEND_", "DATABASE_"))}
        here = {"PYTHONPATH": str(self.folder), "PYTHON": sys.executable, "PORT": str(self.port)}
        self._told = {**told, **here, "COLUMNS": "100", "PYTHONWARNINGS": ""}
        self._to_take_back: dict[Path, str] = {}

    def do(self, block: Block) -> None:
        """Does what one block of the recipe says."""
        getattr(self, f"_{block.does}")(block)

    def _file(self, block: Block) -> None:
        path = self.folder / block.given["file"]
        if "diff" not in block.words:
            assert not path.exists(), f"line {block.line}: {path.name} is there already"
            path.write_text(block.body, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        if "meanwhile" in block.words:
            self._to_take_back.setdefault(path, text)
        path.write_text(edited(text, block), encoding="utf-8")

    def _console(self, block: Block) -> None:
        *first, last = commands_of(block)
        for command in first:
            self._run(block, command)
        (self._serve if "serves" in block.words else self._run)(block, last)
        for path, text in self._to_take_back.items():
            path.write_text(text, encoding="utf-8")
        self._to_take_back.clear()

    def _run(self, block: Block, command: Command) -> None:
        if setting := re.fullmatch(r"export (\w+)=(\S+)", command.typed):
            self._told[setting[1]] = setting[2]
            return
        typed = ["bash", "-c", _TYPED + command.typed]
        done = subprocess.run(
            typed,
            cwd=self.folder,
            env=self._told,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        told = f"line {block.line}: {command.typed}\n{done.stdout}\n[{done.returncode}]"
        assert done.returncode == command.ends_with, told
        assert says(done.stdout, command.said), told

    def _serve(self, block: Block, command: Command) -> None:
        log = self.folder.parent / "served.txt"
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.cli", *command.typed.split()[1:]],
            cwd=self.folder,
            env=self._told,
            stdout=self.stack.enter_context(log.open("w", encoding="utf-8")),
            stderr=subprocess.STDOUT,
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        until = time.monotonic() + _PATIENCE
        while not (says(log.read_text(encoding="utf-8"), command.said) and self._answers()):
            told = f"line {block.line}: {log.read_text(encoding='utf-8')}"
            assert process.poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.1)

    def _answers(self) -> bool:
        """It says its address a moment before it listens there."""
        return answer(self.port, "/healthz", "127.0.0.1") == 200

    def _download(self, block: Block) -> None:
        if not (SHARED / "benchmarks").is_dir():
            pytest.skip("the published files (../shared) are not beside this checkout")
        for line in block.lines:
            (found,) = (SHARED / "benchmarks").rglob(line.split()[0])
            shutil.copyfile(found, self.folder / found.name)

    def _cells(self, block: Block) -> None:
        book = openpyxl.load_workbook(self.folder / block.given["from"])
        for line in block.lines:
            written = re.fullmatch(r"(.+)!([A-Z]+\d+) = (.*)", line)
            assert written, f"line {block.line}: “{line}” is no cell"
            book[written[1]][written[2]] = written[3]
        book.save(self.folder / block.given["cells"])

    def _sheet(self, block: Block) -> None:
        book = openpyxl.load_workbook(self.folder / block.given["of"])
        rows = book[block.given["sheet"]].iter_rows(values_only=True)
        wanted = [words.strip() for line in block.lines for words in line.split("|")]
        assert any([str(cell) for cell in row if cell][: len(wanted)] == wanted for row in rows)

    def _page(self, block: Block) -> None:
        address = f"http://127.0.0.1:{self.port}{block.given['page']}"
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
            page = BeautifulSoup(answer.read(), "html.parser")
        said = (page.main or page).get_text(" ", strip=True)
        assert says(said, block.lines), f"line {block.line}: {said}"

    def _screens(self, block: Block) -> None:
        do_on_screen(self.browser, f"http://127.0.0.1:{self.port}", self.folder, block)
