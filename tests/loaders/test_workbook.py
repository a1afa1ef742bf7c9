"""A file is read in a limited process, whole and true, or refused in one plain sentence."""

import csv
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from python_calamine import CalamineWorkbook

import loaders
from loaders.child_process import _converse, _paths, run_child
from loaders.gate import FileKind
from loaders.problems import ExtractRejected
from loaders.workbook import Caution, Fault, Workbook, cell_ref, read_workbook, start_reading
from tests import hostile

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks"
NHS = SHARED / "nhs" / "community_health_2023-12-01.xlsx"
NEIGHBOURS = SHARED / "lait" / "sn_may_2025.xlsx"


def read(content: bytes, name: str = "return.xlsx") -> Workbook:
    return read_workbook(content, name)


def messages(book: Workbook) -> str:
    return " ".join(f"{caution.cell}: {caution.message}" for caution in book.warnings)


GOOD = [(1, hostile.HEADINGS), *enumerate(hostile.ROWS, start=2)]
GOOD_CSV = "\r\n".join(",".join(map(str, row)) for row in (hostile.HEADINGS, *hostile.ROWS))


def test_a_workbook_is_read_cell_by_cell() -> None:
    book = read(hostile.xlsx())
    assert (book.kind, book.warnings) == (FileKind.xlsx, ())
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("EHC plans", False)]
    assert book.sheets[0].rows == GOOD


def test_an_open_document_is_read_the_same() -> None:
    assert read(hostile.ods(), "return.ods").sheets[0].rows == GOOD


def test_shared_texts_are_read() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    strings = "<si><t>Phase</t></si><si><r><t>Per</t></r><r><t>iod</t></r></si>"
    book = read(hostile.with_shared_strings(cells, strings))
    assert book.sheets[0].rows == [(1, ("Period", "Phase"))]


def test_a_csv_is_read_as_text_and_takes_the_name_of_its_file() -> None:
    book = read(GOOD_CSV.encode(), "EHC plans.csv")
    assert book.kind is FileKind.csv
    assert book.sheets[0].name == "EHC plans"
    assert book.sheets[0].rows[1] == (2, ("Autumn 2025/26", "Primary", "410", "21", "428"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_ordinary_csv_says_the_same(encoding: str, separator: str, line_end: str) -> None:
    stream = io.StringIO()
    rows = [("Period", "Note"), ("Autumn 2025/26", "£5 – see; note, A|B"), ("00912", "NA")]
    csv.writer(stream, delimiter=separator, lineterminator=line_end).writerows(rows)
    book = read(stream.getvalue().encode(encoding), "a.csv")
    assert [values for _, values in book.sheets[0].rows] == rows


def test_blank_rows_are_left_out_and_row_numbers_kept() -> None:
    book = read(hostile.xlsx(("Title",), (), (None, "x", None), (" ", "\u00a0"), (0, False)))
    assert book.sheets[0].rows == [(1, ("Title",)), (3, (None, "x")), (5, (0, False))]
    book = read(b"Title\r\n,,\r\n,x,\r\n", "a.csv")
    assert book.sheets[0].rows == [(1, ("Title",)), (3, (None, "x"))]


def test_a_leading_line_that_names_the_separator_is_not_a_row() -> None:
    assert read(b"sep=;\r\na;b\r\n", "a.csv").sheets[0].rows == [(1, ("a", "b"))]


def test_an_unclosed_quote_never_swallows_lines() -> None:
    for rows in (3, 30_000):
        with pytest.raises(ExtractRejected, match="quotation mark"):
            read(hostile.quote_left_open(rows), "a.csv")
    with pytest.raises(ExtractRejected, match="quotation mark"):
        read(hostile.quote_left_open(9) + b'\r\nx,"y",1', "a.csv")


def test_two_lines_in_a_quoted_heading_are_read() -> None:
    assert read(b'Period,"Plans\nat end"\r\n', "a.csv").sheets[0].rows == [
        (1, ("Period", "Plans\nat end"))
    ]


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_dates_are_dates_whichever_year_the_workbook_counts_from(epoch: datetime.datetime) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.epoch = epoch
        workbook.active.append((day, moment))

    day, moment = datetime.date(2025, 10, 31), datetime.datetime(2025, 10, 31, 9, 30)
    book = read(hostile.xlsx(("Date", "Moment"), change=change))
    assert book.sheets[0].rows[1] == (2, (day, moment))


def test_open_document_dates_are_dates() -> None:
    day = datetime.date(2025, 10, 31)
    assert read(hostile.ods(hostile.ods_rows((day, 2.5))), "a.ods").sheets[0].rows == [
        (1, (day, 2.5))
    ]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#SPILL!"])
def test_an_error_is_a_fault_and_never_a_blank(error: str) -> None:
    cell = f'<row r="3"><c r="B3" t="e"><v>{error}</v></c></row>'
    typed = hostile.xlsx(("a", error))
    for content, at in ((hostile.with_sheet_xml(cell), 3), (typed, 1)):
        ((number, values),) = read(content).sheets[0].rows
        assert number == at
        assert isinstance(values[1], Fault)
        assert values[1].text == error
        assert error in values[1].message


def test_an_open_document_error_is_a_fault() -> None:
    row = (
        '<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=[.A1]+1"/></table:table-row>'
    )
    ((_, values),) = read(hostile.ods(row), "a.ods").sheets[0].rows
    assert [value.text for value in values if isinstance(value, Fault)] == ["#DIV/0!", "=[.A1]+1"]


def test_a_formula_never_worked_out_is_a_fault() -> None:
    book = read(hostile.xlsx(("Total", "=SUM(B2:B9)")))
    fault = book.sheets[0].rows[0][1][1]
    assert isinstance(fault, Fault)
    assert fault.text == "=SUM(B2:B9)"
    assert "has not been worked out" in fault.message


def test_a_formula_with_its_result_is_read_and_empty_text_is_blank() -> None:
    cells = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>"x"</f><v>x</v></c></row>'
    )
    assert read(hostile.with_sheet_xml(cells)).sheets[0].rows == [(1, (2, None, "x"))]


def test_results_that_may_be_stale_are_a_caution() -> None:
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    assert "A1: 1 cell with a formula may show an old result" in messages(
        read(hostile.with_sheet_xml(cells))  # openpyxl always leaves fullCalcOnLoad="1"
    )


def test_numbers_that_cannot_be_and_times_of_day_are_faults() -> None:
    cells = '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>5</v></c></row>'
    ((_, (huge, five)),) = read(hostile.with_sheet_xml(cells)).sheets[0].rows
    assert isinstance(huge, Fault)
    assert five == 5
    ((_, (clock,)),) = read(hostile.xlsx((datetime.time(9, 30),))).sheets[0].rows
    assert isinstance(clock, Fault)


def _hide(workbook: openpyxl.Workbook) -> None:
    sheet = workbook.active
    for row in (3, 4, 200):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    secret = workbook.create_sheet("Working")
    secret.append(("a", 1))
    secret.sheet_state = "veryHidden"
    workbook.create_sheet("Empty").sheet_state = "hidden"


def test_what_is_hidden_is_read_and_said() -> None:
    book = read(hostile.xlsx(change=_hide))
    assert book.sheets[0].rows == GOOD
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]
    assert book.warnings == (
        Caution("EHC plans", "A3", "Rows 3 to 4 are hidden. They have been read with the rest."),
        Caution("EHC plans", "C1", "Column C is hidden. It has been read with the rest."),
        Caution("Working", "", "This sheet is hidden. It has been read with the rest."),
    )


def test_open_document_rows_columns_and_sheets_that_are_hidden_are_said() -> None:
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + hostile.ods_rows((1, 2))
        + hostile.ods_rows((3, 4)).replace(
            "<table:table-row", '<table:table-row table:visibility="filter"'
        )
    )
    styles = (
        '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    )
    table = f'<table:table table:name="A" table:style-name="t">{rows}</table:table>'
    book = read(hostile.ods(tables=table, styles=styles), "a.ods")
    assert book.sheets[0].rows == [(1, (1, 2)), (2, (3, 4))]
    for words in ("Row 2 is hidden", "Column B is hidden", "This sheet is hidden"):
        assert words in messages(book)


def test_a_filter_in_use_is_said() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.active.auto_filter.ref = "A1:E4"
        workbook.active.auto_filter.add_filter_column(1, ["Primary"])

    assert "filter is on" in messages(read(hostile.xlsx(change=change)))


def test_merged_bodies_are_said_and_a_merged_title_is_not() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.active.insert_rows(1)
        workbook.active["A1"] = "EHC plans in the autumn"
        workbook.active.merge_cells("A1:E1")
        workbook.active.merge_cells("A3:A5")

    book = read(hostile.xlsx(change=change))
    assert [row[1][0] for row in book.sheets[0].rows[2:]] == ["Autumn 2025/26", None, None]
    assert [caution.cell for caution in book.warnings] == ["A3"]
    assert "A3 to A5 are merged" in messages(book)


def test_merged_open_document_cells_are_said() -> None:
    rows = hostile.ods_rows((1, 2), (None, 3)).replace(
        "<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ', 1
    )
    assert "A1 to A2 are merged" in messages(read(hostile.ods(rows), "a.ods"))


def test_white_text_and_masked_numbers_are_read_and_said() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.active["C2"].font = Font(color="FFFFFFFF")
        workbook.active["D3"].number_format = '"c"'
        for cell in workbook.active[1]:
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", "FF003366")

    book = read(hostile.xlsx(change=change))
    assert book.sheets[0].rows == GOOD
    assert "2 cells, beginning with C2, cannot be read on the screen" in messages(book)


def test_comments_and_page_headers_are_kept_for_the_privacy_scan() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.active["B2"].comment = Comment("a remark", "someone")
        workbook.active.oddHeader.left.text = "on every page"

    comments = dict(read(hostile.xlsx(change=change)).sheets[0].comments)
    assert "a remark" in comments["B2"]
    assert "on every page" in comments["page header"]
    cell = hostile.ods_cell("x").replace(
        "<text:p>", "<office:annotation><text:p>a remark</text:p></office:annotation><text:p>"
    )
    book = read(hostile.ods(f"<table:table-row>{cell}</table:table-row>"), "a.ods")
    assert book.sheets[0].comments == (("A1", "a remark"),)
    assert book.sheets[0].rows == [(1, ("x",))]


def test_a_sheet_merely_formatted_to_the_last_row_is_accepted() -> None:
    assert read(hostile.formatted_to_the_last_row()).sheets[0].rows == [(1, (7,))]


def test_a_false_dimension_loses_no_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 50))
    content = hostile.with_sheet_xml(rows, before='<dimension ref="A1:A1"/>')
    assert read(content).sheets[0].rows == [(n, (None, n)) for n in range(1, 50)]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_rows_out_of_order_are_refused_rather_than_dropped(rows: str) -> None:
    with pytest.raises(ExtractRejected, match="out of order"):
        read(hostile.with_sheet_xml(rows))


def test_a_sheet_whose_part_is_lost_is_refused_rather_than_skipped() -> None:
    content = hostile.xlsx(change=lambda workbook: workbook.create_sheet("Second"))
    lost = hostile.repack(
        content, change={"xl/_rels/workbook.xml.rels": lambda x: x.replace(b"sheet2", b"sheet9")}
    )
    with pytest.raises(ExtractRejected, match="damaged"):
        read(lost)


def test_a_row_far_down_without_its_number_is_refused_by_the_child() -> None:
    with pytest.raises(ExtractRejected, match="beyond row"):
        read(hostile.with_sheet_xml('<row r="1048576"><c><v>1</v></c></row>'))


SLOW_OR_HUGE = {
    "shared strings": hostile.shared_string_bomb,
    "broken XML": lambda: hostile.with_sheet_xml("<row><c></row>"),
    "no such shared string": lambda: hostile.with_shared_strings(
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "<si><t>a</t></si>"
    ),
    "six hundred thousand texts": lambda: hostile.with_shared_strings(
        "", "".join(f"<si><t>{n * 7919}</t></si>" for n in range(600_000))
    ),
    "a number of ten thousand digits": lambda: hostile.with_sheet_xml(
        f'<row r="1"><c r="A1"><v>{"9" * 10_000}</v></c></row>'
    ),
    "more than a million cells": lambda: hostile.with_sheet_xml(
        "".join("<row>" + f"<c><v>{n * 7919}</v></c>" * 400 + "</row>" for n in range(3000))
    ),
}


@pytest.mark.parametrize("kind", SLOW_OR_HUGE)
def test_what_the_reader_cannot_bear_is_a_sentence_and_the_next_file_reads(kind: str) -> None:
    started = time.monotonic()
    with pytest.raises(ExtractRejected) as refused:
        read(SLOW_OR_HUGE[kind]())
    assert str(refused.value).endswith(".")
    assert time.monotonic() - started < 30  # 8 s alone; the machine of a test does other things
    assert read(hostile.xlsx()).sheets[0].rows == GOOD


def test_repeats_in_an_open_document_agree_with_another_reader() -> None:
    three = hostile.ods_cell(0, 'table:number-columns-repeated="3"')
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    twice = '<table:table-row table:number-rows-repeated="2">'
    rows = (
        f"<table:table-row>{three}{gap}{hostile.ods_cell('a')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        + hostile.ods_rows((1.5, "b", 3)).replace("<table:table-row>", twice)
    )
    content = hostile.ods(rows)
    ours = read(content, "a.ods").sheets[0].rows
    other = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    theirs = [
        (number, tuple(value if value != "" else None for value in row))
        for number, row in enumerate(other, start=1)
        if any(value != "" for value in row)
    ]
    width = max(len(row) for _, row in theirs)
    assert [(n, v + (None,) * (width - len(v))) for n, v in ours] == theirs


def test_no_file_is_left_behind_and_no_more_than_two_locks() -> None:
    before = set(os.listdir(tempfile.gettempdir()))
    read(hostile.xlsx())
    with pytest.raises(ExtractRejected):
        read(hostile.shared_string_bomb())
    new = {name for name in set(os.listdir(tempfile.gettempdir())) - before if "dashboard" in name}
    assert all(name.endswith(".lock") for name in new)
    locks = list(Path(tempfile.gettempdir()).glob(f"send-dashboard-reader-{os.getuid()}-*.lock"))
    assert len(locks) <= 2
    assert all(lock.stat().st_size == 0 for lock in locks)


def test_six_readers_at_once_all_finish_two_at_a_time() -> None:
    most = 0
    pending = [start_reading(hostile.xlsx(*[hostile.ROWS[0]] * 3000), "a.xlsx") for _ in range(6)]
    waiting = threading.Thread(target=lambda: [each.result() for each in pending])
    waiting.start()
    while waiting.is_alive():
        most = max(most, _count_children())
        time.sleep(0.005)
    assert 1 <= most <= 2
    assert all(len(each.result().sheets[0].rows) == 3000 for each in pending)


def _count_children() -> int:
    """Our own child processes that run the reader."""
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-ww", "-o", "stat=", "-o", "args="],
        capture_output=True,
        text=True,
    ).stdout
    return sum("reader_child" in line and line[0] != "Z" for line in listed.splitlines())


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.Popen(['true'])",
        "import os; os.system('true')",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.fork()",
        "open('written', 'w')",
        "import os; os.open('written', os.O_CREAT | os.O_WRONLY)",
        "import ctypes; ctypes.CDLL('libc.so.6')",
        "x = bytearray(1200 * 1024 * 1024)",
    ],
)
def test_the_child_cannot_reach_out(attempt: str, tmp_path: Path) -> None:
    code = (
        "import json, sys; sys.path += json.loads(sys.argv[1]);"
        f"from loaders.reader_child import confine; confine(); {attempt}"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, json.dumps(_paths())],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert ended.returncode != 0
    assert "PermissionError" in ended.stderr or "MemoryError" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_child_that_cannot_start_reading_is_a_sentence() -> None:
    with pytest.raises(ExtractRejected, match="damaged"):
        run_child("xlsx", b"PK not a zip at all")


@pytest.mark.parametrize(
    ("end", "word"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "far longer"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "far longer"),
        ("import sys; sys.stdin.buffer.read(); raise MemoryError", "damaged"),
        ("raise SystemExit(0)", "damaged"),
    ],
)
def test_a_child_that_dies_is_a_sentence_however_much_it_was_sent(end: str, word: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child, pytest.raises(ExtractRejected, match=word):
        _converse(child, bytes(5_000_000))


def test_the_reader_runs_from_another_folder_and_an_installed_copy(tmp_path: Path) -> None:
    """The package is copied to where an installer would put it, with nothing else of ours."""
    shutil.copytree(Path(loaders.__file__).parent, tmp_path / "site-packages" / "loaders")
    (tmp_path / "a.xlsx").write_bytes(hostile.xlsx())
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site-packages')!r});"
        "from loaders.workbook import read_workbook;"
        "print(len(read_workbook(open('a.xlsx', 'rb').read(), 'a.xlsx').sheets[0].rows))"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path
    )
    assert (ended.stdout.strip(), ended.stderr) == ("4", "")


@pytest.mark.parametrize(
    ("row", "column", "reference"), [(1, 0, "A1"), (14, 5, "F14"), (9, 27, "AB9")]
)
def test_a_place_has_the_name_people_see(row: int, column: int, reference: str) -> None:
    assert cell_ref(row, column) == reference


@pytest.mark.skipif(not NHS.exists(), reason="the shared benchmark files are not beside the repo")
def test_the_nhs_workbook_that_crashes_openpyxl_is_read() -> None:
    book = read(NHS.read_bytes(), NHS.name)
    assert len(book.sheets) == 13
    assert book.sheets[3].rows[0][1][0] is not None


@pytest.mark.skipif(not NEIGHBOURS.exists(), reason="the shared benchmark files are not there")
def test_a_real_workbook_reads_as_openpyxl_reads_it() -> None:
    ours = dict(read(NEIGHBOURS.read_bytes()).sheets[0].rows)
    workbook = openpyxl.load_workbook(NEIGHBOURS, data_only=True)
    for number, values in enumerate(workbook.active.iter_rows(values_only=True), start=1):
        mine = ours.get(number, ())
        assert mine + (None,) * (len(values) - len(mine)) == values
