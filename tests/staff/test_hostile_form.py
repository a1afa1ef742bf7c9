"""Every kind of bad file through the form of a real server: labelled, quick, nothing is left."""

import itertools
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
import requests
from sqlalchemy import select
from sqlalchemy.engine import URL

from dashboard.access.sessions import begin_session
from loaders.problems import Outcome
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.round_tables import submission
from tests import builders as b
from tests import hostile
from tests.loaders.test_gate import ACCEPTED, REFUSED
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.round_of_one import timeliness_file

ROOT = Path(__file__).resolve().parents[2]
PATH = f"/staff/{DARLINGTON}/send-in"
SECONDS = 10
FLAT = 60  # MB that a server may have grown by, after all of them
CSV = {"term": "2025-26 autumn", "as_at_on": "2026-01-12", "status": "final"}
_numbers = itertools.count()


@dataclass
class Sending:
    """A server in a process of its own, and a browser that is signed in to it."""

    address: str
    pid: int
    database: Database
    browser: requests.Session
    log: Path
    temporary: Path
    memory: list[int] = field(default_factory=list)

    def send(self, content: bytes, name: str, **fields: str) -> requests.Response:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(PATH).text)
        assert token
        form = {"csrf_token": token[1], **fields}
        return self.browser.post(
            self.address + PATH, data=form, files={"file": (name, content)}, timeout=60
        )

    def get(self, path: str) -> requests.Response:
        return self.browser.get(self.address + path, timeout=60)

    def last(self) -> tuple[int, str, str, bool]:
        """Number, outcome, state and whether the file is kept, of what came last."""
        with self.database.reading() as connection:
            row = connection.execute(select(submission).order_by(submission.c.id.desc())).first()
        return (row.id, row.outcome, row.state, row.content is not None) if row else (0, "", "", 0)

    def megabytes(self) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) // 1024

    def left(self) -> list[str]:
        return [n for n in os.listdir(self.temporary) if not n.startswith("send-dashboard-reader")]


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sending]:
    folder = tmp_path_factory.mktemp("hostile")
    temporary = folder / "temporary"
    temporary.mkdir()
    url = URL.create("sqlite", database=str(folder / "hostile.sqlite3"))
    database = open_database(url)
    upgrade(database)
    analyst = demo_people(database)["council-analyst"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "dashboard.cli", "serve", "--port", str(port)]
    more = {"DATABASE_URL": f"sqlite:///{url.database}", "TMPDIR": str(temporary), "SEND_DEMO": "1"}
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **more}, stdout=out, stderr=out
        )
    browser = requests.Session()
    browser.cookies.set("session", begin_session(database, analyst, "test"))
    server = Sending(f"http://127.0.0.1:{port}", process.pid, database, browser, log, temporary)
    try:
        _wait_for(server, process)
        for _ in range(3):  # pandas and the rest are loaded once
            assert good_file_works(server)
        server.memory.append(server.megabytes())
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        database.close()


def _wait_for(server: Sending, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, server.log.read_text()
        try:
            assert server.get(PATH).status_code == 200
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError("the server did not answer")


def good_file_works(server: Sending) -> bool:
    content = timeliness_file({}, note=f"File {next(_numbers)}")
    answer = server.send(content, "good.xlsx")
    return answer.status_code == 200 and server.last()[2] == "waiting"


def withstood(
    server: Sending, content: bytes, name: str, **fields: str
) -> tuple[requests.Response, tuple[int, str, str, bool]]:
    """What every kind has to pass; the answer, and what is kept."""
    before = server.last()[0]
    started = time.monotonic()
    answer = server.send(content, name, **fields)
    assert time.monotonic() - started < SECONDS
    assert answer.status_code < 500
    assert "Traceback" not in answer.text
    assert "Traceback" not in server.log.read_text()
    assert server.left() == []
    kept = server.last()
    assert kept[0] > before or answer.status_code == 413
    return answer, kept


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_in_a_sentence_and_the_next_good_one_works(
    sending: Sending, kind: str
) -> None:
    build, name, word = REFUSED[kind]
    answer, kept = withstood(sending, build(), name, **CSV)
    if answer.status_code == 413:
        assert "larger than 10 MB" in answer.text
    else:
        assert kept[1:] == (Outcome.refused, "refused", False)
        assert word in answer.text.replace("&#39;", "'")
    assert good_file_works(sending)


@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_file_that_is_safe_but_no_return_is_told_why(sending: Sending, kind: str) -> None:
    build, name = ACCEPTED[kind]
    _, kept = withstood(sending, build(), name, **CSV)
    assert kept[1] in (Outcome.refused, Outcome.cell_errors)
    assert good_file_works(sending)


def _changed(change: Callable[[openpyxl.Workbook], None]) -> Callable[[], bytes]:
    def build() -> bytes:
        import io

        book = openpyxl.load_workbook(io.BytesIO(timeliness_file({}, note=str(next(_numbers)))))
        change(book)
        return b.saved(book)

    return build


def _cell(reference: str, value: object) -> Callable[[], bytes]:
    def change(book: openpyxl.Workbook) -> None:
        book["20-week timeliness"][reference] = value

    return _changed(change)


def _more(rows: list[list[object]], hidden: bool = False) -> Callable[[], bytes]:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("More")
        sheet.sheet_state = "hidden" if hidden else "visible"
        for row in rows:
            sheet.append(row)

    return _changed(change)


def _comment(book: openpyxl.Workbook) -> None:
    from openpyxl.comments import Comment

    book["20-week timeliness"]["C2"].comment = Comment("See 943 476 5919", "x")


def _hide(book: openpyxl.Workbook) -> None:
    book["20-week timeliness"].row_dimensions[2].hidden = True


def _merge(book: openpyxl.Workbook) -> None:
    book["20-week timeliness"].merge_cells("C1:D1")


def _drop(book: openpyxl.Workbook) -> None:
    book["20-week timeliness"].delete_cols(4)


def _twice(book: openpyxl.Workbook) -> None:
    sheet = book["20-week timeliness"]
    sheet.append([cell.value for cell in sheet[2]])


def _csv(encoding: str = "utf-8", end: str = "\r\n", mark: str = ",") -> Callable[[], bytes]:
    def build() -> bytes:
        rows = b.timeliness(issued=60 + next(_numbers))
        return end.join(mark.join(str(cell) for cell in row) for row in rows).encode(encoding)

    return build


NAME = "20-week timeliness"
KINDS: dict[str, tuple[Callable[[], bytes], str, tuple[str, ...]]] = {
    "error cell": (_cell("C2", "#REF!"), "a.xlsx", ("cell_errors",)),
    "word for a number": (_cell("C2", "sixty"), "a.xlsx", ("cell_errors",)),
    "negative": (_cell("C2", -3), "a.xlsx", ("cell_errors",)),
    "fraction of a child": (_cell("C2", 60.5), "a.xlsx", ("cell_errors",)),
    "numbers that cannot be": (_cell("C2", 3), "a.xlsx", ("cell_errors",)),
    "a truth": (_cell("C2", True), "a.xlsx", ("cell_errors",)),
    "formula never worked out": (_cell("C2", "=1+59"), "a.xlsx", ("cell_errors",)),
    "old symbol": (_cell("C2", "~"), "a.xlsx", ("cell_errors",)),
    "no term": (_cell("A2", "2025"), "a.xlsx", ("cell_errors",)),
    "term to come": (_cell("A2", "Autumn 2029/30"), "a.xlsx", ("cell_errors",)),
    "unknown phase": (_cell("B2", "Nursery or so"), "a.xlsx", ("cell_errors",)),
    "column gone": (_changed(_drop), "a.xlsx", ("cell_errors",)),
    "row twice": (_changed(_twice), "a.xlsx", ("cell_errors",)),
    "headings merged": (_changed(_merge), "a.xlsx", ("cell_errors", "warned")),
    "row hidden": (_changed(_hide), "a.xlsx", ("warned",)),
    "another sheet": (_more([["Anything"], [1]]), "a.xlsx", ("warned",)),
    "UPN": (_more([["Key"], ["H801200001001"]]), "a.xlsx", ("personal_data",)),
    "NHS number": (_more([["Key"], [9434765919]]), "a.xlsx", ("personal_data",)),
    "hidden sheet": (_more([["Key"], [9434765919]], True), "a.xlsx", ("personal_data",)),
    "names and births": (
        _more([["Name", "Date of birth"], ["Quillfeather, A", "2015-03-12"]]),
        "a.xlsx",
        ("personal_data",),
    ),
    "postcodes": (_more([["Where"], ["DL1 5QT"]]), "a.xlsx", ("personal_data",)),
    "NHS number in a comment": (_changed(_comment), "a.xlsx", ("personal_data",)),
    "look-alike": (_more([["Key"], [9434765918]]), "a.xlsx", ("warned",)),
    "csv": (_csv(), f"{NAME}.csv", ("accepted", "warned")),
    "csv with BOM": (_csv("utf-8-sig"), f"{NAME}.csv", ("accepted", "warned")),
    "csv in UTF-16": (_csv("utf-16", mark="\t"), f"{NAME}.csv", ("accepted", "warned")),
    "csv in cp1252": (_csv("cp1252"), f"{NAME}.csv", ("accepted", "warned")),
    "csv with old line ends": (_csv(end="\r"), f"{NAME}.csv", ("accepted", "warned", "refused")),
    "csv by semicolons": (_csv(mark=";"), f"{NAME}.csv", ("accepted", "warned")),
    "quote left open": (hostile.quote_left_open, f"{NAME}.csv", ("refused", "cell_errors")),
    "strings that multiply": (hostile.shared_string_bomb, "a.xlsx", ("refused",)),
    "rows of nothing": (hostile.formatted_to_the_last_row, "a.xlsx", ("cell_errors",)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_the_outcome_it_is_labelled_with(sending: Sending, kind: str) -> None:
    build, name, outcomes = KINDS[kind]
    _, kept = withstood(sending, build(), name, **CSV)
    assert kept[1] in outcomes
    assert kept[3] == (kept[1] in ("accepted", "warned", "cell_errors")), "kept or not"
    assert good_file_works(sending)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.xlsx",
        "C:\\Users\\me\\return.xlsx",
        "<script>alert(1)</script>.xlsx",
        "a\r\nSet-Cookie: x=1.xlsx",
        "é" * 300 + ".xlsx",
        "return.xlsx\x00.exe",
        "=cmd|' /C calc'!A0.xlsx",
    ],
)
def test_the_name_of_a_file_is_only_a_name(sending: Sending, name: str) -> None:
    content = timeliness_file({"issued": "sixty"}, note=str(next(_numbers)))
    answer, kept = withstood(sending, content, name)
    assert "<script>alert" not in answer.text
    if name.endswith(".exe"):
        assert kept[2] == "refused"
        return
    assert kept[2] == "to_mend"
    copy = sending.get(f"{PATH}/{kept[0]}/marked")
    assert copy.status_code == 200
    assert "x=1" not in copy.headers.get("Set-Cookie", "")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "/" not in copy.headers["Content-Disposition"].partition("filename=")[2]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nnothing", "multipart/form-data; boundary=x"),
        (b"--x\r\n" * 5000, "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"file=" + b"a" * 600_000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_that_is_none_is_refused(sending: Sending, body: bytes, kind: str) -> None:
    answer = sending.browser.post(
        sending.address + PATH, data=body, headers={"Content-Type": kind}, timeout=60
    )
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "rest", ["99999999999999999999", "0", "-1", "x", "1/headings", "1/nothing"]
)
def test_an_address_that_is_none_is_not_there(sending: Sending, rest: str) -> None:
    assert sending.get(f"{PATH}/{rest}").status_code in (404, 405)
    files = f"/staff/{DARLINGTON}/files/{rest}/as-sent"
    assert sending.get(files).status_code == 404


def test_after_all_of_them_the_memory_of_the_server_is_flat(sending: Sending) -> None:
    for kind in ("bomb", "flat bomb", "lying size", "ods rows repeated", "far cell"):
        build, name, _ = REFUSED[kind]
        withstood(sending, build(), name)
    assert good_file_works(sending)
    assert sending.megabytes() - sending.memory[0] < FLAT, (sending.memory, sending.megabytes())


def test_no_personal_value_is_anywhere(sending: Sending) -> None:
    """Of those that were sent above, or here when this test runs by itself."""
    withstood(sending, KINDS["names and births"][0](), "a.xlsx")
    url = str(sending.database.read.url.database)
    kept = b"".join(Path(f"{url}{end}").read_bytes() for end in ("", "-wal"))
    said = sending.log.read_bytes() + sending.get(PATH).content
    for value in (b"Quillfeather", b"H801200001001", b"9434765919", b"943 476 5919", b"DL1 5QT"):
        assert value not in kept
        assert value not in said
