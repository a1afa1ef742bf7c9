"""The marked-up copy: every fault at its cell, nothing else of the sender's changed."""

import dataclasses
import datetime as dt
import io
import re
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.child_process import run_child
from loaders.definitions import Definitions
from loaders.load import check_file
from loaders.marked import MIMETYPE, NoMarkedCopy, mark_up
from loaders.problems import ExtractRejected, Outcome
from loaders.report import Report, Sender
from tests import builders as b
from tests import hostile

GIVEN = {
    "area_code": "E06000005",
    "term": "Autumn 2025/26",
    "as_at_on": "2026-01-12",
    "status": "final",
}
PHASES = ("Early years", "Primary", "Secondary", "Post-16", "Post-19")
LIST = "Things to fix"


def check(content: bytes, name: str = "return.xlsx", given: Any = None) -> Report:
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))
    return check_file(content, name, Sender(given=given), lambda: definitions)


def plans(**changes: Any) -> list[list[Any]]:
    """Five right rows of plans; `changes` are by cell, such as D3="ten"."""
    same = {"plans_start": 10, "new_plans": 2, "plans_end": 12}
    rows = b.rows("ehc_plans", *({"phase": phase} for phase in PHASES), **same)
    for cell, value in changes.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return rows


def workbook(change: Callable[[Any], None] | None = None, **changes: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(b.workbook(b.sheets(ehc_plans=plans(**changes)))))
    if change:
        change(book)
    return b.saved(book)


def marked(content: bytes, name: str = "return.xlsx", given: Any = None) -> Any:
    """The marked copy as openpyxl reads it."""
    copy = mark_up(content, name, check(content, name, given))
    return openpyxl.load_workbook(io.BytesIO(copy.content))


def fill_of(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)


def values_of(book: Any) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        if sheet.title != LIST
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_a_wrong_cell_is_coloured_bordered_and_noted_in_the_senders_own_workbook() -> None:
    def look(book: Any) -> None:
        sheet = book["EHC plans"]
        sheet["D3"].number_format = "#,##0"
        sheet.column_dimensions["B"].width = 31
        sheet["A1"].font = openpyxl.styles.Font(bold=True, size=15)

    book = marked(workbook(look, D3="ten"))
    sheet, cell = book["EHC plans"], book["EHC plans"]["D3"]
    assert cell.value == "ten"
    assert cell.number_format == "#,##0"
    assert cell.border.left.style == cell.border.top.style == "thick"
    assert fill_of(cell) != fill_of(sheet["D2"])
    assert cell.comment.text.startswith("Must be mended: “ten” is not a number. Write a number")
    assert sheet.sheet_properties.tabColor.rgb == "FF990000"
    assert sheet.column_dimensions["B"].width == 31
    assert (sheet["A1"].font.b, sheet["A1"].font.sz) == (True, 15)


def test_the_list_comes_first_and_its_links_lead_to_the_cells() -> None:
    rows = [[*row, "late" if n else "Comments"] for n, row in enumerate(plans(D3="ten", F4=None))]
    book = marked(b.workbook(b.sheets(ehc_plans=rows)))
    sheet = book[LIST]
    assert book.sheetnames[0] == book.active.title == LIST
    assert sheet["A1"].value == "Things to fix: 2 must be mended, 1 to look at"
    listed = [row for row in sheet.iter_rows(min_row=3) if row[2].hyperlink]
    assert [(r[0].value, r[1].value, r[2].value, r[3].value, r[4].value) for r in listed] == [
        ("Must be mended", "EHC plans", "D3", "New plans", "ten"),
        ("Must be mended", "EHC plans", "F4", "Ceased", None),
        ("Please look at this", "EHC plans", "I1", None, None),
    ]
    assert [r[2].hyperlink.location for r in listed] == [
        "'EHC plans'!D3",
        "'EHC plans'!F4",
        "'EHC plans'!I1",
    ]
    assert "one we know" in listed[2][5].value
    selected = [one.title for one in book.worksheets if one.sheet_view.tabSelected]
    assert selected == [LIST]


def test_things_to_look_at_have_another_colour_and_another_border() -> None:
    rows = [[*row, "late" if n else "Comments"] for n, row in enumerate(plans(D3="ten"))]
    sheet = marked(b.workbook(b.sheets(ehc_plans=rows)))["EHC plans"]
    assert sheet["I1"].comment.text.startswith("Please look at this: ")
    assert fill_of(sheet["I1"]) != fill_of(sheet["D3"])
    assert sheet["I1"].border.left.style == "mediumDashed"


def test_a_senders_own_note_is_kept_below_ours() -> None:
    def note(book: Any) -> None:
        book["EHC plans"]["D3"].comment = openpyxl.comments.Comment("From the case system", "x")
        book["EHC plans"]["D2"].comment = openpyxl.comments.Comment("Checked twice", "x")

    sheet = marked(workbook(note, D3="ten"))["EHC plans"]
    assert sheet["D3"].comment.text.endswith("From the case system")
    assert sheet["D3"].comment.text.startswith("Must be mended")
    assert sheet["D2"].comment.text == "Checked twice"


def test_a_marked_copy_that_was_mended_loads_when_it_is_sent_again() -> None:
    content = workbook(D3="ten", F4="<5")
    copy = mark_up(content, "return.xlsx", check(content))
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    book["EHC plans"]["D3"], book["EHC plans"]["F4"] = 2, 0
    report = check(b.saved(book), copy.name)
    assert (report.outcome, report.problems, report.cautions) == (Outcome.accepted, (), ())


def test_a_copy_sent_again_half_mended_is_marked_afresh() -> None:
    def yellow(book: Any) -> None:
        fill = openpyxl.styles.PatternFill("solid", fgColor="FFFFF9DB")
        for row in book["EHC plans"]["C2:H6"]:
            for cell in row:
                cell.fill = fill
        book["EHC plans"]["D3"].comment = openpyxl.comments.Comment("From the case system", "x")

    content = workbook(yellow, D3="ten", F4="<5")
    copy = mark_up(content, "return.xlsx", check(content))
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    book["EHC plans"]["D3"] = 2
    again = b.saved(book)
    second = mark_up(again, copy.name, check(again, copy.name))
    assert second.name == copy.name == "return - things to fix.xlsx"
    found = openpyxl.load_workbook(io.BytesIO(second.content))
    assert found.sheetnames == [LIST, "About this return", "EHC plans"]
    assert found[LIST]["A1"].value == "Things to fix: 1 must be mended, 0 to look at"
    mended = found["EHC plans"]["D3"]
    assert (fill_of(mended), mended.border.left.style) == ("FFFFF9DB", None)
    assert mended.comment.text == "From the case system"
    assert found["EHC plans"]["F4"].comment.text.count("Must be mended") == 1


def test_the_senders_formulas_pictures_and_merged_cells_are_kept() -> None:
    def more(book: Any) -> None:
        book.create_sheet("Notes")["A1"] = "=SUM('EHC plans'!C2:C6)"
        book["Notes"].merge_cells("A3:C3")
        picture = openpyxl.drawing.image.Image(io.BytesIO(_PICTURE))
        book["Notes"].add_image(picture, "E5")

    content = workbook(more, D3="ten")
    copy = mark_up(content, "return.xlsx", check(content))
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    assert book["Notes"]["A1"].value == "=SUM('EHC plans'!C2:C6)"
    assert [str(one) for one in book["Notes"].merged_cells.ranges] == ["A3:C3"]
    [picture] = book["Notes"]._images
    assert picture._data() == _PICTURE
    told = [row[0].value or "" for row in book[LIST].iter_rows(max_row=5)]
    assert any(text.startswith("Formulas are here") for text in told)
    assert not any("could not keep" in text for text in told)


def test_a_fault_in_a_merged_cell_is_marked_where_its_value_stands() -> None:
    content = workbook(lambda book: book["EHC plans"].merge_cells("D3:D4"), D3="ten")
    report = check(content)
    assert "D4" in [problem.cell for problem in report.problems]
    sheet = marked(content)["EHC plans"]
    assert "“ten” is not a number" in sheet["D3"].comment.text
    assert "blank" in sheet["D3"].comment.text


def test_what_could_not_be_kept_is_said() -> None:
    shape = b'<xdr:sp macro=""><xdr:txBody/></xdr:sp>'

    def add_shape(part: bytes) -> bytes:
        return part.replace(b"</xdr:wsDr>", shape + b"</xdr:wsDr>") + b"<!-- <xdr:sp > -->"

    def more(book: Any) -> None:
        book.create_sheet("Notes").add_image(
            openpyxl.drawing.image.Image(io.BytesIO(_PICTURE)), "E5"
        )

    change = {"xl/drawings/drawing1.xml": add_shape}
    content = hostile.repack(workbook(more, D3="ten"), change=change)
    told = [row[0].value or "" for row in marked(content)[LIST].iter_rows(max_row=6)]
    assert any("could not keep" in text and "shapes and text boxes" in text for text in told)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\uff1d1+1"])
def test_no_text_becomes_a_formula_in_the_marked_copy(text: str) -> None:
    def write(book: Any) -> None:
        for place in ("D3", "B4"):
            cell = book["EHC plans"][place]
            cell.value, cell.data_type = text, "s"

    book = marked(workbook(write))
    kinds = [c.data_type for s in book.worksheets for row in s.iter_rows() for c in row]
    assert "f" not in kinds
    assert book["EHC plans"]["D3"].value == text
    assert book["EHC plans"]["D3"].quotePrefix
    assert f"'{text}" in [cell.value for cell in book[LIST]["E"]]


def test_a_csv_comes_back_as_a_workbook_with_the_same_cells_and_marks() -> None:
    lines = [",".join("" if v is None else str(v) for v in row) for row in plans(D3="ten")]
    copy = mark_up(
        "\n".join(lines).encode(), "plans.csv", check("\n".join(lines).encode(), "plans.csv", GIVEN)
    )
    assert (copy.name, copy.mimetype) == ("plans - things to fix.xlsx", MIMETYPE)
    book = openpyxl.load_workbook(io.BytesIO(copy.content))
    sheet = book["plans"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == plans(D3="ten")
    assert sheet["D3"].comment.text.startswith("Must be mended")
    assert "made from the cells" in book[LIST]["A3"].value
    sheet["D3"] = 2
    again = check(b.saved(book), copy.name, GIVEN)
    assert again.problems == ()
    assert again.rows_read == {"ehc_plans": 5}


def test_an_ods_comes_back_as_a_workbook_too() -> None:
    content = hostile.ods(hostile.ods_rows(*plans(D3="ten")))
    report = check(content, "return.ods", GIVEN)
    assert [problem.cell for problem in report.problems] == ["D3"]
    book = openpyxl.load_workbook(io.BytesIO(mark_up(content, "return.ods", report).content))
    assert book["EHC plans"]["D3"].comment.text.startswith("Must be mended")
    assert book["EHC plans"]["C2"].value == 10


def test_a_file_that_was_refused_or_holds_personal_data_has_no_marked_copy() -> None:
    personal = workbook(lambda book: book["EHC plans"].__setitem__("K1", "Date of birth"))
    report = check(personal)
    assert report.outcome is Outcome.personal_data
    with pytest.raises(NoMarkedCopy, match="refused whole"):
        mark_up(personal, "return.xlsx", report)
    with pytest.raises(NoMarkedCopy, match="refused whole"):
        mark_up(b"%PDF", "return.xlsx", check(b"%PDF"))


def test_a_file_with_nothing_wrong_has_no_marked_copy() -> None:
    with pytest.raises(NoMarkedCopy, match="Nothing is wrong"):
        mark_up(workbook(), "return.xlsx", check(workbook()))


def test_the_gate_is_asked_again_before_anything_is_marked() -> None:
    with pytest.raises(ExtractRejected):
        mark_up(b"%PDF-1.7", "return.xlsx", check(workbook(D3="ten")))


def test_a_workbook_that_cannot_be_written_again_comes_back_as_its_cells() -> None:
    """A date of making that is no date stops openpyxl from opening a workbook whole."""
    content = hostile.repack(
        workbook(D3="ten"),
        change={"docProps/core.xml": lambda part: re.sub(rb">20\d\d-", b">never-", part)},
    )
    report = check(content)
    assert [problem.cell for problem in report.problems] == ["D3"]
    book = openpyxl.load_workbook(io.BytesIO(mark_up(content, "return.xlsx", report).content))
    assert "made from the cells" in book[LIST]["A3"].value
    assert book["EHC plans"]["D3"].comment.text.startswith("Must be mended")


def test_a_file_of_very_many_rows_is_not_marked_but_its_list_names_every_cell() -> None:
    content = workbook(D3="ten")
    report = dataclasses.replace(check(content), rows_read={"ehc_plans": 20_001})
    with pytest.raises(NoMarkedCopy, match="names every cell"):
        mark_up(content, "return.xlsx", report)


def test_the_marking_process_gives_up_what_a_reader_gives_up() -> None:
    with pytest.raises(ExtractRejected):
        run_child(
            "xlsx",
            b'{"own": true, "stem": "", "things": []}\nnot a workbook',
            "loaders.marker_child",
        )


def test_five_hundred_problems_are_marked_in_three_seconds() -> None:
    terms = [
        f"{season} {y}/{y - 1999}" for y in range(2014, 2025) for season in ("Autumn", "Spring")
    ]
    rows = b.rows(
        "ehc_plans",
        *(
            {"period": term, "phase": phase} | dict.fromkeys(("new_plans", "ceased"), "ten")
            for term in terms
            for phase in PHASES
        ),
    )
    rows += [["Summer 2024/25", phase, *["<5"] * 6] for phase in PHASES] * 10
    content = b.workbook(b.sheets(ehc_plans=rows))
    report = check(content)
    assert len(report.problems) >= 500
    fastest = 99.0
    for _ in range(4):  # a busy machine may be slow once
        started = time.monotonic()
        copy = mark_up(content, "return.xlsx", report)
        fastest = min(fastest, time.monotonic() - started)
        if fastest < 3:
            break
    assert fastest < 3
    sheet = openpyxl.load_workbook(io.BytesIO(copy.content))["EHC plans"]
    assert all(sheet[problem.cell].comment for problem in report.problems)


_WRONG: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.integers(-50, 10_000),
    st.floats(-5, 5_000, allow_nan=False),
    st.booleans(),
    st.sampled_from(["<5", "*", "46%", "c", "x", "=2+2", "n/a", "10-12", "1,200", "All phases"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)).map(
        lambda day: dt.datetime.combine(day, dt.time())
    ),
)
_CELLS = st.tuples(st.sampled_from("ABCDEFGH"), st.integers(2, 6)).map(lambda at: f"{at[0]}{at[1]}")


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.dictionaries(_CELLS, _WRONG, min_size=1, max_size=8))
def test_whatever_is_wrong_each_fault_is_marked_and_no_value_is_changed(
    changes: dict[str, Any],
) -> None:
    def write(book: Any) -> None:
        for place, value in changes.items():
            cell = book["EHC plans"][place]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"

    content = workbook(write)
    report = check(content)
    if report.outcome in (Outcome.refused, Outcome.personal_data, Outcome.accepted):
        return
    copy = mark_up(content, "return.xlsx", report)
    sent, back = (openpyxl.load_workbook(io.BytesIO(one)) for one in (content, copy.content))
    assert values_of(back) == values_of(sent)
    wrong = {(p.sheet, p.cell) for p in report.problems if p.cell}
    for sheet, place in wrong:
        assert fill_of(back[sheet][place]) == "FFF4CCCC"
        assert back[sheet][place].comment
    careful = {(c.sheet, c.cell) for c in report.cautions if c.cell}
    for sheet in back.worksheets:
        for row in sheet.iter_rows() if sheet.title != LIST else ():
            for cell in row:
                if (sheet.title, cell.coordinate) not in wrong | careful:
                    assert not cell.comment
                    assert fill_of(cell) == "00000000"


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364"
    "600000000600023081d02f0000000049454e44ae426082"
)
