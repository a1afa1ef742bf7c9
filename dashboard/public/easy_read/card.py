"""A tiny picture card for the Local Offer: it says what the pages are and leads people to them."""

import base64
from functools import cache
from html import escape

import resvg_py

from dashboard.public.easy_read.content import EasyRead
from dashboard.public.easy_read.pictures import LICENCE, MAKER, load_pictures
from dashboard.words.easy_read.catalogue import load_catalogue
from schemas.resources import resource_folder

WIDE, TALL = 400, 170
_FONT = "Arimo"
_ROOM, _LETTER = WIDE - 44, 0.56  # width for words; of a bold letter on average, to its size
_PICTURES = ("child", "plan", "clock")


def card_svg(content: EasyRead) -> str:
    """Title, one sentence and three pictures; no number, so that an old copy says nothing wrong."""
    sentence = load_catalogue(content.language).words["card"]
    said = escape(f"{content.title}. {sentence}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{TALL}" '
        f'viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{said}" '
        f'font-family="Arial, {_FONT}, sans-serif">'
        f'<rect x="2" y="2" width="{WIDE - 4}" height="{TALL - 4}" rx="20" fill="#f4f8fb" '
        'stroke="#12436d" stroke-width="4"/>'
        f"{_pictures()}"
        f"{_text(106, 22, content.title, '#12436d', 'bold')}"
        f"{_text(133, 18, sentence, '#0b0c0c')}"
        f"{_text(155, 12, f'{MAKER}, {LICENCE}', '#484949')}"
        "</svg>\n"
    )


def card_png(svg: str) -> bytes:
    """The same card as pixels; the fonts of the machine it is made on do not matter."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=_fonts(),
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
    )


def _pictures() -> str:
    return "".join(_picture(name, 16 + 72 * place) for place, name in enumerate(_PICTURES))


def _picture(name: str, left: int) -> str:
    """The whole unchanged file inside the card."""
    picture = load_pictures()[name]
    body = base64.b64encode(picture.body(picture.colour)).decode("ascii")
    place = f'x="{left}" y="12" width="66" height="66"'
    return f'<image {place} href="data:image/svg+xml;base64,{body}"/>'


def _text(down: int, size: int, words: str, colour: str, weight: str = "normal") -> str:
    fitting = min(size, _ROOM / (len(words) * _LETTER))
    look = f'font-size="{fitting:.4g}" font-weight="{weight}" fill="{colour}"'
    return f'<text x="22" y="{down}" {look}>{escape(words)}</text>'


@cache
def _fonts() -> list[str]:
    folder = resource_folder("assets") / "easy_read" / "fonts"
    return [str(path) for path in sorted(folder.glob("*.ttf"))]
