"""The Word document read again: headings, charts whose numbers are the pack's, marked sheets."""

import io
import re
import shutil
import subprocess
import time
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from dashboard.packs.document.draw import draw_document
from dashboard.packs.pack import MeasurePage, Pack
from dashboard.packs.package import TemplateRefused
from tests.packs.large_pack import hostile_pack, large_pack
from tests.packs.office_word import (
    DOCUMENT,
    bookmarks,
    charts,
    contents,
    headings,
    part,
    read,
    undescribed,
)
from tests.packs.small_pack import small_pack

_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def all_words(document: bytes) -> str:
    return " ".join(one.text or "" for one in read(document).element.body.iter(qn("w:t")))


def measures(pack: Pack) -> list[MeasurePage]:
    pages = [page for section in pack.sections for page in section.pages]
    return [page for page in pages if isinstance(page, MeasurePage)]


def test_sections_are_first_headings_and_their_pages_second_in_the_pack_s_order() -> None:
    pack = small_pack()
    expected = []
    for section in pack.sections:
        expected.append((1, section.title))
        expected += [(2, page.title) for page in section.pages]
    found = headings(draw_document(pack))
    assert [one for one in found if one[0] < 3] == expected


def test_no_level_of_headings_is_left_out() -> None:
    levels = [0, *(level for level, _ in headings(draw_document(small_pack())))]
    assert max(b - a for a, b in pairwise(levels)) == 1


def test_the_contents_are_a_field_with_a_line_for_every_page_that_leads_to_it() -> None:
    document = draw_document(small_pack())
    lines = contents(document)
    assert [words for words, _ in lines] == [
        "1\tSummary",
        "1.1\tAbout this paper",
        "1.2\tEvery measure on one table",
        "2\tWhat needs attention",
        "2.1\tPlans issued within 20 weeks",
        "2.2\tSpeech and language therapy: mean wait",
    ]
    assert {place for _, place in lines} <= bookmarks(document)
    assert 'TOC \\o "1-2"' in part(document, DOCUMENT)


def test_the_numbers_of_headings_are_the_program_s_own() -> None:
    document = read(draw_document(small_pack()))
    for level, name in enumerate(("Heading 1", "Heading 2")):
        numbered = document.styles[name].element.find(f".//{qn('w:numPr')}")
        assert numbered.find(qn("w:ilvl")).get(qn("w:val")) == str(level)


def test_every_chart_is_native_and_holds_the_numbers_of_the_pack() -> None:
    pack = large_pack(3)
    drawn = [page.chart for page in measures(pack) if page.chart]
    found = charts(draw_document(pack))
    assert len(found) == len(drawn) > 1
    for chart, held in zip(drawn, found, strict=True):
        assert held.categories == list(chart.categories)
        assert held.series == {one.label: list(one.values) for one in chart.series}
        assert held.words == chart.alt


def test_the_workbook_behind_a_chart_holds_the_same_numbers() -> None:
    chart = measures(small_pack())[0].chart
    assert chart is not None
    (held,) = charts(draw_document(small_pack()))
    heads, *rows = held.workbook
    assert heads == [None, *(one.label for one in chart.series)]
    assert rows == [
        [term, *(one.values[at] for one in chart.series)]
        for at, term in enumerate(chart.categories)
    ]


def test_every_picture_says_what_it_shows_or_that_it_means_nothing() -> None:
    document = draw_document(small_pack())
    assert undescribed(document) == []
    assert "newest figures, oldest first: 47.1, 48.8" in part(document, DOCUMENT)


def test_no_two_drawings_share_a_number() -> None:
    body = read(draw_document(large_pack(3))).element.body
    numbers = [one.get("id") for one in body.iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers)) > 3


def test_the_headings_of_every_table_are_repeated_and_no_row_is_divided() -> None:
    tables = read(draw_document(small_pack())).tables
    assert len(tables) == 4
    for table in tables:
        first = table.rows[0]._tr
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_the_table_of_a_measure_is_all_there() -> None:
    page = measures(small_pack())[0]
    table = read(draw_document(small_pack())).tables[2]
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows == [page.table.headings, *page.table.rows]


def test_sentences_verdicts_commentary_and_sources_are_said() -> None:
    said = all_words(draw_document(small_pack()))
    for page in measures(small_pack()):
        words = [page.sentence, page.value, *page.sources, *page.notes, page.url]
        words += [one.words for one in page.verdicts]
        words += [part for one in page.commentary for pair in one.parts for part in pair]
        for one in words:
            assert one in said, one
    assert "Definition, version 2" in said


def test_every_section_of_sheets_has_the_marking_at_its_foot() -> None:
    pack = small_pack()
    document = read(draw_document(pack))
    assert len(document.sections) == 3
    for section in document.sections:
        foot = " ".join(one.text for one in section.footer.paragraphs)
        assert pack.marking in foot
        assert pack.invented in foot
        assert pack.edition in foot
        assert "PAGE" in section.footer._element.xml


def test_the_summary_lies_across_on_sheets_of_its_own() -> None:
    sections = read(draw_document(small_pack())).sections
    shapes = [one.page_width > one.page_height for one in sections]  # type: ignore[operator]
    assert shapes == [False, True, False]


def test_the_document_says_its_title_its_day_and_its_language() -> None:
    document = read(draw_document(small_pack()))
    about = document.core_properties
    assert (about.title, about.language) == ("SEND exceptions report", "en-GB")
    assert about.author == "Testshire SEND Partnership"
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.date() == small_pack().published_on
    tongues = document.styles.element.iter(qn("w:lang"))
    assert {one.get(qn("w:val")) for one in tongues} == {"en-GB"}


def test_a_pack_without_invented_figures_does_not_speak_of_them() -> None:
    assert "Invented" not in all_words(draw_document(small_pack(invented="")))


def test_the_same_pack_gives_the_same_bytes_at_another_time() -> None:
    first = draw_document(small_pack())
    time.sleep(2.1)  # times in a zip file are even seconds
    assert draw_document(small_pack()) == first


def test_no_text_is_read_as_mark_up() -> None:
    pack = hostile_pack()
    document = draw_document(pack)
    said = all_words(document)
    for words in ("#import", "<w:p>&amp;", "{{ x }}", "=1+1"):
        assert words in said
    assert "\x07" not in part(document, DOCUMENT)
    assert charts(document)[0].workbook[0][1].startswith("=1+1")


def own_template(**edits: Any) -> bytes:
    """An area's own template with a heading style, a foot and a table of example content."""
    template = docx.Document()
    template.styles["Heading 1"].font.name = "Georgia"
    template.sections[0].footer.paragraphs[0].text = "Testshire Council"
    template.add_heading("An example", 1)
    for name in edits.get("numbered", ()):
        template.styles[name].element.get_or_add_pPr().get_or_add_numPr()
    for name in edits.get("without", ()):
        style = template.styles[name]
        style.element.getparent().remove(style.element)
    made, changed = io.BytesIO(), io.BytesIO()
    template.save(made)
    with ZipFile(made) as package, ZipFile(changed, "w") as out:
        for name in package.namelist():
            out.writestr(name, package.read(name).replace(_MAIN.encode(), _TEMPLATE.encode()))
    return changed.getvalue()


def test_an_area_s_own_template_keeps_its_styles_and_its_foot() -> None:
    document = draw_document(small_pack(), own_template())
    made = read(document)
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert "An example" not in all_words(document)
    for section in made.sections:
        foot = " ".join(one.text for one in section.footer.paragraphs)
        assert "Testshire Council" in foot
        assert small_pack().marking in foot
    assert _TEMPLATE not in part(document, "[Content_Types].xml")


def test_a_template_without_some_styles_gets_ours() -> None:
    template = own_template(without=("Caption", "List Bullet", "Subtitle"))
    made = read(draw_document(small_pack(), template))
    assert made.styles["Caption"].type == WD_STYLE_TYPE.PARAGRAPH
    bullets = [one for one in made.paragraphs if one.style and one.style.name == "List Bullet"]
    assert len(bullets) == 2


def test_headings_that_a_template_numbers_itself_get_no_second_number() -> None:
    document = draw_document(small_pack(), own_template(numbered=("Heading 1",)))
    assert contents(document)[0][0] == "Summary"


def test_a_file_that_is_no_template_is_refused_in_words() -> None:
    for wrong in (b"", b"PK\x03\x04", b"<html>"):
        with pytest.raises(TemplateRefused, match="not a Word template"):
            draw_document(small_pack(), wrong)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_seventy_measures_stand_on_two_sheets_of_the_summary(tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(draw_document(large_pack(70, pages=False)))
    own = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    order = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*order, str(file)], check=True, capture_output=True, timeout=180)
    asked = ["pdfinfo", "-f", "1", "-l", "99", str(tmp_path / "paper.pdf")]
    facts = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+)", facts)
    assert [float(wide) > float(tall) for wide, tall in sizes].count(True) == 2


def test_a_pack_of_seventy_measures_has_seventy_charts() -> None:
    assert len(charts(draw_document(large_pack(70)))) == 70
