"""The PDF: tagged, marked on every sheet, every word of the pack and none of it mark-up."""

import datetime as dt
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.packs.pack import MeasurePage, Pack, PackChart, PackSeries, PackTable
from dashboard.packs.paper.chart_svg import chart_svg
from dashboard.packs.paper.columns import fit_columns, with_breaks
from dashboard.packs.paper.draw import draw_paper
from dashboard.packs.paper.icons import icon_svg
from dashboard.packs.paper.letters import printable
from dashboard.packs.paper.shared_width import Column, share_columns
from dashboard.packs.paper.spark_svg import spark_svg
from tests.packs.large_pack import hostile_pack, large_pack
from tests.packs.small_pack import small_pack

poppler = pytest.mark.skipif(
    shutil.which("pdfinfo") is None,
    reason="poppler is not installed (Debian: apt-get install poppler-utils)",
)


def ask(program: str, paper: bytes, folder: Path, *options: str) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    command = [program, *options, str(file)] + (["-"] if program == "pdftotext" else [])
    made = subprocess.run(command, check=True, capture_output=True).stdout
    return made.decode(errors="replace")  # words of pictures may be in another coding


def plain(text: str) -> str:
    return " ".join(text.split())


def unpacked(paper: bytes) -> bytes:
    found = [paper]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", paper, re.S):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found)


def measures(pack: Pack) -> list[MeasurePage]:
    pages = [page for section in pack.sections for page in section.pages]
    return [page for page in pages if isinstance(page, MeasurePage)]


def small_chart() -> PackChart:
    chart = measures(small_pack())[0].chart
    assert chart is not None
    return chart


@poppler
def test_the_paper_is_tagged_and_has_a_title_an_author_and_its_day(tmp_path: Path) -> None:
    facts = ask("pdfinfo", draw_paper(small_pack()), tmp_path)
    assert re.search(r"Tagged: +yes", facts)
    assert re.search(r"Title: +SEND exceptions report", facts)
    assert re.search(r"Author: +Testshire SEND Partnership", facts)
    assert re.search(r"CreationDate: +Mon Sep 14 00:00:00 2026", facts)
    assert re.search(r"Page size: .*\(A4\)", facts)


def test_the_file_says_that_it_keeps_the_standard_and_its_language() -> None:
    paper = unpacked(draw_paper(small_pack()))
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Outlines"):
        assert part in paper
    assert re.search(rb"/Lang ?\(en-GB\)", paper)


def test_every_chart_and_line_of_figures_has_its_words() -> None:
    paper = unpacked(draw_paper(small_pack()))
    assert f"/Alt({small_chart().alt})".encode() in paper
    assert b"/Alt(Plans issued within 20 weeks: newest figures, oldest first: 47.1, 48.8" in paper


@poppler
def test_the_structure_has_headings_figures_and_heads_of_tables(tmp_path: Path) -> None:
    tree = ask("pdfinfo", draw_paper(small_pack()), tmp_path, "-struct")
    kinds = set(re.findall(r"^ *(\w+)", tree, re.M))
    assert {"H1", "H2", "H3", "Figure", "Table", "TH", "TD", "TOC", "L"} <= kinds
    levels = [0, *(int(one) for one in re.findall(r"^ *H(\d)\b", tree, re.M))]
    assert all(b - a <= 1 for a, b in pairwise(levels))


@poppler
def test_the_contents_name_the_sheet_of_every_page(tmp_path: Path) -> None:
    paper = draw_paper(small_pack())
    listed = ask("pdftotext", paper, tmp_path, "-f", "1", "-l", "1", "-layout")
    found = re.findall(r"^\s*([\d.]+) (.+?)[ .]+\W*(\d+)$", listed, re.M)
    titles = [one.title for one in small_pack().sections]
    titles += [page.title for one in small_pack().sections for page in one.pages]
    assert {title for _, title, _ in found} == set(titles)
    for number, title, sheet in found:
        words = ask("pdftotext", paper, tmp_path, "-f", sheet, "-l", sheet)
        assert f"{number} {title}" in plain(words)


@poppler
def test_every_sheet_has_the_marking_the_edition_and_its_number(tmp_path: Path) -> None:
    pack = small_pack()
    sheets = ask("pdftotext", draw_paper(pack), tmp_path).split("\f")[:-1]
    assert len(sheets) >= 5
    for number, sheet in enumerate(sheets, 1):
        for words in (pack.marking, pack.invented, pack.edition):
            assert words in plain(sheet)
        assert f"Page {number} of {len(sheets)}" in plain(sheet)


@poppler
def test_everything_a_measure_says_is_on_paper(tmp_path: Path) -> None:
    said = plain(ask("pdftotext", draw_paper(small_pack()), tmp_path, "-layout"))
    for page in measures(small_pack()):
        words = [page.title, page.value, page.sentence, *page.sources, *page.notes, page.url]
        words += [cell for row in page.table.rows for cell in row]
        words += [part for one in page.commentary for pair in one.parts for part in pair]
        for one in words:
            assert one in said, one
    assert "Definition, version 2" in said


@poppler
def test_seventy_measures_stand_on_two_sheets_across(tmp_path: Path) -> None:
    paper = draw_paper(large_pack(70, pages=False))
    facts = ask("pdfinfo", paper, tmp_path, "-f", "1", "-l", "99")
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+)", facts)
    assert [float(wide) > float(tall) for wide, tall in sizes].count(True) == 2
    assert "Requests refused 67" in plain(ask("pdftotext", paper, tmp_path))


@poppler
def test_no_letter_is_smaller_than_six_and_a_half_points(tmp_path: Path) -> None:
    paper = draw_paper(large_pack(70))
    html = ask("pdftohtml", paper, tmp_path, "-xml", "-stdout", "-i", "-zoom", "3")
    assert (
        min(int(size) for size in re.findall(r'<fontspec[^>]* size="(\d+)"', html)) >= 19
    )  # three times as large


@poppler
def test_no_text_is_read_as_mark_up(tmp_path: Path) -> None:
    said = plain(ask("pdftotext", draw_paper(hostile_pack()), tmp_path)).replace("“", '"')
    for words in ('=1+1 #import "x', "<w:p>&amp; {{ x }} $1/0$ *b*", "]]>"):
        assert words in said


@poppler
def test_only_fonts_of_our_own_are_used_and_all_are_in_the_file(tmp_path: Path) -> None:
    listed = ask("pdffonts", draw_paper(small_pack()), tmp_path).splitlines()[2:]
    names = {re.split(r"[+\s]", line)[1].split("-")[0] for line in listed}
    assert names <= {"Arimo", "DejaVuSans"}
    assert all(re.search(r" yes +yes +yes ", line) for line in listed)


def test_the_same_pack_gives_the_same_bytes_and_another_day_others() -> None:
    assert draw_paper(small_pack()) == draw_paper(small_pack())
    assert draw_paper(small_pack(published_on=dt.date(2027, 1, 5))) != draw_paper(small_pack())


def test_a_pack_without_sections_or_pages_is_still_a_paper() -> None:
    section = replace(small_pack().sections[0], pages=())
    assert draw_paper(small_pack(sections=()))
    assert draw_paper(small_pack(sections=(section,)))


def test_every_letter_that_is_let_through_can_be_printed() -> None:
    letters = "".join(printable(chr(number)) for number in range(0x20, 0xFFFF))
    subtitle = " ".join(letters[at : at + 60] for at in range(0, len(letters), 60))
    assert draw_paper(small_pack(subtitle=subtitle))


def test_a_letter_that_no_font_has_is_seen_to_be_missing() -> None:
    assert printable("Nguyễn 🙂 Cŵm\tx\x07") == "Nguyen � Cŵm x "


def test_a_line_is_not_drawn_across_a_term_without_a_number() -> None:
    chart = replace(
        small_chart(), series=(PackSeries("own", "Testshire", "line", (1.0, 2.0, None, 3.0, 4.0)),)
    )
    (line, *_) = re.findall(r'<path d="([^"]+)" fill="none" stroke="#12436D"', chart_svg(chart))
    assert line.count("M") == 2
    assert line.count("L") == 2


def test_the_places_of_a_whole_year_are_not_joined() -> None:
    chart = replace(
        small_chart(), series=(PackSeries("england", "England", "year", (None, 49.0, 49.0, 49.0)),)
    )
    (line, *_) = re.findall(r'<path d="([^"]+)" fill="none" stroke="#F46A25"', chart_svg(chart))
    assert "L" not in line
    assert line.count("M") == 3


def test_no_two_lines_of_a_chart_differ_by_colour_alone() -> None:
    drawn = re.findall(r"<path [^>]+>", chart_svg(small_chart()))
    looks = [re.sub(r' d="[^"]*"| stroke="[^"]*"', "", one) for one in drawn if "Z" not in one]
    series = [one for one in looks if "stroke-width" in one]
    assert len(set(series)) >= 4


def test_a_label_of_a_chart_is_not_read_as_mark_up() -> None:
    chart = replace(small_chart(), series=(PackSeries("own", "<b>&", "line", (1.0,)),))
    assert "&lt;b&gt;&amp;" in chart_svg(chart)


def test_a_chart_of_one_term_or_of_one_value_is_drawn() -> None:
    one = replace(
        small_chart(),
        categories=("Summer 2025/26",),
        series=(PackSeries("own", "Testshire", "line", (5.0,)),),
        low=5.0,
        high=5.0,
    )
    assert "Testshire 5.0%" in chart_svg(one)
    assert chart_svg(replace(one, categories=(), series=()))


def test_a_line_of_newest_figures_stops_where_one_is_missing() -> None:
    drawn = spark_svg((1.0, 2.0, None, 4.0))
    assert re.search(r'd="M[^M]+L[^M]+M[^M]+"', drawn)
    assert "<circle" in drawn
    assert "<circle" not in spark_svg((1.0, 2.0, None))
    assert spark_svg((None, None)) == ""


def test_the_icons_are_those_of_the_pages() -> None:
    for name in ("common", "improvement", "concern", "neutral_special"):
        assert icon_svg(name).startswith("<svg")
    assert icon_svg("") == ""


def test_a_table_of_short_words_is_in_the_largest_type_and_of_many_in_smaller() -> None:
    few = PackTable("", ("Period", "A"), (("Summer 2025/26", "1"),))
    many = PackTable("", tuple("Column" for _ in range(14)), (("provisional",) * 14,))
    assert fit_columns(few, 493)[0] == 9.0
    assert fit_columns(many, 493)[0] < 9.0


def test_columns_take_the_whole_width_between_them() -> None:
    table = PackTable("", ("A", "B"), (("a", "x" * 400), ("b c", "")))
    size, letters = fit_columns(table, 493)
    assert sum(letters) == pytest.approx(493 / size / 0.52)


def test_a_long_word_may_go_on_in_the_next_line() -> None:
    assert with_breaks("a" * 10, 4) == "aaaa\u200baaaa\u200baa"
    assert with_breaks("four word", 4) == "four word"


def test_what_is_too_wide_is_broken_where_lines_are_broken_already() -> None:
    two = Column((50.0, 10.0), (2, 1), 10.0)  # its first row has two lines in any case
    one = Column((80.0, 20.0), (1, 1), 10.0)
    wide, narrow = share_columns([one, two], 100.0)
    assert wide + narrow == pytest.approx(100.0)
    assert narrow >= 10.0
    assert wide >= 20.0  # the second row stays one line
