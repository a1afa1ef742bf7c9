"""A file that names or numbers a child is refused, no value is repeated, and counts never are."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl.comments import Comment

from loaders.gate import FileKind
from loaders.privacy import Finding, find_personal_data, refuse_personal_data
from loaders.privacy_text import UPN_LETTERS, is_nhs_number, is_upn
from loaders.problems import ExtractRejected, PersonalDataFound
from loaders.workbook import Fault, Sheet, Value, Workbook, read_workbook
from tests import hostile

TODAY = datetime.date(2026, 1, 20)
NHS = (9434765919, 9434765870, 4010232137)  # from the NHS's own published test numbers and ranges


def book(*rows: tuple[Value, ...], name: str = "EHC plans", **more: Any) -> Workbook:
    return Workbook(FileKind.xlsx, (Sheet(name, False, list(enumerate(rows, 1)), **more),))


def kinds(*rows: tuple[Value, ...], name: str = "EHC plans", **more: Any) -> set[str]:
    return {f.kind for f in find_personal_data(book(*rows, name=name, **more), today=TODAY)}


def upn(body: str) -> str:
    """The number with the check letter that the Department for Education's rule gives it."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    worth = [letters.index(mark) if mark in letters else int(mark) for mark in body]
    return letters[sum(worth[i] * (i + 2) for i in range(12)) % 23] + body


RISKY = (
    *("Name", "Names", "Full name", "First name", "Forename", "Surname", "Last_Name", "Initials"),
    *("Pupil name", "Child's name", "CHILD NAME", "Name of child", "Parent/carer name", "Known as"),
    *("DOB", "D.O.B.", "Date of birth", "DateOfBirth", "Pupil's DOB", "Birth date"),
    *("Address", "Home address", "Address line 1", "Postcode", "Post code", "Home postcode"),
    *("UPN", "Unique pupil number", "ULN", "Unique Learner Number", "NHS number", "NHS no."),
    *("Email", "E-mail address", "Phone", "Telephone", "Mobile number", "Contact number"),
    *("Social care ID", "Liquidlogic ID", "Mosaic number", "Pupil ID", "Case number"),
)
SAFE = (
    *("Area name", "Sheet name", "School name", "Organisation", "Setting name", "Service name"),
    *("Period", "Phase", "Plans at start", "Pupils on roll", "Pupil numbers", "Number of pupils"),
    *(
        "Prepared by",
        "Coverage note",
        "Contact",
        "Births",
        "NHS",
        "NHS trust",
        "Children",
        "Person",
    ),
    *("Children with an address in the area", "Home educated", "Case numbers", "region_name"),
)


@pytest.mark.parametrize("heading", RISKY)
def test_a_heading_that_announces_personal_data_is_found(heading: str) -> None:
    (found,) = find_personal_data(book(("Period", heading), ("a", "x"), ("b", "y")), today=TODAY)
    assert (found.column, found.cells) == ("B", 2)


@pytest.mark.parametrize("heading", SAFE)
def test_a_heading_of_an_ordinary_return_is_not(heading: str) -> None:
    assert kinds(("Period", heading), ("Autumn 2025/26", 3)) == set()


def test_the_cover_sheet_may_have_a_column_of_names_and_values() -> None:
    rows: tuple[tuple[Value, ...], ...] = (
        ("Name", "Value"),
        ("Area code", "E06000005"),
        ("Organisation", "Darlington Borough Council"),
        ("Prepared by", "Data lead"),
        ("Data as at", datetime.date(2025, 12, 31)),
        ("Date agreed", datetime.date(2026, 1, 12)),
        ("Status", "provisional"),
        ("Coverage note", "DL1 and DL3 only; ask send.data@darlington.gov.uk"),
    )
    assert kinds(*rows, name="About this return") == set()
    assert kinds(*rows, name="EHC plans") == {"names"}
    assert kinds(("Area code", "x"), ("Child's name", "x"), name="About this return") == {"names"}
    dob = ("Date of birth", datetime.date(2015, 3, 12))
    assert kinds(dob, name="About this return") == {"dates of birth"}


@pytest.mark.parametrize("number", NHS)
def test_nhs_numbers_are_found_however_they_are_written(number: int) -> None:
    text = str(number)
    spaced = f"{text[:3]} {text[3:6]} {text[6:]}"
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in text)
    ways: list[Value] = [number, float(number), text, spaced, spaced.replace(" ", "-")]
    ways += [f"Seen twice, {spaced}.", spaced.replace(" ", "\u00a0"), wide, f"\u200b{text}"]
    ways += [Fault("An error", text)]
    for way in ways:
        assert kinds(("Ref",), (way,)) == {"NHS numbers"}


@given(st.integers(10**9, 10**10 - 1))
def test_only_the_right_check_digit_makes_an_nhs_number(number: int) -> None:
    stem = str(number)[:9]
    remainder = 11 - sum(int(stem[i]) * (10 - i) for i in range(9)) % 11
    right = {11: "0", 10: None}.get(remainder, str(remainder))
    assert is_nhs_number(number) == (str(number)[9] == right)
    expected = {"NHS numbers"} if str(number)[9] == right else set()
    assert kinds(("Ref",), (number,), (str(number),)) == expected


@given(st.from_regex(r"[0-9]{12}|[0-9]{11}[A-HJ-NP-RT-Z]", fullmatch=True))
def test_only_the_right_check_letter_makes_a_pupil_number(body: str) -> None:
    right = upn(body)
    assert kinds(("Ref",), (right,), (right.lower(),)) == {"unique pupil numbers"}
    for letter in UPN_LETTERS.replace(right[0], ""):
        assert not is_upn(letter + body)
    wrong = UPN_LETTERS[(UPN_LETTERS.index(right[0]) + 1) % 23] + body
    assert "unique pupil numbers" not in kinds(("Ref",), (wrong,))


POSTCODES = ("DL1 5QT", "dl1 5qt", "DL15QT", "SW1A 1AA", "Lives at 4 High Row, DL3 7QN.", "M1 1AE")
NOT_POSTCODES = (
    *(
        "DL1",
        "DL",
        "TS",
        "E06000005",
        "2025 2RP",
        "E54000050",
        "84H",
        "RX3",
        "16C",
        "B1 2nd",
        "Y1 2AB",
    ),
    *("KS1 2AB", "Year 9 1st", "2025-26", "Autumn 2025/26", "W1 4th week", "A83013", "N81002"),
)


@pytest.mark.parametrize("text", POSTCODES)
def test_full_postcodes_are_found(text: str) -> None:
    assert kinds(("Ref",), (text,)) == {"postcodes"}


@pytest.mark.parametrize("text", NOT_POSTCODES)
def test_districts_and_codes_are_not_postcodes(text: str) -> None:
    assert kinds(("Ref",), (text,)) == set()


def test_addresses_to_write_to_or_ring_are_found_but_not_a_councils_mailbox() -> None:
    assert kinds(("Ref",), ("a.parent@gmail.com",)) == {"e-mail addresses"}
    assert kinds(("Ref",), ("send@darlington.gov.uk, x.y@nhs.net",)) == set()
    for phone in ("07700 900123", "01325 496 000", "+44 7700 900123", "(01325) 496000"):
        assert kinds(("Ref",), (phone,)) == {"telephone numbers"}


BIRTHS = (datetime.date(2015, 3, 12), datetime.datetime(2011, 7, 4), "23/11/2008", "2 May 2019")


@pytest.mark.parametrize("heading", ["Ref", "Date", "Client", ""])
def test_a_column_of_births_is_found_whatever_stands_over_it(heading: str) -> None:
    rows = [(heading or None, "Plans"), *((day, 1) for day in BIRTHS)]
    (found,) = find_personal_data(book(*rows), today=TODAY)
    assert found == Finding("EHC plans", "A", "dates of birth", 4)


def test_one_birth_beside_a_name_is_enough() -> None:
    assert kinds(("A", "B"), ("Jo Smith", BIRTHS[0])) == {"dates of birth"}
    assert kinds(("A", "B"), ("Secondary", BIRTHS[0])) == set()


@pytest.mark.parametrize(
    "text",
    [
        *("J. Smith 12/03/2015", "Smith, John (12/03/2015)", "John Smith 2015-03-12"),
        *("Mary-Ann O'Neil - dob 1 May 2014", "spoke to mum, DOB: 12.3.15", "born 12/03/2015"),
    ],
)
def test_a_name_with_a_date_of_birth_in_one_cell_is_found(text: str) -> None:
    assert kinds(("Note",), (text,)) == {"names with dates of birth"}


@pytest.mark.parametrize(
    "text",
    [
        *("Autumn Term 12/03/2025", "Data Team 05/01/2026", "Darlington Council, 12/01/2026"),
        *("Prepared by the Data Lead 05/01/2026", "As at 31/12/2025", "Updated 3 March 2025"),
    ],
)
def test_a_dated_note_is_not_a_child(text: str) -> None:
    assert kinds((text,), ("Period", "Plans at end")) == set()


@pytest.mark.parametrize("heading", ["Period", "Month", "Month ending", "Snapshot date", "Week of"])
def test_excel_dates_under_a_heading_of_time_are_periods(heading: str) -> None:
    days = [datetime.date(2025, month, 17) for month in range(1, 12)]
    assert kinds((heading, "Referrals"), *((day, 4) for day in days)) == set()


def test_month_ends_without_a_heading_are_periods() -> None:
    assert (
        kinds(("Date", "x"), (datetime.date(2025, 10, 31), 1), (datetime.date(2025, 11, 1), 2))
        == set()
    )


def test_comments_page_headers_and_sheet_names_are_looked_at() -> None:
    comments = (("B2", "NHS 943 476 5919"), ("page header", "J. Smith 12/03/2015"))
    found = find_personal_data(book(("Period",), comments=comments), today=TODAY)
    assert {(f.column, f.kind) for f in found} == {
        ("a comment", "NHS numbers"),
        ("a page header", "names with dates of birth"),
    }
    (found_name,) = find_personal_data(book(("Period",), name="DL1 5QT"), today=TODAY)
    assert found_name == Finding("sheet 1", "sheet name", "postcodes", 1)


def _tuck_away(workbook: Book) -> None:
    hidden = workbook.create_sheet("Working")
    hidden.sheet_state = "veryHidden"
    hidden.append(("Ref", "n"))
    hidden.append((str(NHS[0]), 1))
    workbook.active["B2"].comment = Comment(f"see {upn('801200001001')}", "someone")
    workbook.active.row_dimensions[4].hidden = True


def test_real_files_are_refused_for_what_is_in_hidden_sheets_and_comments() -> None:
    with pytest.raises(PersonalDataFound) as refused:
        refuse_personal_data(read_workbook(hostile.xlsx(change=_tuck_away), "a.xlsx"))
    message = str(refused.value)
    assert "sheet “EHC plans”, a comment looks like unique pupil numbers (1 cell)" in message
    assert "sheet “Working”, column A looks like NHS numbers (1 cell)" in message
    assert issubclass(PersonalDataFound, ExtractRejected)


def test_open_documents_and_csv_are_looked_at_too() -> None:
    for content, name in (
        (hostile.ods(hostile.ods_rows(("Ref",), (NHS[0],))), "a.ods"),
        (f"Ref\r\n{NHS[0]}\r\n".encode(), "a.csv"),
    ):
        with pytest.raises(PersonalDataFound, match="NHS numbers"):
            refuse_personal_data(read_workbook(content, name))


def test_the_message_never_repeats_a_value() -> None:
    secrets = (
        "943 476 5919",
        "J. Smith 12/03/2015",
        "DL1 5QT",
        "a.parent@gmail.com",
        upn("1" * 12),
    )
    rows = [("Jo Smith", "Lee Ash"), *((secret, "Ann Lee") for secret in secrets)]
    with pytest.raises(PersonalDataFound) as refused:
        refuse_personal_data(book(*rows), known_headings=["Phase"])
    for secret in (*secrets, "Jo Smith", "Lee Ash", "Ann Lee"):
        assert secret not in str(refused.value)


def test_a_known_heading_is_told_with_its_letter() -> None:
    rows = ((None, "Phase"), ("x", str(NHS[0])), ("y", str(NHS[1])))
    with pytest.raises(PersonalDataFound, match=r"column B \(Phase\) looks like NHS numbers \(2 c"):
        refuse_personal_data(book(*rows), known_headings=["Phase"])


PERIODS = st.one_of(
    st.sampled_from(["Autumn 2025/26", "2025-26 autumn", "October 2025", "2025-10", "Oct-25"]),
    st.dates(datetime.date(2014, 9, 1), datetime.date(2026, 1, 20)),
    st.dates(datetime.date(2014, 9, 1), datetime.date(2026, 1, 20)).map(lambda d: d.isoformat()),
)
LABELS = st.sampled_from(
    [
        *("Early years", "Primary", "Post-16", "Autism", "Both or unspecified", "5 and over"),
        *(
            "EHC plan",
            "No SEN",
            "Speech and language therapy",
            "Special",
            "All phases",
            "E06000005",
        ),
        *("Social, emotional and mental health", "Independent special", "SEMH", "yes", "16C"),
    ]
)
COUNTS = st.one_of(
    st.integers(0, 9_999_999),
    st.integers(0, 9_999_999).map(str),
    st.integers(0, 9_999_999).map("{:,}".format),
    st.floats(0, 2000, allow_nan=False),
    st.floats(0, 100).map("{:.1f}%".format),
    st.sampled_from(["c", "x", "z", "low", "u", None, "*", "..", "n/a", "<5"]),
)
HEADINGS = ("Period", "Phase", "Plans at start", "New plans", "Median weeks")


@settings(max_examples=300)
@given(st.lists(st.tuples(PERIODS, LABELS, COUNTS, COUNTS, COUNTS), max_size=25))
def test_an_ordinary_return_is_never_called_personal(rows: list[tuple[Value, ...]]) -> None:
    title = ("EHC plans, autumn term 2025/26",)
    note = ("Source: case management system, as at 31/12/2025. Figures below 5 are shown as c.",)
    assert find_personal_data(book(title, (), HEADINGS, *rows, note), today=TODAY) == ()


def test_a_hundred_thousand_cells_are_looked_at_in_a_moment() -> None:
    import time

    rows = [("Autumn 2025/26", "Primary", *map(str, range(n, n + 8))) for n in range(10_000)]
    started = time.perf_counter()
    assert kinds(HEADINGS, *rows) == set()
    assert time.perf_counter() - started < 2  # 0.15 s measured
