"""Office files are zip packages: the same content gives the same bytes, whenever it is written."""

import datetime as dt
import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_TYPES = "[Content_Types].xml"  # stands first, where programs that read streams look for it
_OLDEST = 1980  # the first year that a zip file can hold


class TemplateRefused(Exception):
    """An area's own template that cannot be used; its words say what to do."""


def fixed_package(data: bytes, day: dt.date) -> bytes:
    """The same package with its members in order of their names, all of them dated `day`."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(made, "w", ZIP_DEFLATED) as fixed:
        for name in sorted(package.namelist(), key=lambda name: (name != _TYPES, name)):
            member = ZipInfo(name, (max(day.year, _OLDEST), day.month, day.day, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16  # as it would be were it written straight in
            fixed.writestr(member, package.read(name))
    return made.getvalue()


def as_document(data: bytes, template: str, document: str) -> bytes:
    """The package with the content type of its main part changed from `template` to `document`:
    python-pptx and python-docx read no templates. One that is a document already stays as it is."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(made, "w", ZIP_DEFLATED) as changed:
        for name in package.namelist():
            content = package.read(name)
            if name == _TYPES:
                content = content.replace(template.encode(), document.encode())
            changed.writestr(name, content)
    return made.getvalue()
