"""What a page says in words: text that is seen, heard or read out, and the numbers in it."""

import re
import subprocess
from html.parser import HTMLParser

_HEARD = ("alt", "aria-label", "aria-description", "aria-valuetext", "title", "content", "value")
_NO_NUMBERS = re.compile(
    r"20\d\d[/-]\d\d(?:\d\d)?|\d{1,2} (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?: 20\d\d)?|\b20\d\d\b"
    r"|v?\d+\.\d+ [KM]B|\d+ (?:[KM]?B|bytes)\b"
    r"|[Vv]ersion [\d.]+|E\d{8}|\b95%|\d+(?:st|nd|rd|th)\b|nearest 5\b",
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in _HEARD and value]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(" ".join(data.split()))


def words_of(page: str) -> list[str]:
    """Every text and every attribute that is read out, in order."""
    parser = _Words()
    parser.feed(page)
    return parser.said


def numbers_in(text: str) -> list[float]:
    """The numbers of a sentence; dates, sizes and editions are none."""
    plain = _NO_NUMBERS.sub(" ", text)
    return [float(number.replace(",", "")) for number in _NUMBER.findall(plain)]


def without_axes(page: str) -> str:
    """A page less the labels of its charts' axes and what is drawn."""
    return re.sub(r'<g fill="#484949">.*?</svg>', "</svg>", page, flags=re.S)


def sentences_of_pdf(body: bytes) -> list[str]:
    """The words of a PDF, a sentence each.

    Raises:
        FileNotFoundError: pdftotext is not installed (Debian: apt-get install poppler-utils).
    """
    read = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
    return re.split(r"(?<=[.?!]) ", " ".join(read.stdout.decode().split()))
