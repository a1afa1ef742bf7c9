"""Pages for everyone of both areas, as small as they can be."""

from dataclasses import replace

from dashboard.public.storing import keep_bundle
from dashboard.publication.before import NOTHING, pack_decided
from schemas.database import Database
from tests.public.small_publications import bundle, published, small_files
from tests.staff.people import DARLINGTON, DURHAM

SLUGS = {DARLINGTON: "darlington", DURHAM: "county-durham"}


def give_pages(database: Database, year: str) -> None:
    """An edition of the summer term of a year, such as `2026-27`, in each area."""
    for code, slug in SLUGS.items():
        version = published(database, f"{year} summer", 1, code)
        files = small_files(f"SEND in {slug}")
        pages = bundle(version, f"{year}-summer-v1.0", code, files=files)
        with database.writing() as connection:
            keep_bundle(connection, replace(pages, figures=pack_decided(NOTHING)))
