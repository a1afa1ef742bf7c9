"""The styles a document is written in: ours, or an area's own with ours where it has none."""

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dashboard.packs.document.numbering import number_headings, start_bullets

_NAVY, _INK, _SOFT = "12436D", "0B0C0C", "484949"
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _gap(before: float, after: float, line: float = 1.1) -> str:
    spaces = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:spacing {spaces} w:line="{round(line * 240)}" w:lineRule="auto"/>'


def _words(points: float, colour: str = _INK, *, bold: bool = False) -> str:
    strong = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return f'{_FONT}{strong}<w:i w:val="0"/><w:color w:val="{colour}"/>{_size(points)}'


def _heading(level: int, points: float, before: float, after: float) -> tuple[str, str]:
    shape = f"<w:keepNext/><w:keepLines/>{_gap(before, after)}"
    return f'{shape}<w:outlineLvl w:val="{level - 1}"/>', _words(points, _NAVY, bold=True)


def _side(side: str, colour: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


_FRAME = "".join(_side(side, _NAVY, 12, 8) for side in ("top", "left", "bottom", "right"))
_INSIDE = '<w:ind w:left="190" w:right="190"/>'  # so that a frame stands in line with words
_WARM = (
    f"<w:pBdr>{_side('top', 'FFF4D6', 4, 5)}{_side('left', 'B58105', 24, 8)}"
    f"{_side('bottom', 'FFF4D6', 4, 5)}</w:pBdr>"
    '<w:shd w:val="clear" w:color="auto" w:fill="FFF4D6"/>'
)

# Name of a style in the file → its properties of paragraphs and of words.
_STYLES: Final[dict[str, tuple[str, str]]] = {
    "Normal": (_gap(0, 6, 1.15), _words(10.5)),
    "Title": (
        f"<w:pBdr>{_side('top', _NAVY, 36, 24)}</w:pBdr>{_gap(12, 6)}",
        _words(32, _NAVY, bold=True),
    ),
    "Subtitle": (_gap(0, 18), _words(16)),
    "heading 1": _heading(1, 22, 0, 10),
    "heading 2": _heading(2, 16, 10, 6),
    "heading 3": _heading(3, 12, 12, 4),
    "TOC Heading": (f"<w:keepNext/>{_gap(0, 10)}", _words(22, _NAVY, bold=True)),
    "toc 1": (
        f'<w:tabs><w:tab w:val="left" w:pos="480"/></w:tabs>{_gap(8, 2)}',
        _words(10.5, bold=True),
    ),
    "toc 2": (
        '<w:tabs><w:tab w:val="left" w:pos="1160"/></w:tabs>'
        f'{_gap(0, 1)}<w:ind w:left="1160" w:hanging="680"/>',
        _words(10.5),
    ),
    "caption": (f"<w:keepNext/>{_gap(6, 4)}", _words(9.5, bold=True)),
    "List Bullet": (_gap(0, 3, 1.15), _words(10.5)),
    "header": (_gap(0, 0), _words(8, _SOFT)),
    "footer": (_gap(0, 0), _words(8, _SOFT)),
    "Pack Partnership": (_gap(90, 18), _words(14, _SOFT)),
    "Pack Marking": (f"<w:pBdr>{_FRAME}</w:pBdr>{_gap(14, 16)}{_INSIDE}", _words(10.5, bold=True)),
    "Pack Notice": (f"{_WARM}{_gap(8, 12)}{_INSIDE}", _words(10.5)),
    "Pack Value": (f"<w:keepNext/>{_gap(0, 4)}", _words(18, _NAVY)),
    "Pack Comment": (
        f'<w:pBdr>{_side("left", _NAVY, 16, 8)}</w:pBdr>{_gap(0, 3)}<w:ind w:left="170"/>',
        _words(10.5),
    ),
    "Pack Chart": (f"{_gap(2, 8, 1)}", _words(10.5)),
    "Pack Small": (_gap(0, 3), _words(9)),
}
_USUAL = "Normal"


@dataclass(frozen=True)
class Styles:
    """The name of each style → its id in one document. `numbered` when its headings have our
    numbers, and a template has none of its own."""

    ids: dict[str, str]
    numbered: bool

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


def ready_styles(document: Document, own: bool) -> Styles:
    """Gives the document every style that a pack is written in.

    Args:
        own: whether it is ours, so that a style that is there gets our looks; an area's own keeps
            its looks.
    """
    styles = document.styles.element
    held = {_name(one).lower(): one for one in styles.findall(qn("w:style"))}
    for name, (shape, words) in _STYLES.items():
        there = held.get(name.lower())
        if there is not None and not own:
            continue
        made = _style(name, there, shape, words)
        if there is None:
            styles.append(made)
        else:
            styles.replace(there, made)
        held[name.lower()] = made
    start_bullets(document, held["list bullet"])
    numbered = number_headings(document, [held["heading 1"], held["heading 2"]])
    _speak_english(document)
    if own:
        _be_modern(document)
    ids = {name: str(held[name.lower()].get(qn("w:styleId"))) for name in _STYLES}
    return Styles(ids, numbered)


def _name(style: Any) -> str:
    named = style.find(qn("w:name"))
    return "" if named is None else str(named.get(qn("w:val")))


def _style(name: str, there: Any, shape: str, words: str) -> Any:
    ident = name.replace(" ", "").replace("heading", "Heading").replace("toc", "TOC")
    pair = ""
    if there is not None:
        ident = there.get(qn("w:styleId"))
        link = there.find(qn("w:link"))
        pair = "" if link is None else f'<w:link w:val="{link.get(qn("w:val"))}"/>'
    usual = name == _USUAL
    default = ' w:default="1"' if usual else ""
    custom = ' w:customStyle="1"' if name.startswith("Pack") else ""
    based = "" if usual else '<w:basedOn w:val="Normal"/>'
    follows = "" if usual else '<w:next w:val="Normal"/>'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{default}{custom} w:styleId="{ident}">'
        f'<w:name w:val="{name}"/>{based}{follows}{pair}<w:qFormat/>'
        f"<w:pPr>{shape}</w:pPr><w:rPr>{words}</w:rPr></w:style>"
    )


def _speak_english(document: Document) -> None:
    """The language that a screen reader reads the document in."""
    tongues = [*document.styles.element.iter(qn("w:lang"))]
    tongues += document.settings.element.iter(qn("w:themeFontLang"))
    for tongue in tongues:
        tongue.set(qn("w:val"), "en-GB")
    looks = document.styles.element.find(qn("w:docDefaults"))
    if looks is not None and looks.find(f".//{qn('w:lang')}") is None:
        for words in looks.iter(qn("w:rPr")):
            words.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))


def _be_modern(document: Document) -> None:
    """python-docx begins with a document of Word 2010, which Word opens in a mode of its own."""
    for one in document.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
