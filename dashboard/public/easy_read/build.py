"""All files of the family pages of one publication: pages, papers, card, and what they load."""

import datetime as dt
from collections.abc import Iterator

from dashboard.public.easy_read.card import card_png, card_svg
from dashboard.public.easy_read.content import EasyRead
from dashboard.public.easy_read.html import draw_pages
from dashboard.public.easy_read.paper import draw_papers
from dashboard.public.easy_read.shelf import addresses, shelve
from dashboard.public.easy_read.topics import build_content
from dashboard.public.files import EASY_READ, PublicFile
from dashboard.public.release import PublicRelease


def build_files(release: PublicRelease, today: dt.date) -> Iterator[PublicFile]:
    """Every file of the door `easy-read`; the same release and day give the same bytes.

    Raises:
        TemplateMisfit: when a sentence does not fit the figures, so that publication stops.
    """
    yield from draw_files(release, build_content(release, today))


def draw_files(release: PublicRelease, content: EasyRead) -> Iterator[PublicFile]:
    """The same from content that is already there."""
    shelf = shelve(content)
    papers = dict(draw_papers(release, content))
    sizes = {path: len(body) for path, body in papers.items()}
    for path, page in draw_pages(release, content, addresses(shelf), sizes):
        yield _file(path, "text/html", page.encode())
    for path, body in papers.items():
        yield _file(path, "application/pdf", body)
    card = card_svg(content)
    yield _file("card.svg", "image/svg+xml", card.encode())
    yield _file("card.png", "image/png", card_png(card))
    yield from {file.path: file for file in shelf.values()}.values()


def _file(path: str, kind: str, body: bytes) -> PublicFile:
    return PublicFile(f"{EASY_READ}/{path}", kind, body)
