"""Who is looking: every query takes one, and shows only what that person may see."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Viewer:
    """`partner` sees what is published; `staff` see drafts as well. `Viewer(preview=7)` sees what
    is published and release version 7 as if it were published too."""

    drafts: bool = False
    preview: int = 0
    partner: ClassVar["Viewer"]
    staff: ClassVar["Viewer"]


Viewer.partner = Viewer()
Viewer.staff = Viewer(drafts=True)
