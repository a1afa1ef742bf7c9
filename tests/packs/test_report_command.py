"""`send-dashboard report`: the same files as on screen, and a plain sentence for every fault."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.cli import main
from dashboard.edition import Edition
from schemas.database import Database
from tests.packs.conftest import AREA


@pytest.fixture(autouse=True)
def folder(published: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the demonstration's database in `var/`."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SEND_VAR", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    original = sqlite3.connect(str(published.read.url.database))
    copy = sqlite3.connect(tmp_path / "var" / "send-dashboard.sqlite3")
    with closing(original), closing(copy):
        original.backup(copy)
    return tmp_path


def fault(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said of a wrong command; it writes nothing."""
    assert main(["report", *arguments, "--into", "none"]) != 0
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert not [*Path().glob("none/*")]
    return said.err


def test_all_three_files_are_written_for_the_newest_edition(
    newest: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", AREA, "--into", "out/board"]) == 0
    names = sorted(path.name for path in Path("out/board").iterdir())
    stem = f"darlington-exceptions-true-{newest.name}"
    assert names == [f"{stem}.docx", f"{stem}.pdf", f"{stem}.pptx"]
    assert f"Written: out/board/{stem}.pptx" in capsys.readouterr().out


def test_last_terms_paper_is_made_again_the_same() -> None:
    arguments = ["report", AREA, "--term", "Spring 2025/26", "--format", "pdf"]
    assert main([*arguments, "--into", "a"]) == 0
    assert main([*arguments, "--into", "b"]) == 0
    (one,), (other,) = [*Path("a").iterdir()], [*Path("b").iterdir()]
    assert one.name == other.name
    assert one.name.startswith("darlington-exceptions-true-2025-26-spring.1.")
    assert one.read_bytes() == other.read_bytes()


def test_an_edition_is_named_as_addresses_name_it(newest: Edition) -> None:
    spring = "2025-26-spring.1.34.0"
    arguments = ["report", AREA, "--edition", spring, "--format", "pdf", "--template", "theme"]
    assert main([*arguments, "--theme", "health_waits"]) == 0
    assert Path(f"darlington-theme-health-waits-true-{spring}.pdf").exists()


def test_an_own_template_gives_the_slides_their_size() -> None:
    own = Presentation()
    own.slide_width, own.slide_height = 12_000_000, 9_000_000
    own.save("own.pptx")
    assert main(["report", AREA, "--format", "pptx", "--potx", "own.pptx", "--into", "out"]) == 0
    (made,) = Path("out").iterdir()
    assert Presentation(str(made)).slide_width == 12_000_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["E99999999"], "No area E99999999 is set up here."),
        (["E06000047"], "Nothing has been published for County Durham."),
        ([AREA, "--template", "theme"], "Which theme? Give --theme with one of: plans (EHC plans)"),
        ([AREA, "--template", "theme", "--theme", "x"], "There is no theme x."),
        ([AREA, "--theme", "plans"], "--theme goes with --template theme."),
        ([AREA, "--term", "May"], "“May” is not a term."),
        ([AREA, "--term", "Autumn 2031/32"], "Nothing of Autumn 2031/32 has been published"),
        ([AREA, "--edition", "old"], "“old” names no edition"),
        ([AREA, "--edition", "2031-32-autumn.1.1.1"], "Nothing of 2031-32-autumn.1.1.1 has been"),
        ([AREA, "--edition", "a", "--term", "b"], "Give --edition or --term, not both."),
        ([AREA, "--numbers", "protected"], "was not published to everyone"),
    ],
)
def test_a_fault_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in fault(capsys, *arguments)


def test_a_template_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.potx").write_bytes(b"not a template")
    said = fault(capsys, AREA, "--format", "pptx", "--potx", "own.potx")
    assert "PowerPoint" in said


def test_a_document_that_is_refused_leaves_no_slides_behind(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("own.dotx").write_bytes(b"not a template")
    assert "Word template" in fault(capsys, AREA, "--dotx", "own.dotx")


def test_a_folder_that_cannot_be_written_to_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("a file")
    assert main(["report", AREA, "--format", "pdf", "--into", "taken/out"]) != 0
    assert "cannot be written to" in capsys.readouterr().err
