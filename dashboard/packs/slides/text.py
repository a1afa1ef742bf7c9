"""Words on a slide as paragraphs of DrawingML, and the room they take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dashboard.packs.slides.letters import LINE, Letters

LANGUAGE: Final = "en-GB"
FLOOR = 12.0  # points: nothing a person reads is smaller, but in tables
_INDENT = 16.0


@dataclass(frozen=True)
class Run:
    """`colour` is six hexadecimal digits, the name of a theme's colour, or "" for that of the
    place. `link` is the id of a relationship; `jump` when it leads to another slide."""

    text: str
    bold: bool = False
    colour: str = ""
    link: str = ""
    jump: bool = False


@dataclass(frozen=True)
class Para:
    """Sizes and spaces in points."""

    runs: tuple[Run, ...]
    size: float = 16.0
    before: float = 0.0
    bullet: bool = False
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def indent(self) -> float:
        return _INDENT * (self.level + self.bullet)

    def smaller(self, by: float) -> "Para":
        """At the floor at the smallest."""
        return replace(self, size=max(self.size - by, min(self.size, FLOOR)))

    def height(self, letters: Letters, room: float) -> float:
        bold = any(run.bold for run in self.runs)
        lines = letters.wrap(self.text, self.size, room - self.indent, bold)
        return self.before + len(lines) * self.size * LINE


def words(text: str, size: float = 16.0, *, bold: bool = False, colour: str = "") -> Para:
    return Para((Run(text, bold, colour),), size)


def height_of(paras: Iterable[Para], letters: Letters, room: float) -> float:
    return sum(para.height(letters, room) for para in paras)


def paragraphs_xml(paras: Sequence[Para]) -> str:
    """At least one: a body of text without a paragraph is not allowed."""
    return "".join(_para(para) for para in paras) or f'<a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p>'


def fill_xml(colour: str) -> str:
    if not colour:
        return ""
    kind = "srgbClr" if len(colour) == 6 else "schemeClr"
    return f'<a:solidFill><a:{kind} val="{colour}"/></a:solidFill>'


def _para(para: Para) -> str:
    left, first = round(para.indent * 12_700), round(-_INDENT * 12_700) if para.bullet else 0
    before = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
    sign = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if para.bullet else "<a:buNone/>"
    look = f'<a:pPr marL="{left}" indent="{first}">{before}{sign}</a:pPr>'
    said = "".join(_run(run, para.size) for run in para.runs if run.text)
    # without words a line is as tall as its end says, else as the usual size
    end = f'<a:endParaRPr lang="{LANGUAGE}" sz="{round(para.size * 100)}"/>'
    return f"<a:p>{look}{said or end}</a:p>"


def _run(run: Run, size: float) -> str:
    look = f'lang="{LANGUAGE}" sz="{round(size * 100)}" b="{int(run.bold)}" dirty="0"'
    link = ""
    if run.link:
        action = ' action="ppaction://hlinksldjump"' if run.jump else ""
        link = f"<a:hlinkClick r:id={quoteattr(run.link)}{action}/>"
    look = f"<a:rPr {look}>{fill_xml(run.colour)}{link}</a:rPr>"
    return f"<a:r>{look}<a:t>{escape(run.text)}</a:t></a:r>"
