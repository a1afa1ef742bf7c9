"""The methods note: what was done to the figures, said in full and in plain words."""

import io

import openpyxl

from dashboard.public.data.methods import method_sections
from dashboard.public.release import LeftOut, PublicRelease
from tests.public.builders import figure, release
from tests.public.data_samples import small_files, text_of


def _words(one: PublicRelease) -> str:
    return " ".join(words for section in method_sections(one) for words in section.paragraphs)


def test_the_rules_of_hiding_are_named() -> None:
    words = _words(release(figure()))
    assert "“t = 5”" in words
    assert "1 to 7 is hidden, and every other count is rounded to the nearest 5" in words
    assert "There is one symbol for all of these, c, “hidden to protect privacy”" in words


def test_everything_that_must_be_said_has_a_heading() -> None:
    ids = [section.id for section in method_sections(release(figure()))]
    assert ids == [
        "sources",
        "privacy",
        "left-out",
        "rounding",
        "periods",
        "beside",
        "uncertainty",
        "quality",
        "revisions",
        "next",
        "licence",
        "contact",
    ]


def test_what_was_left_out_is_named_with_its_reason() -> None:
    left_out = LeftOut("ehcp_20w_excl", "phase", "By phase is not shown: too few children.")
    assert "leaving out exceptions: By phase is not shown" in _words(
        release(figure(), left_out=(left_out,))
    )
    assert "nothing is left out in this way" in _words(release(figure()))


def test_ways_to_ask_are_those_of_the_settings() -> None:
    base = release(figure())
    assert base.area.public is not None
    public = base.area.public.model_copy(update={"comment_phone": "01325 000000"})
    area = base.area.model_copy(update={"public": public})
    assert "Phone: 01325 000000." in _words(release(figure(), area=area))


def test_every_section_can_be_linked_to() -> None:
    page = text_of(small_files()["data/methods/index.html"])
    for section in method_sections(release(figure())):
        assert f'href="#{section.id}"' in page
        assert f'<h2 id="{section.id}">' in page


def test_the_note_is_in_the_workbook_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(small_files()["data/all.xlsx"].body))
    headings = [row[0].value for row in book["Notes"].iter_rows(min_row=2)]
    assert headings[:2] == ["Where the figures come from", "How small numbers are kept safe"]
