"""The release checklist names what is there, and a release cannot be forgotten half way."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from dashboard.cli import main
from tests.releasing.distributions import ROOT, read_project
from tests.upgrades.old import RELEASES

CHECKLIST = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
POLICY = (ROOT / "docs" / "SECURITY.md").read_text(encoding="utf-8")
CHANGES = re.findall(
    r"^## (\d+\.\d+)\.\d+: ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
)
_PATH = re.compile(r"`((?:tests|docs|schemas|deploy|assets|data)/[\w./-]*|[A-Z]+\.md|\w+\.toml)`")


def test_the_version_is_that_of_the_newest_changes() -> None:
    assert read_project()["version"].rpartition(".")[0] == CHANGES[0]


def test_every_release_before_this_one_left_its_database_to_be_upgraded() -> None:
    assert sorted(CHANGES[1:]) == list(RELEASES)
    said = (ROOT / "tests/upgrades/releases/README.md").read_text(encoding="utf-8")
    assert [one for one in RELEASES if f"| {one} | `" not in said] == []


@pytest.mark.parametrize("text", [CHECKLIST, POLICY], ids=["releasing", "SECURITY"])
def test_every_file_that_is_named_is_there(text: str) -> None:
    named = set(_PATH.findall(text)) | set(re.findall(r"tests/[\w/]+(?:\.py)?", text))
    assert len(named) > 3
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []


def test_every_command_that_is_named_can_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    modules = re.findall(r"python -m ([\w.]+)", CHECKLIST)
    assert len(modules) >= 4
    assert [one for one in modules if find_spec(one) is None] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"`make (\w+)", CHECKLIST)
    assert [one for one in targets if f"\n{one}:" not in makefile] == []
    assert main(["--help"]) == 0
    known = capsys.readouterr().out
    words = set(re.findall(r"`send-dashboard ([\w-]+)", CHECKLIST + POLICY))
    assert [one for one in words if f"\n  {one} " not in known] == []


def test_every_line_of_the_checklist_is_numbered_in_order() -> None:
    numbers = [int(one) for one in re.findall(r"^\| (\d+) \|", CHECKLIST, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_policy_invents_no_address() -> None:
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+|https?://\S+", POLICY) == []


def test_the_releases_are_kept_small() -> None:
    sizes = {
        one.name: one.stat().st_size for one in Path(ROOT / "tests/upgrades/releases").iterdir()
    }
    assert max(sizes.values()) < 1_000_000, sizes
