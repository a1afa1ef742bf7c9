"""The picture card for the Local Offer: small, labelled, true for as long as it is kept."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from PIL import Image

from dashboard.public.easy_read.card import TALL, WIDE, card_png, card_svg
from tests.public.family_pages import easy_read

_SVG = "{http://www.w3.org/2000/svg}"


def test_the_card_says_what_the_pages_are_and_of_when() -> None:
    drawn = ET.fromstring(card_svg(easy_read()))
    words = [text.text for text in drawn.iter(f"{_SVG}text")]
    assert words[0] == "SEND in Darlington: Summer 2026"
    assert str(drawn.get("aria-label")).startswith(words[0])
    assert words[2] == "OpenMoji, CC BY-SA 4.0"


def test_the_card_has_no_number_that_can_grow_old() -> None:
    drawn = ET.fromstring(card_svg(easy_read()))
    sentence = [text.text or "" for text in drawn.iter(f"{_SVG}text")][1]
    assert not re.search(r"\d", sentence)


def test_both_cards_are_light() -> None:
    svg = card_svg(easy_read())
    assert len(svg.encode()) <= 15_000
    assert len(card_png(svg)) <= 15_000


@pytest.mark.parametrize(
    "title", ["SEND in Bournemouth, Christchurch and Poole: Summer 2026", "A & B <c>: Summer 2026"]
)
def test_any_name_fits_on_the_card(title: str) -> None:
    png = Image.open(BytesIO(card_png(card_svg(easy_read(title=title)))))
    assert png.size == (WIDE, TALL)
    beside_the_edge = [png.getpixel((WIDE - 12, down)) for down in range(30, TALL - 30)]
    assert len(set(beside_the_edge)) == 1  # no letter has run over


def test_the_same_content_gives_the_same_card() -> None:
    assert card_png(card_svg(easy_read())) == card_png(card_svg(easy_read()))
