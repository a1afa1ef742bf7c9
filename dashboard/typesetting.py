"""Papers set by Typst: tagged PDF, the same bytes for the same words on every machine."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from schemas.resources import resource_folder

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_STANDARD: Final = "ua-1"  # PDF/UA-1: Typst refuses to make what does not keep it


def set_paper(template: str, root: Path, data: Mapping[str, Any], day: dt.date) -> bytes:
    """One PDF. No text of the data is ever read as mark-up, and the fonts of the machine do not
    matter.

    Args:
        template: its path in `dashboard/templates/`.
        root: the folder whose pictures the template may show.
        day: the date in the file.
    """
    compiler = typst.Compiler(
        (_TEMPLATES / template).read_bytes(),
        root=root,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    made = compiler.compile(format="pdf", pdf_standards=_STANDARD, timestamp=moment)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    assets = resource_folder("assets")
    folders = [assets / "easy_read" / "fonts", assets / "fonts"]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
