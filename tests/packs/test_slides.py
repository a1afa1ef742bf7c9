"""A pack as PowerPoint slides, read again with python-pptx as PowerPoint would read it."""

import dataclasses
import io
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from dashboard.packs.pack import (
    MeasurePage,
    Pack,
    PackChart,
    PackTable,
    Section,
    SummaryPage,
    SummaryRow,
    Verdict,
    WordsPage,
)
from dashboard.packs.package import TemplateRefused
from dashboard.packs.slides.draw import draw_slides
from dashboard.packs.slides.letters import Letters
from dashboard.packs.slides.marks import spoken
from tests.packs.office_files import (
    as_template,
    box_of,
    chart_rows,
    charts_of,
    is_decorative,
    read_slides,
    slide_called,
    titles,
    told,
    words_of,
    workbook_rows,
)
from tests.packs.small_pack import small_pack

WIDE, TALL = 960.0, 540.0  # points
LONG = "A sentence that is said again so that it needs room. "


@pytest.fixture(scope="module")
def data() -> bytes:
    return draw_slides(small_pack())


def _measures(pack: Pack) -> list[MeasurePage]:
    pages = [page for section in pack.sections for page in section.pages]
    return [page for page in pages if isinstance(page, MeasurePage)]


def _of(*pages: object, **changed: object) -> Pack:
    """A pack of one section with these pages."""
    section = Section("Section", (), pages)  # type: ignore[arg-type]
    return small_pack(sections=(section,), **changed)


def test_every_slide_has_a_title_that_no_other_has(data: bytes) -> None:
    found = titles(read_slides(data))
    assert all(found)
    assert len(found) == len(set(found))


def test_the_slides_stand_in_the_order_of_the_pack(data: bytes) -> None:
    assert titles(read_slides(data)) == [
        "SEND exceptions report",
        "Contents",
        "Summary",
        "About this paper",
        "Every measure on one table",
        "What needs attention",
        "Plans on time rose for the third year",
        "Plans issued within 20 weeks: words and numbers",
        "Speech and language therapy: mean wait",
        "Speech and language therapy: mean wait: the numbers",
    ]


def test_two_pages_with_one_headline_have_titles_of_their_own() -> None:
    first = _measures(small_pack())[0]
    found = titles(read_slides(draw_slides(_of(first, dataclasses.replace(first, title="B")))))
    assert "Plans on time rose for the third year" in found
    assert "Plans on time rose for the third year (2)" in found


def test_the_cover_says_whose_it_is_of_when_and_who_may_see_it(data: bytes) -> None:
    pack = small_pack()
    said = words_of(read_slides(data).slides[0])
    for words in (pack.title, pack.subtitle, pack.partnership, pack.edition, pack.marking):
        assert words in said
    assert pack.invented in said


def test_a_logo_stands_on_the_cover_with_what_it_shows() -> None:
    data = draw_slides(small_pack(logo="favicon.svg", logo_words="Testshire: a bar chart"))
    pictures = [one for one in read_slides(data).slides[0].shapes if one.name == "Logo"]
    assert [told(one) for one in pictures] == ["Testshire: a bar chart"]
    assert box_of(pictures[0])[3] < TALL / 5


def test_the_footer_of_every_slide_has_marking_edition_and_number(data: bytes) -> None:
    pack = small_pack()
    for number, slide in enumerate(read_slides(data).slides, 1):
        footer = next(one for one in slide.shapes if one.name == "Footer").text_frame.text
        assert pack.marking in footer
        assert pack.edition in footer
        assert pack.invented in footer
        assert next(one for one in slide.shapes if one.name == "Slide number").has_text_frame
        assert f'type="slidenum"><a:rPr lang="en-GB" sz="1200"/><a:t>{number}<' in _xml(slide)


def test_a_pack_of_true_figures_says_nothing_of_invented_ones() -> None:
    slides = read_slides(draw_slides(small_pack(invented=""))).slides
    assert not any("Invented" in words_of(slide) for slide in slides)


def test_the_contents_lead_to_the_slides_they_name(data: bytes) -> None:
    deck = read_slides(data)
    contents = slide_called(deck, "Contents")
    table = next(shape.table for shape in contents.shapes if shape.has_table)
    found = {}
    for row in list(table.rows)[1:]:
        run = row.cells[0].text_frame.paragraphs[0].runs[0]
        link = run._r.rPr.find(f"{{{run._r.nsmap['a']}}}hlinkClick")
        assert link.get("action") == "ppaction://hlinksldjump"
        rel = link.get(f"{{{run._r.nsmap['r']}}}id")
        target = contents.part.related_part(rel).slide
        number = int(row.cells[1].text)
        assert deck.slides[number - 1].slide_id == target.slide_id
        found[run.text] = target.shapes.title.text_frame.text
    assert found == {
        "Summary": "Summary",
        "About this paper": "About this paper",
        "Every measure on one table": "Every measure on one table",
        "What needs attention": "What needs attention",
        "Plans issued within 20 weeks": "Plans on time rose for the third year",
        "Speech and language therapy: mean wait": "Speech and language therapy: mean wait",
    }


def test_charts_are_native_and_their_numbers_are_the_packs(data: bytes) -> None:
    """In the chart's own XML and in the workbook that opens to edit it."""
    frames = list(charts_of(read_slides(data)))
    wanted = [page.chart for page in _measures(small_pack()) if page.chart]
    assert len(frames) == len(wanted) == 1
    for frame, chart in zip(frames, wanted, strict=True):
        assert tuple(frame.chart.plots[0].categories) == chart.categories
        assert chart_rows(frame.chart) == {one.label: one.values for one in chart.series}
        rows = workbook_rows(frame.chart)
        assert rows[0][1:] == tuple(one.label for one in chart.series)
        assert tuple(row[0] for row in rows[1:]) == chart.categories
        for number, series in enumerate(chart.series, 1):
            assert tuple(row[number] for row in rows[1:]) == series.values


def test_a_missing_figure_is_a_gap_and_a_whole_year_is_not_joined(data: bytes) -> None:
    frame = next(charts_of(read_slides(data)))
    xml = _chart_xml(frame)
    assert 'dispBlanksAs val="gap"' in xml
    england = xml.split("England, whole years")[1].split("</c:ser>")[0]
    assert "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>" in england
    own = xml.split("Testshire")[1].split("</c:ser>")[0]
    assert own.count("<c:dLbl>") == 1  # only the newest figure is written out
    assert '<c:dLbl><c:idx val="11"/>' in own


def test_no_two_series_of_a_chart_look_the_same(data: bytes) -> None:
    """Without their colours: for a person who sees none."""
    xml = _chart_xml(next(charts_of(read_slides(data))))
    looks = []
    for series in re.findall(r"<c:ser>.*?</c:ser>", xml, re.S):
        symbol = re.search(r'c:symbol val="(\w+)"', series)
        dash = re.search(r'c:spPr><a:ln w="(\d+)".*?prstDash val="(\w+)"', series)
        looks.append((symbol and symbol[1], dash and dash.groups()))
    assert looks[-1] == looks[-2]  # the upper and the lower limit: which is which is seen
    assert len(set(looks)) == len(looks) - 1


def test_the_axis_ends_where_the_pack_says(data: bytes) -> None:
    axis = next(charts_of(read_slides(data))).chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0.0, 100.0)
    assert axis.tick_labels.number_format == '0"%"'


def test_a_long_label_leaves_the_chart_its_room() -> None:
    page = _measures(small_pack())[0]
    assert page.chart is not None
    label = "Neighbours, whole years (mean of 10 of 10 statistical neighbours with data)"
    series = (page.chart.series[0], dataclasses.replace(page.chart.series[1], label=label))
    chart = dataclasses.replace(page.chart, series=series)
    deck = read_slides(draw_slides(_of(dataclasses.replace(page, chart=chart))))
    assert [*chart_rows(next(charts_of(deck)).chart)] == ["Testshire", "Neighbours, whole years"]


def test_a_label_that_looks_like_a_formula_stays_words() -> None:
    page = _measures(small_pack())[0]
    assert page.chart is not None
    first = dataclasses.replace(page.chart.series[0], label="=1+1")
    chart = dataclasses.replace(
        page.chart,
        series=(first,),
        categories=("=cmd|' /C calc'!A0", "http://a.example", *page.chart.categories[2:]),
    )
    deck = read_slides(draw_slides(_of(dataclasses.replace(page, chart=chart))))
    rows = workbook_rows(next(charts_of(deck)).chart)
    assert rows[0][1] == "=1+1"
    book = next(charts_of(deck)).chart.part.chart_workbook.xlsx_part.blob
    with ZipFile(io.BytesIO(book)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_everything_that_is_not_words_is_described_or_decorative(data: bytes) -> None:
    for slide in read_slides(data).slides:
        for shape in slide.shapes:
            if not (shape.has_text_frame and shape.text_frame.text):
                assert told(shape) or is_decorative(shape), (slide.shapes.title.text, shape.name)


def test_a_charts_description_is_the_packs(data: bytes) -> None:
    chart = _measures(small_pack())[0].chart
    assert chart is not None
    assert told(next(charts_of(read_slides(data)))) == chart.alt


def test_every_table_marks_its_header_row(data: bytes) -> None:
    tables = [
        (slide, shape.table)
        for slide in read_slides(data).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    assert len(tables) == 6
    assert all(table.first_row for _, table in tables)
    assert all(table.first_col for slide, table in tables if slide.shapes.title.text != "Contents")


def test_the_newest_twelve_rows_stand_on_a_slide_without_columns_of_no_figure() -> None:
    page = _measures(small_pack())[0]
    headings = ("Period", "Testshire", "England", "Region")
    rows = tuple(
        (f"Term {number}", str(number), "no figure" if number < 20 else "5%", "no figure")
        for number in range(20, 5, -1)
    )
    table = PackTable("Every term", headings, rows)
    data = draw_slides(_of(dataclasses.replace(page, commentary=(), notes=(), table=table)))
    kept = tuple((one, two, three.replace("no figure", "–")) for one, two, three, _ in rows[:12])
    assert _rows_on(data, page.title) == [headings[:3], *kept]
    deck = read_slides(data)
    said = " ".join(words_of(slide) for slide in deck.slides)
    assert "Every term. All periods are in the Word and PDF files" in said
    assert "All periods" not in " ".join(
        words_of(slide) for slide in read_slides(draw_slides(small_pack())).slides
    )


def test_more_words_than_share_a_slide_with_twelve_rows_share_it_with_eight_or_none() -> None:
    page = _measures(small_pack())[0]

    def rows_beside(notes: int) -> int:
        data = draw_slides(_of(dataclasses.replace(page, notes=(LONG * 2,) * notes)))
        shared = [one for one in titles(read_slides(data)) if one.endswith("words and numbers")]
        return len(_rows_on(data, page.title)) - 1 if shared else 0

    assert [rows_beside(notes) for notes in (1, 9, 40)] == [12, 8, 0]


def test_a_section_that_is_one_page_begins_with_that_page() -> None:
    section = Section("Methods in short", (), (WordsPage("How it is judged", ("By tests.",)),))
    deck = read_slides(draw_slides(small_pack(sections=(section,))))
    assert titles(deck) == ["SEND exceptions report", "Contents", "How it is judged"]


def test_words_are_smaller_where_a_page_then_needs_fewer_slides() -> None:
    rows = tuple((f"Row {number}", str(number)) for number in range(9))
    page = WordsPage("Both", (LONG * 2,) * 5, (), (PackTable("All", ("Name", "N"), rows),))
    assert titles(read_slides(draw_slides(_of(page))))[2:] == ["Both"]


def test_a_long_table_goes_on_under_the_same_headings_twelve_rows_a_slide() -> None:
    rows = tuple((f"Row {number}", str(number)) for number in range(30))
    data = draw_slides(_of(WordsPage("Long", tables=(PackTable("All", ("Name", "N"), rows),))))
    deck = read_slides(data)
    found = []
    for title in ("Long (1 of 3)", "Long (2 of 3)", "Long (3 of 3)"):
        table = next(one.table for one in slide_called(deck, title).shapes if one.has_table)
        head, *others = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert head == ("Name", "N")
        assert len(others) <= 12
        found += others
    assert tuple(found) == rows


def test_a_wide_table_goes_on_with_its_first_column() -> None:
    headings = ("Need", *(f"{year}/{year - 1999}" for year in range(2014, 2034)))
    row = ("Autistic spectrum disorder", *(str(number) for number in range(20)))
    table = PackTable("Every year", headings, (row,))
    deck = read_slides(draw_slides(_of(WordsPage("Wide", tables=(table,)))))
    found: dict[str, str] = {}
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table and slide.shapes.title.text.startswith("Wide"):
                head, only = [[cell.text for cell in one.cells] for one in shape.table.rows]
                assert (head[0], only[0]) == ("Need", "Autistic spectrum disorder")
                found |= dict(zip(head, only, strict=True))
    assert found == dict(zip(headings, row, strict=True))


def test_what_does_not_fit_goes_on_and_nothing_is_lost() -> None:
    paragraphs = tuple(f"Paragraph {number}. {LONG * 5}".strip() for number in range(20))
    points = tuple(f"Point {number}. {LONG}".strip() for number in range(10))
    cell = " ".join(f"word{number}" for number in range(900))
    tables = (PackTable("A very long cell", ("A", "B"), (("Head", cell),)),)
    page = WordsPage("Much to say", paragraphs, points, tables)
    deck = read_slides(draw_slides(_of(page)))
    mine = [slide for slide in deck.slides if slide.shapes.title.text.startswith("Much")]
    said = " ".join(words_of(slide) for slide in mine)
    assert all(one in said for one in (*paragraphs, *points))
    assert re.findall(r"word\d+", said) == cell.split(" ")


@pytest.mark.parametrize("wide", [False, True])
def test_words_need_no_more_room_than_their_boxes_have(wide: bool) -> None:
    """Measured again, line by line, and for tables row by row."""
    template = _potx(Inches(10), Inches(5.625)) if wide else None
    letters = Letters(wide)
    for slide in read_slides(draw_slides(_full(3), template)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                for row in shape.table.rows:
                    needs = max(
                        _needs(letters, cell.text_frame, column.width / 12_700 - 10)
                        + (cell.margin_top + cell.margin_bottom) / 12_700
                        for cell, column in zip(row.cells, shape.table.columns, strict=True)
                    )
                    assert needs <= row.height / 12_700 + 0.1
            elif shape.name in ("Words", "What can be said", "In words", "Source", "Footer"):
                left, top, right, bottom = box_of(shape)
                assert _needs(letters, shape.text_frame, right - left) <= bottom - top + 0.1


@pytest.mark.parametrize("size", [None, (10, 7.5), (10, 5.625), (13.333, 7.5)])
def test_nothing_stands_outside_a_slide_or_over_its_footer(
    size: tuple[float, float] | None,
) -> None:
    template = _potx(Inches(size[0]), Inches(size[1])) if size else None
    deck = read_slides(draw_slides(_full(2), template))
    wide, tall = (size[0] * 72, size[1] * 72) if size else (WIDE, TALL)
    for slide in deck.slides:
        footer = next(one for one in slide.shapes if one.name == "Footer")
        for shape in slide.shapes:
            left, top, right, bottom = box_of(shape)
            where = (slide.shapes.title.text, shape.name)
            assert min(left, top) >= -0.1, where
            assert right <= wide + 0.1, where
            assert bottom <= tall + 0.1, where
            if shape.name not in ("Footer", "Slide number", "Title", "Words"):
                assert bottom <= footer.top / 12_700, where


def test_letters_are_twelve_points_or_more_and_eleven_in_tables(data: bytes) -> None:
    for slide in read_slides(data).slides:
        xml = _xml(slide)
        sizes = [int(size) for size in re.findall(r'sz="(\d+)"', xml)]
        outside = re.sub(r"<a:tbl>.*?</a:tbl>", "", xml, flags=re.S)
        assert min(sizes) >= 1100
        assert min(int(size) for size in re.findall(r'sz="(\d+)"', outside)) >= 1200


def test_every_run_is_said_to_be_british_english(data: bytes) -> None:
    with ZipFile(io.BytesIO(data)) as package:
        parts = [
            one for one in package.namelist() if re.match(r"ppt/(slides|charts)/\w+\.xml", one)
        ]
        assert parts
        for name in parts:
            xml = package.read(name).decode()
            assert set(re.findall(r'lang="([^"]+)"', xml)) <= {"en-GB"}
            assert xml.count("<a:r>") <= xml.count('lang="en-GB"')


def test_the_speaker_is_told_the_sentence_its_source_and_where_it_stays(data: bytes) -> None:
    deck = read_slides(data)
    for page in _measures(small_pack()):
        slide = slide_called(deck, page.chart.headline if page.chart else page.title)
        notes = slide.notes_slide.notes_text_frame.text
        for words in (page.sentence, page.about, *page.sources, page.url, small_pack().marking):
            assert words in notes
        assert all(said in notes for _, said in page.definition)
        assert f"Definition version {page.definition_version}." in notes


def test_commentary_and_notes_stand_on_a_slide(data: bytes) -> None:
    said = words_of(
        slide_called(read_slides(data), "Plans issued within 20 weeks: words and numbers")
    )
    owner = _measures(small_pack())[0].commentary[0]
    assert owner.role in said
    assert all(part in said for _, part in owner.parts)
    assert "A new case system was begun." in said


def test_more_sources_than_the_foot_holds_stand_on_the_next_slide() -> None:
    page = _measures(small_pack())[0]
    sources = tuple(
        f"Source: publisher {number}, {'a long name of a release ' * 4}" for number in range(6)
    )
    deck = read_slides(draw_slides(_of(dataclasses.replace(page, sources=sources))))
    first = words_of(slide_called(deck, "Plans on time rose for the third year"))
    assert "Other sources are on the slide that follows." in first
    said = first + words_of(slide_called(deck, "Plans issued within 20 weeks: words and numbers"))
    assert all(said.count(one.strip()) == 1 for one in sources)


def test_the_address_of_a_measure_is_a_link_when_it_is_whole() -> None:
    page = dataclasses.replace(_measures(small_pack())[0], url="https://send.example/measure/x")
    slide = slide_called(
        read_slides(draw_slides(_of(page))), "Plans on time rose for the third year"
    )
    assert any(rel.is_external and rel.target_ref == page.url for rel in slide.part.rels.values())


def test_the_summary_says_each_statement_and_draws_its_line(data: bytes) -> None:
    slide = slide_called(read_slides(data), "Every measure on one table")
    page = next(p for s in small_pack().sections for p in s.pages if isinstance(p, SummaryPage))
    rows = [row for _, rows in page.groups for row in rows]
    shown = [one for table in _tables(slide) for one in table[1:]]
    both = "Better (46.4% in 2025); Similar (56.6% in 2025)"
    assert [(one[0], one[1].split("\n")[0]) for one in shown] == [(x.title, x.value) for x in rows]
    assert shown[0][3:] == (
        "Improved, up 11.7 percentage points",
        both,
        "Not met (100%)",
        "Improving\nNot sure to pass",
        "Legal duty not met\nProvisional",
    )
    lines = [told(one) for one in slide.shapes if one.name == "Newest figures"]
    assert lines == [f"{row.title}: {spoken(row.spark)}" for row in rows]
    assert sum(one.name == "Icon" for one in slide.shapes) == len(rows)


def test_a_reason_why_there_is_no_verdict_is_a_dash_in_the_summary(data: bytes) -> None:
    """It stands on the measure's own slide; a change that was not judged says so."""
    slide = slide_called(read_slides(data), "Every measure on one table")
    late = _tables(slide)[1][1]
    assert late[3:6] == ("–", "–", "–")
    page = next(p for s in small_pack().sections for p in s.pages if isinstance(p, SummaryPage))
    ((_, (row,)), _) = page.groups
    change = Verdict("Change in a year", "Up 113", "No test for this count")
    row = dataclasses.replace(row, change=change)
    deck = read_slides(draw_slides(_of(dataclasses.replace(page, groups=(("One", (row,)),)))))
    assert _tables(slide_called(deck, page.title))[0][1][3] == "Up 113, not judged"


def test_the_common_period_is_said_once_above_the_summary() -> None:
    page = next(p for s in small_pack().sections for p in s.pages if isinstance(p, SummaryPage))
    ((_, (row,)), (_, (late,))) = page.groups
    groups = (("Most", (row, dataclasses.replace(row, title="Other"), late)),)
    deck = read_slides(draw_slides(_of(dataclasses.replace(page, groups=groups))))
    said = words_of(slide_called(deck, page.title))
    assert "Figures are of Summer 2025/26 and provisional where nothing else is said." in said
    assert said.count("Summer 2025/26") == said.count("rovisional") == 1
    assert said.count("Spring 2025/26") == 1


def test_the_line_of_newest_figures_is_told_in_figures() -> None:
    figures = (47.1, None, 1234.5, 0.034, 60.0)
    assert spoken(figures) == "newest figures, oldest first: 47.1, none, 1234, 0.034, 60"


def test_the_slides_of_a_section_are_a_section_of_powerpoint(data: bytes) -> None:
    deck = read_slides(data)
    found = [
        (one.get("name"), len(list(one.iter("{*}sldId"))))
        for one in deck.element.iter("{*}section")
    ]
    assert found == [("Cover and contents", 2), ("Summary", 3), ("What needs attention", 5)]


def test_the_file_says_what_it_is_and_is_of_the_day_of_its_edition(data: bytes) -> None:
    pack, facts = small_pack(), read_slides(data).core_properties
    assert (facts.title, facts.author) == (pack.title, pack.partnership)
    assert facts.created.date() == facts.modified.date() == pack.published_on
    with ZipFile(io.BytesIO(data)) as package:
        assert {one.date_time[:3] for one in package.infolist()} == {(2026, 9, 14)}


def test_the_same_pack_gives_the_same_bytes_at_another_time(data: bytes) -> None:
    time.sleep(2.1)  # a zip file counts in steps of two seconds
    assert draw_slides(small_pack()) == data


def test_text_that_could_be_xml_stays_text() -> None:
    bad = "<a:p>&amp;\x00\x07\x0b ]]> “quoted” \ud800 " + "W" * 300
    page = dataclasses.replace(
        _measures(small_pack())[0],
        title=bad,
        sentence=bad,
        table=PackTable(bad, (bad, "B"), ((bad, bad),)),
    )
    deck = read_slides(draw_slides(_of(page, title=bad, marking=bad)))
    assert "<a:p>&amp; ]]> “quoted”" in words_of(deck.slides[0])


def test_an_areas_own_template_is_used_without_its_slides() -> None:
    deck = Presentation()
    deck.slide_master.background.fill.solid()
    deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "Not ours"
    deck.core_properties.author = "Somebody Else"
    made = read_slides(draw_slides(small_pack(), as_template(deck)))
    assert made.slide_width == deck.slide_width
    assert "Not ours" not in titles(made)
    assert titles(made)[:3] == ["SEND exceptions report", "Contents", "Summary"]
    assert {one.slide_layout.name for one in made.slides} == {
        "Title Slide",
        "Section Header",
        "Title Only",
    }
    assert made.core_properties.author == small_pack().partnership
    assert not any("Click to" in words_of(one) for one in made.slides)


def test_an_ordinary_presentation_serves_as_a_template() -> None:
    saved = io.BytesIO()
    Presentation().save(saved)
    assert len(read_slides(draw_slides(small_pack(), saved.getvalue())).slides) > 5


def test_a_file_that_is_no_template_is_refused_in_words() -> None:
    for data in (b"", b"not a file", _zip_of("word/document.xml")):
        with pytest.raises(TemplateRefused, match="not a PowerPoint template"):
            draw_slides(small_pack(), data)


def test_a_template_with_slides_too_small_is_refused_in_words() -> None:
    with pytest.raises(TemplateRefused, match="at least 9 by 5 inches"):
        draw_slides(small_pack(), _potx(Inches(6), Inches(4)))


def test_a_template_without_titles_is_refused_in_words() -> None:
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name != "Blank":
            deck.slide_layouts.remove(layout)
    with pytest.raises(TemplateRefused, match="layout with a title"):
        draw_slides(small_pack(), as_template(deck))


def test_seventy_measures_become_slides_with_a_chart_each_quickly() -> None:
    pack = _full(70)
    began = time.process_time()
    data = draw_slides(pack)
    assert time.process_time() - began < 16  # 3 seconds on a quiet machine
    deck = read_slides(data)
    assert sum(1 for _ in charts_of(deck)) == 70
    assert len(set(titles(deck))) == len(deck.slides)
    assert len(data) < 5_000_000


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_every_slide(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "pack.pptx"
    file.write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = (tmp_path / "pack.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(read_slides(data).slides)


def _tables(slide: Any) -> list[list[tuple[str, ...]]]:
    """The rows of each table of a slide, headings first."""
    found = (one.table for one in slide.shapes if one.has_table)
    return [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in found]


def _full(measures: int) -> Pack:
    """A pack of many measures, with a summary of all of them and a page of much to say."""
    pack = small_pack()
    page = _measures(pack)[0]
    assert page.chart is not None
    summary = next(p for s in pack.sections for p in s.pages if isinstance(p, SummaryPage))
    rows = [row for _, group in summary.groups for row in group]
    many = tuple(
        dataclasses.replace(rows[number % 2], title=f"Measure {number}")
        for number in range(measures)
    )
    return small_pack(
        sections=(
            Section(
                "Summary", (LONG,), (_summary(summary, many), WordsPage("Words", (LONG,) * 40))
            ),
            Section("Measures", (), tuple(_page(page, page.chart, n) for n in range(measures))),
        )
    )


def _summary(page: SummaryPage, rows: tuple[SummaryRow, ...]) -> SummaryPage:
    half = len(rows) // 2
    return dataclasses.replace(page, groups=(("First", rows[:half]), ("Second", rows[half:])))


def _page(page: MeasurePage, chart: PackChart, number: int) -> MeasurePage:
    headline = f"{chart.headline}, and measure {number} is said to have risen"
    return dataclasses.replace(
        page,
        title=f"Measure {number}",
        chart=dataclasses.replace(chart, headline=headline),
        notes=(LONG,) * 9,
    )


def _potx(width: int, height: int) -> bytes:
    """A template of that size, its places scaled with it."""
    deck = Presentation()
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = width, height
    for owner in (deck.slide_master, *deck.slide_layouts):
        for one in owner.placeholders:
            if one.element.spPr.xfrm is not None:
                one.left, one.width = int(one.left * across), int(one.width * across)
                one.top, one.height = int(one.top * down), int(one.height * down)
    return as_template(deck)


def _needs(letters: Letters, frame: object, room: float) -> float:
    """Points that the paragraphs of a text frame take, worked out from what the file says."""
    needs = 0.0
    for para in frame.paragraphs:  # type: ignore[attr-defined]
        runs = [run for run in para.runs if run.text]
        if not runs:
            continue
        size = max(run.font.size.pt for run in runs)
        indent = int(para._p.pPr.get("marL", 0)) / 12_700
        bold = any(run.font.bold for run in runs)
        text = "".join(run.text for run in runs)
        needs += (para.space_before.pt if para.space_before else 0) + 1.2 * size * len(
            letters.wrap(text, size, room - indent, bold)
        )
    return needs


def _rows_on(data: bytes, title: str) -> list[tuple[str, ...]]:
    wanted = (f"{title}: the numbers", f"{title}: words and numbers")
    slide = next(one for one in read_slides(data).slides if one.shapes.title.text in wanted)
    table = next(one.table for one in slide.shapes if one.has_table)
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def _xml(slide: object) -> str:
    return etree.tostring(slide.element).decode()  # type: ignore[attr-defined]


def _chart_xml(frame: object) -> str:
    return frame.chart.part.blob.decode()  # type: ignore[attr-defined]


def _zip_of(name: str) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr(name, "<a/>")
    return made.getvalue()
