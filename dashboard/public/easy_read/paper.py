"""The family pages on paper: tagged A4 PDF, set from the same content by Typst."""

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import typst

from dashboard.public.easy_read.content import EasyRead
from dashboard.public.easy_read.paper_data import Json, all_on_paper, topic_on_paper
from dashboard.public.easy_read.pictures import picture_folder
from dashboard.public.release import PublicRelease
from schemas.resources import resource_folder

ALL = "all.pdf"
_TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "easy_read" / "paper.typ"
_STANDARD: Final = "ua-1"  # PDF/UA-1: Typst refuses to make what does not keep it


def draw_papers(release: PublicRelease, content: EasyRead) -> Iterator[tuple[str, bytes]]:
    """Each paper's path below the door and the file: one of all pages, then one of each topic.

    No text of the content is ever read as mark-up: it goes to Typst as data. The fonts of the
    machine do not matter, and the same release gives the same bytes.
    """
    day = dt.datetime.combine(release.published_on, dt.time(), dt.UTC)
    yield ALL, _set(all_on_paper(release, content), day)
    for topic in content.topics:
        yield f"{topic.slug}/page.pdf", _set(topic_on_paper(release, content, topic), day)


def _set(data: Json, day: dt.datetime) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=picture_folder(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=_STANDARD, timestamp=day)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    assets = resource_folder("assets")
    folders = [assets / "easy_read" / "fonts", assets / "fonts"]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
