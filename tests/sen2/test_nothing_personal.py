"""The real command, in a folder of its own: no value of a person is in what it leaves behind."""

import io
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from dashboard.cli import main
from loaders.sen2.nothing_personal import NothingPersonal
from loaders.sen2.rows import ReturnRefused
from tests.sen2.invented_return import (
    Child,
    as_modules,
    as_xml,
    invent_children,
    personal_values,
)
from tests.sen2.one_child import with_plan

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def children() -> list[Child]:
    return invent_children()


@pytest.fixture(scope="module")
def personal(children: list[Child]) -> list[bytes]:
    values = personal_values(children)
    assert len(values) > 15_000
    return [value.encode() for value in values]


class Office:
    """Where the command runs: its own home, temporary and working folder."""

    def __init__(self, folder: Path) -> None:
        self.sent = folder / "sent"
        self.work = folder / "work"
        for name in ("sent", "work", "tmp", "home"):
            (folder / name).mkdir()
        self._folder = folder

    def derive(self, *more: str, into: str = "out.xlsx") -> "subprocess.CompletedProcess[bytes]":
        return self.run("derive", str(self.sent), "--into", into, *more, *DARLINGTON)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        places = {name: str(self._folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
        places |= {"HOME": str(self._folder / "home"), "PYTHONPATH": str(ROOT)}
        environment = os.environ | places | {"PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "dashboard.cli", *arguments]
        return subprocess.run(
            command, cwd=self.work, env=environment, capture_output=True, check=False
        )

    def left_behind(self) -> Iterator[bytes]:
        for name in ("work", "tmp", "home"):
            for path in (self._folder / name).rglob("*"):
                yield str(path).encode()
                if path.is_file():
                    yield path.read_bytes()
                    yield from unpacked(path.read_bytes())


DARLINGTON = ("--area", "E06000005", "--term", "Autumn 2025/26")


def unpacked(content: bytes) -> Iterator[bytes]:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def assert_nothing_personal(
    office: Office, done: "subprocess.CompletedProcess[bytes]", personal: list[bytes]
) -> None:
    text = b"\n".join([done.stdout, done.stderr, *office.left_behind()])
    assert not [value for value in personal if value in text]
    assert b"Traceback" not in done.stderr


def test_two_thousand_children_leave_counts_only(
    office: Office, children: list[Child], personal: list[bytes]
) -> None:
    (office.sent / "Invented-Child-0001.xml").write_bytes(as_xml(children))
    began = time.monotonic()
    done = office.derive()
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 10 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert_nothing_personal(office, done, personal)
    assert [path.name for path in office.work.iterdir()] == ["out.xlsx"]
    assert not list((office.work.parent / "tmp").iterdir())
    loaded = office.run("load", "out.xlsx")
    assert loaded.returncode == 0, loaded.stdout
    assert_nothing_personal(office, loaded, personal)


def test_what_is_not_known_is_accepted_by_the_checks(office: Office) -> None:
    """By month, with `x` in many cells, and with a person left out."""
    few = [with_plan("2019-03-01", None, transfer="316"), with_plan("2025-10-01", None, place=2)]
    few.append(with_plan(place=3) | {"born": None})
    (office.sent / "a.xml").write_bytes(as_xml(few))
    assert office.derive("--monthly").returncode == 1
    done = office.derive("--monthly", "--leave-out", "--status", "final", "--as-at", "2026-02-02")
    assert done.returncode == 0, done.stdout
    checked = office.run("check", "out.xlsx")
    assert checked.returncode == 0, checked.stdout


def test_xml_and_modules_give_the_same_bytes(office: Office, children: list[Child]) -> None:
    path = office.sent / "a.xml"
    path.write_bytes(as_xml(children))
    assert office.derive(into="one.xlsx").returncode == 0
    path.unlink()
    for name, content in as_modules(children).items():
        (office.sent / name).write_bytes(content)
    assert office.derive(into="two.xlsx").returncode == 0
    assert (office.work / "one.xlsx").read_bytes() == (office.work / "two.xlsx").read_bytes()
    book = openpyxl.load_workbook(office.work / "one.xlsx")
    assert "About this return" in book.sheetnames
    assert "20-week timeliness" in book.sheetnames


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _wrong_dates(content: bytes) -> bytes:
    return content.replace(b"<PersonBirthDate>20", b"<PersonBirthDate>Invented-Child-0001 ")


def _names_for_codes(content: bytes) -> bytes:
    return content.replace(b"<SENtype>MLD", b"<SENtype>Madeup0001")


def _entity(content: bytes) -> bytes:
    return content.replace(b"</Surname>", b"&Madeup0001;</Surname>", 1)


def _bad_bytes(content: bytes) -> bytes:
    return content.replace(b"Invented-Child-0900", b"Invented-Child-0900 \xff\xfe")


DAMAGE = (_cut, _wrong_dates, _names_for_codes, _entity, _bad_bytes)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda one: one.__name__)
def test_a_damaged_return_is_refused_without_a_value(
    damage: Callable[[bytes], bytes], office: Office, children: list[Child], personal: list[bytes]
) -> None:
    (office.sent / "a.xml").write_bytes(damage(as_xml(children)))
    done = office.derive("--json")
    assert done.returncode in (1, 2)
    assert_nothing_personal(office, done, personal)
    assert not list(office.work.iterdir())


def test_damaged_modules_are_refused_without_a_value(
    office: Office, children: list[Child], personal: list[bytes]
) -> None:
    for name, content in as_modules(children).items():
        shifted = content.replace(b"INV-P-00001", b"Madeup0001").replace(b",Y,", b",Madeup0002,")
        (office.sent / name).write_bytes(shifted)
    done = office.derive()
    assert done.returncode == 1
    assert b"A code is not in the list" in done.stdout
    assert_nothing_personal(office, done, personal)


def test_no_connection_is_opened(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    (office.sent / "a.xml").write_bytes(as_xml([with_plan()]))
    into = str(office.work / "out.xlsx")
    assert main(["derive", str(office.sent), "--into", into, *DARLINGTON]) == 0


def test_a_fault_of_the_program_itself_says_no_value() -> None:
    """Whatever is raised inside, only its kind and its place come out."""
    with pytest.raises(ReturnRefused) as refused, NothingPersonal():
        dict.fromkeys(["a"])["Invented-Child-0001"]
    assert "KeyError in test_nothing_personal.py" in str(refused.value)
    assert "Invented" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_the_return_itself_is_never_written_over(office: Office, children: list[Child]) -> None:
    path = office.sent / "a.xlsx"
    path.write_bytes(b"kept")
    done = office.run("derive", str(path), "--into", str(path), *DARLINGTON)
    assert done.returncode == 1
    assert path.read_bytes() == b"kept"
    assert office.derive(into="out.csv").returncode == 1
    assert office.derive(into="nowhere/out.xlsx").returncode == 1
