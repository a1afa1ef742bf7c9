"""A release as small as the checks let one be: one sheet, three measures, a handful of figures."""

import datetime as dt
from functools import cache
from types import MappingProxyType

from dashboard.access.person import Person
from dashboard.releases.storing import attest
from dashboard.releases.versions import Version, get_latest_version
from dashboard.settings import Settings
from loaders.definitions import Definitions
from loaders.load import store
from loaders.prepare import Prepared, prepare
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from tests import builders as b
from tests.staff.people import DARLINGTON

TERM = "2025-26 autumn"
TODAY = dt.date(2026, 1, 20)
PLACES = 3_957  # in the file number 0; number n has n more
_KINDS = ("Special school: maintained", "Special school: independent")


@cache
def small_settings(for_everyone: bool = False) -> Settings:
    """Darlington as an area that sends one sheet, to its partners only unless told otherwise."""
    measures = {m.id: m for m in load_measures().values() if m.source.extract == "special_places"}
    area = load_area_settings()[DARLINGTON].model_copy(
        update={"extracts": ("special_places",), "sends": (), "targets": {}}
    )
    if not for_everyone:
        area = area.model_copy(update={"public": None})
    return Settings(
        areas=MappingProxyType({DARLINGTON: area}),
        measures=MappingProxyType(measures),
        notes=(),
        today=lambda: TODAY,
    )


@cache
def small_file(number: int, status: str = "final") -> Prepared:
    """One file, read and found right; each number has other bytes and other figures."""
    rows = [
        {"school_type": kind, "places": PLACES + number, "roll": PLACES - 10} for kind in _KINDS
    ]
    content = b.workbook(
        b.sheets(special_places=b.rows("special_places", *rows)), {"Status": status}
    )
    real = Definitions.real()
    known = Definitions(real.measures, real.extracts, TODAY)
    prepared = prepare(content, f"{number}.xlsx", Sender("test"), lambda: known)
    assert prepared.can_be_stored, prepared.report
    return prepared


def load_small(
    database: Database, number: int, sender: Person | None = None, status: str = "final"
) -> Version:
    """Stores a file; with a sender, who answers for it, as accepting it does."""
    with database.writing() as connection:
        stored = store(connection, small_file(number, status))
        if sender and stored.file_id is not None:
            attest(connection, sender, stored.file_id)
        found = get_latest_version(connection, DARLINGTON, TERM)
    assert found is not None
    return found
