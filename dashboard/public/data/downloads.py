"""Files that people take away: what they are called, and links that say kind and size."""

from dataclasses import dataclass

from dashboard.public.files import PublicFile
from dashboard.words.values import file_size, number

CSV, JSON = "text/csv", "application/json"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
_NAMES = {CSV: "CSV", JSON: "JSON", XLSX: "Excel", ZIP: "ZIP"}
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Link:
    """`url` is relative to the page it stands on."""

    url: str
    words: str


def download(one: PublicFile, about: str, up: str = "") -> Link:
    """`All figures (CSV, 7.0 MB)`.

    Args:
        up: the way from the page to the door, such as `../`.
    """
    name = one.path.removeprefix(f"{one.door}/")
    return Link(f"{up}{name}", f"{about} ({_NAMES[one.kind]}, {size_words(len(one.body))})")


def size_words(size: int) -> str:
    """`340 bytes`, `1.2 KB`, `7.0 MB`."""
    return f"{number(size / _MEGABYTE, 1)} MB" if size >= _MEGABYTE else file_size(size)
