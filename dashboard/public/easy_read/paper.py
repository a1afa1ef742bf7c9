"""The family pages on paper: tagged A4 PDF, set from the same content by Typst."""

from collections.abc import Iterator

from dashboard.public.easy_read.content import EasyRead
from dashboard.public.easy_read.paper_data import Json, all_on_paper, topic_on_paper
from dashboard.public.easy_read.pictures import picture_folder
from dashboard.public.release import PublicRelease
from dashboard.typesetting import set_paper

ALL = "all.pdf"


def draw_papers(release: PublicRelease, content: EasyRead) -> Iterator[tuple[str, bytes]]:
    """Each paper's path below the door and the file: one of all pages, then one of each topic.

    The same release gives the same bytes.
    """
    yield ALL, _set(release, all_on_paper(release, content))
    for topic in content.topics:
        yield f"{topic.slug}/page.pdf", _set(release, topic_on_paper(release, content, topic))


def _set(release: PublicRelease, data: Json) -> bytes:
    return set_paper("easy_read/paper.typ", picture_folder(), data, release.published_on)
