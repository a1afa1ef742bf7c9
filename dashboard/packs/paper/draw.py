"""A pack as tagged A4 PDF, set by Typst."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Final

import typst

from dashboard.packs.pack import Pack
from dashboard.packs.paper.data import pack_on_paper
from schemas.resources import resource_folder

_TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "packs" / "pack.typ"
_STANDARD: Final = "ua-1"  # PDF/UA-1: Typst refuses to make what does not keep it


def draw_paper(pack: Pack) -> bytes:
    """The whole paper, A4: cover, contents, then each section; tables of all measures across.

    No text of the pack is read as mark-up: it goes to Typst as data. The fonts of the machine do
    not matter, and the same pack gives the same bytes.
    """
    day = dt.datetime.combine(pack.published_on, dt.time(), dt.UTC)
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=resource_folder("assets"),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(pack_on_paper(pack), ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=_STANDARD, timestamp=day)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    assets = resource_folder("assets")
    folders = [assets / "easy_read" / "fonts", assets / "fonts"]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
