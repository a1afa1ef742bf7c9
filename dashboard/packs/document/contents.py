"""The contents as a field that the program can make anew, with its lines already there."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.packs.document.styles import Styles
from dashboard.packs.document.wording import TAB, bookmarked, linked, para, run

_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True)
class Heading:
    """A heading of the first or second level; `number` is `2`, `2.1`, "" where a template has
    numbers of its own."""

    level: int
    number: str
    title: str
    name: str


def contents(headings: Sequence[Heading], styles: Styles) -> str:
    """A list with the numbers of the headings, each line leading to its place. Page numbers come
    when the program makes the list anew: only it knows where its pages end."""
    title = para(styles["TOC Heading"], run("Contents"), look="<w:pageBreakBefore/>")
    lines = []
    for place, one in enumerate(headings):
        number = run(one.number) + TAB if one.number else ""
        line = linked(one.name, number + run(one.title))
        lines.append(para(styles[f"toc {one.level}"], "" if place else _BEGIN, line))
    listed = "".join(lines) or para("", _BEGIN)
    gallery = '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    return (
        f"<w:sdt><w:sdtPr><w:docPartObj>{gallery}</w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{title}{listed}{para('', _END)}</w:sdtContent></w:sdt>"
    )


def heading(one: Heading, place: int, styles: Styles, new_sheet: bool) -> str:
    """The heading itself, which its line of the contents leads to."""
    content = bookmarked(place, one.name, run(one.title))
    look = "<w:pageBreakBefore/>" if new_sheet else ""
    return para(styles[f"heading {one.level}"], content, look=look)
