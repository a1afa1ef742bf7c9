"""Who is looking: every query takes one, and shows only what that person may see."""

from enum import Enum


class Viewer(Enum):
    """`partner` sees what is published; `staff` see drafts as well."""

    partner = "partner"
    staff = "staff"
