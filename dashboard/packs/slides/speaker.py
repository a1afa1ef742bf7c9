"""Notes for the person who speaks to a slide: the sentence, where it is from, what is counted."""

from collections.abc import Iterator
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide

from dashboard.packs.pack import MeasurePage, Pack
from dashboard.packs.slides.text import Para, paragraphs_xml, words

_SIZE = 12.0


def write_notes(slide: Slide, pack: Pack, page: MeasurePage) -> None:
    """Printed notes stand alone, so they have the marking too."""
    place: Any = slide.notes_slide.notes_text_frame
    body = place._txBody
    for old in list(body.p_lst):
        body.remove(old)
    xml = f"<a:txBody {nsdecls('a', 'r')}>{paragraphs_xml([*_said(pack, page)])}</a:txBody>"
    for para in list(parse_xml(xml)):
        body.append(para)


def _said(pack: Pack, page: MeasurePage) -> Iterator[Para]:
    yield words(page.title, _SIZE, bold=True)
    yield words(page.sentence, _SIZE)
    yield words(f"Period: {page.about}", _SIZE)
    yield from (words(line, _SIZE) for line in page.sources)
    for heading, said in page.definition:
        yield words(f"{heading}: {said}", _SIZE)
    yield words(f"Definition version {page.definition_version}.", _SIZE)
    yield words(f"Permanent address: {page.url}", _SIZE)
    for line in (pack.marking, pack.invented):
        if line:
            yield words(line, _SIZE)
