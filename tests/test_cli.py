"""The command line, run as a person or a script would."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from dashboard.cli import main
from tests import builders as b

DARLINGTON = "E06000005"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for each test, with an empty database in `var/`."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SEND_VAR", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def saved(name: str, content: bytes) -> str:
    Path(name).write_bytes(content)
    return name


def good(**numbers: Any) -> bytes:
    return b.workbook(b.sheets(ehc_timeliness=b.timeliness(**numbers)))


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_VAR", "")
    assert main(["init"]) == 0
    assert Path("var/send-dashboard.sqlite3").is_file()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_right_file_is_accepted_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, "check", saved("a.xlsx", good()))
    assert code == 0
    assert report["outcome"] == "accepted"
    assert report["problems"] == []
    assert report["warnings"] == []
    assert report["observations"] > 0
    assert report["extracts"] == [{"id": "ehc_timeliness", "rows": 1}]


def test_check_stores_nothing_and_load_stores(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "check", saved("a.xlsx", good()))
    assert run(capsys, "show", "ehcp_20w_excl") == (0, [])
    assert run(capsys, "load", "a.xlsx")[0] == 0
    _, shown = run(capsys, "show", "ehcp_20w_excl", "--area", DARLINGTON)
    assert {"measure", "area_code", "period", "period_start", "period_end", "basis"} <= set(
        shown[0]
    )
    assert {"breakdown", "category", "numerator", "denominator", "value"} <= set(shown[0])
    assert {"symbol", "status", "source", "vintage"} <= set(shown[0])
    [term] = [one for one in shown if one["basis"] == "in_term"]
    assert (term["numerator"], term["denominator"], term["status"]) == (41, 55, "final")
    assert term["vintage"] == "2025-26 autumn v1 (draft)"


def test_a_warning_is_told_and_still_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, "check", saved("a.xlsx", good(phase="Primary")))
    assert (code, report["outcome"]) == (0, "warned")
    assert report["warnings"][0]["message"]


def test_a_wrong_cell_ends_with_1_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, "load", saved("a.xlsx", good(issued="<5")))
    assert (code, report["outcome"]) == (1, "cell_errors")
    [problem] = report["problems"]
    assert set(problem) == {"sheet", "cell", "heading", "value", "message"}
    assert (problem["sheet"], problem["cell"]) == ("20-week timeliness", "C2")
    assert (problem["heading"], problem["value"]) == ("Plans issued", "<5")


def test_a_file_that_is_not_a_workbook_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, "load", saved("a.xlsx", b"PK\x03\x04 broken"))
    assert (code, report["outcome"]) == (2, "refused")
    assert report["message"].endswith(".")


def test_a_file_that_names_children_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    children = {"List": [["Surname", "Date of birth"], ["Quillfeather", "12/03/2015"]]}
    sheets = b.sheets(ehc_timeliness=b.timeliness()) | children
    code, report = run(capsys, "load", saved("a.xlsx", b.workbook(sheets)))
    assert (code, report["outcome"]) == (3, "personal_data")
    assert "Quillfeather" not in json.dumps(report)


def test_of_several_files_the_worst_decides_and_the_right_one_is_stored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [saved("good.xlsx", good()), saved("bad.xlsx", good(issued="x y"))]
    code, report = run(capsys, "load", *files)
    assert (code, report["outcome"]) == (1, "cell_errors")
    assert [one["loaded"] for one in report["files"]] == [True, False]
    assert report["problems"][0]["file"] == "bad.xlsx"


def test_a_csv_takes_its_cover_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    rows = "\n".join(",".join(map(str, row)) for row in b.timeliness())
    name = saved("timeliness.csv", rows.encode())
    assert run(capsys, "load", name)[0] == 2
    cover = ["--area", DARLINGTON, "--term", "Autumn 2025/26"]
    code, report = run(capsys, "load", name, *cover, "--as-at", "2026-01-12", "--status", "final")
    assert (code, report["loaded"]) == (0, True)


def test_people_get_sentences_grouped_by_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved("a.xlsx", good(issued="<5", within_20w=-1))]) == 1
    said = capsys.readouterr().out
    assert "2 things to fix" in said
    assert "20-week timeliness" in said
    assert "C2" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "no_such_measure"], "There is no measure"),
        (["template", "--term", "next term"], "is not a term"),
        (["template", "--term", "Autumn 2026/27", "--area", "E99"], "is set up here"),
    ],
)
def test_a_wrong_request_is_answered_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) != 0
    assert said in capsys.readouterr().err


def test_the_template_shows_last_terms_figures(capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    assert run(capsys, "load", saved("a.xlsx", good(issued=61)))[0] == 0
    assert main(["template", "--area", DARLINGTON, "--term", "Spring 2025/26"]) == 0
    book = openpyxl.load_workbook("darlington-2025-26-spring.xlsx")
    values = {str(cell.value) for row in book["20-week timeliness"].iter_rows() for cell in row}
    assert "Last term: Plans issued" not in values  # it was sent for all phases only
    rows = b.rows("ehc_requests", {"requests": 61, "agreed": 33, "refused": 12})
    assert run(capsys, "load", saved("b.xlsx", b.workbook(b.sheets(ehc_requests=rows))))[0] == 0
    assert main(["template", "--area", DARLINGTON, "--term", "Spring 2025/26"]) == 0
    sheet = openpyxl.load_workbook("darlington-2025-26-spring.xlsx")["Requests and assessments"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    headings = next(line for line in lines if "Last term: Requests received" in line)
    values_beside = lines[lines.index(headings) + 1]
    assert values_beside[headings.index("Last term: Requests received")] == 61


def test_measures_lists_every_measure_with_its_definition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, every = run(capsys, "measures")
    known = {one["id"]: one for one in every}
    assert known["ehcp_20w_excl"]["polarity"] == "higher_better"


def test_a_busy_port_is_a_plain_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) != 0
    said = capsys.readouterr().err
    assert f"Port {port}" in said
    assert "Traceback" not in said


def test_the_demonstration_loads_once_and_never_over_real_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--load-only"]) == 0
    _, first = run(capsys, "show", "ehcp_active", "--area", DARLINGTON)
    assert main(["demo", "--load-only"]) == 0
    assert run(capsys, "show", "ehcp_active", "--area", DARLINGTON)[1] == first
    own = [one for one in first if not one["file_kind"]]
    assert own
    assert all(one["invented"] for one in own)
    assert all("draft" not in one["vintage"] for one in own)


def test_the_demonstration_refuses_a_database_with_real_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "load", saved("a.xlsx", good()))[0] == 0
    assert main(["demo", "--load-only"]) != 0
    assert "area's own figures" in capsys.readouterr().err


def test_it_runs_as_a_program_from_any_folder(folder: Path) -> None:
    program = Path(sys.executable).parent / "send-dashboard"
    if not program.exists():
        pytest.skip("the program is not installed in this environment (pip install .)")
    done = subprocess.run([program, "measures"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ehcp_active" in done.stdout


def test_postgresql_is_used_when_its_address_is_given(
    new_postgresql: URL, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = new_postgresql.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", address)
    assert main(["init"]) == 0
    assert run(capsys, "load", saved("a.xlsx", good()))[0] == 0
    _, shown = run(capsys, "show", "ehcp_20w_excl", "--area", DARLINGTON)
    assert [one["numerator"] for one in shown if one["basis"] == "in_term"] == [41]
    assert not Path("var").exists()


def test_a_database_that_does_not_answer_is_a_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:s3cret-word@127.0.0.1:9/send")
    assert main(["measures"]) == 0  # needs no database
    assert main(["show", "ehcp_active"]) == 2
    said = capsys.readouterr().err
    assert "cannot be used" in said
    assert "s3cret-word" not in said


def test_a_file_that_is_no_database_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("var").mkdir()
    Path("var/send-dashboard.sqlite3").write_bytes(b"not a database at all " * 400)
    assert main(["show", "ehcp_active"]) == 2
    assert "cannot be used" in capsys.readouterr().err


def test_a_damaged_database_is_found_before_anything_is_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init"]) == 0
    path = Path("var/send-dashboard.sqlite3")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\x5a" * 20_000
    path.write_bytes(bytes(content))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    assert main(["serve", "--port", port]) == 2
    assert "damaged" in capsys.readouterr().err
