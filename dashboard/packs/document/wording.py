"""Paragraphs of WordprocessingML as text: every word of a pack escaped, none read as mark-up."""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

BREAK: Final = "<w:r><w:br/></w:r>"
TAB: Final = "<w:r><w:tab/></w:r>"
_COLOURS: Final = {"good": "0B5D3B", "bad": "9A2C00"}
WARNING: Final = "9A2C00"


def run(words: str, size: float = 0, *, bold: bool = False, colour: str = "") -> str:
    """`size` in points and `colour` in six hexadecimal digits; without, the style's own."""
    look = "<w:b/>" if bold else ""
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def tone_run(words: str, kind: str, size: float = 0) -> str:
    """A verdict's words, strong and coloured where it is good or bad, which the words say too."""
    return run(words, size, bold=kind in _COLOURS, colour=_COLOURS.get(kind, ""))


def para(style: str, *runs: str, look: str = "") -> str:
    """`style` is the id of a style, "" for the usual one; `look` is more paragraph properties."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    shaped = f"<w:pPr>{named}{look}</w:pPr>" if named or look else ""
    return f"<w:p>{shaped}{''.join(runs)}</w:p>"


def paras(style: str, all_words: Iterable[str]) -> str:
    return "".join(para(style, run(words)) for words in all_words)


def field(code: str, shown: str) -> str:
    """A field and what it shows until the program that opens the file works it out."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{escape(code)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def address(url: str) -> str:
    """A link where it is whole; a path, which no program can follow, as it is."""
    whole = url.startswith(("https://", "http://")) and '"' not in url
    return field(f'HYPERLINK "{url}"', url) if whole else run(url)


def bookmarked(number: int, name: str, content: str) -> str:
    """Content that a link inside the document can lead to."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def linked(name: str, content: str) -> str:
    """A link to a bookmark."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{content}</w:hyperlink>'
