"""A pack as a Word document: headings, contents, charts that can be edited, tables."""

import datetime as dt
import io
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError

from dashboard.packs.document.body import Body
from dashboard.packs.document.sheets import ready_sheets
from dashboard.packs.document.styles import ready_styles
from dashboard.packs.pack import Pack
from dashboard.packs.package import TemplateRefused, as_document, fixed_package
from dashboard.packs.slides.plain import plain_pack

_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_REFUSED: Final = "This is not a Word template (.dotx) or document (.docx)."


def draw_document(pack: Pack, template: bytes | None = None) -> bytes:
    """The whole paper as .docx; the same pack and template give the same bytes.

    Args:
        template: an area's own .dotx or .docx, whose styles, paper, head and foot are used.

    Raises:
        TemplateRefused: the template is neither.
    """
    said, own = plain_pack(pack), template is None
    document = docx.Document() if template is None else _open(template)
    _forget_pictures(document)
    styles = ready_styles(document, own)
    sheets = ready_sheets(document, said, styles, own)
    Body(document, said, styles, sheets).write()
    _set_properties(document, said)
    made = io.BytesIO()
    document.save(made)
    return fixed_package(made.getvalue(), pack.published_on)


def _open(template: bytes) -> Document:
    try:
        content = as_document(template, f"{_MAIN}template.main+xml", f"{_MAIN}document.main+xml")
        return docx.Document(io.BytesIO(content))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as fault:
        raise TemplateRefused(_REFUSED) from fault


def _forget_pictures(document: Document) -> None:
    """The small picture of a first page: of another paper."""
    links: dict[str, Any] = document.part.package.rels
    for number, link in list(links.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            links.pop(number)


def _set_properties(document: Document, pack: Pack) -> None:
    day = dt.datetime.combine(pack.published_on, dt.time())
    about = document.core_properties
    about.title, about.subject = pack.title[:255], pack.edition[:255]
    about.author = about.last_modified_by = pack.partnership[:255]
    about.created = about.modified = day
    about.language, about.revision = "en-GB", 1
    about.comments = about.keywords = about.category = ""
