"""The star as files: a CSV of each table, one workbook of all, and what opens them in Power BI."""

import json
from collections.abc import Iterator

from dashboard.public.data.about import settings_of
from dashboard.public.data.downloads import size_words
from dashboard.public.data.render import page_file
from dashboard.public.files import DATA, PublicFile
from dashboard.public.power_bi.query import SORTED, partner_query, public_query
from dashboard.public.release import PublicRelease
from dashboard.public.star.dimensions import table_rows
from dashboard.public.star.shapes import TABLES, relations
from dashboard.public.star.star import public_star
from dashboard.public.star.workbook import KIND as XLSX
from dashboard.public.star.workbook import workbook_bytes
from dashboard.public.star.written import csv_pieces

CSV, JSON, TEXT = "text/csv", "application/json", "text/plain"
PLACE = "power-bi/"


def build_files(release: PublicRelease) -> Iterator[PublicFile]:
    """`data/tables/` and `data/power-bi/`. Without an address of the site there is no `.pbids`:
    such a file holds one whole address and nothing to fill in."""
    tables = [*_tables(release)]
    openers = [*_openers(release)]
    yield from tables
    yield from openers
    yield _page(release, {one.path: one for one in (*tables, *openers)})


def _tables(release: PublicRelease) -> Iterator[PublicFile]:
    star = public_star(release)
    for table in TABLES:
        body = b"".join(csv_pieces(table, table_rows(table, star)))
        yield PublicFile(f"{DATA}/tables/{table.file_name}", CSV, body)
    yield PublicFile(_workbook(release), XLSX, workbook_bytes(star))


def _openers(release: PublicRelease) -> Iterator[PublicFile]:
    area, address = release.area, settings_of(release).address
    if address:
        newest = f"{address}/{DATA}/{area.slug}/{_workbook(release).removeprefix(f'{DATA}/')}"
        yield PublicFile(f"{_name(release)}.pbids", JSON, _pbids(newest))
    queries = {
        "": public_query(area.name, address, area.slug),
        "-partners": partner_query(area.name, address, area.code),
    }
    for ending, query in queries.items():
        yield PublicFile(f"{_name(release)}{ending}.pq", TEXT, query.encode())


def _workbook(release: PublicRelease) -> str:
    return f"{DATA}/tables/send-{release.area.slug}-tables.xlsx"


def _name(release: PublicRelease) -> str:
    return f"{DATA}/{PLACE}send-{release.area.slug}"


def _pbids(address: str) -> bytes:
    """Power BI's file of a connection: one, of the kind “Web”, which opens the workbook."""
    details = {"protocol": "http", "address": {"url": address}, "authentication": None}
    connection = {"details": details | {"query": None}, "options": {}, "mode": "Import"}
    told = {"version": "0.1", "connections": [connection]}
    return f"{json.dumps(told, indent=2)}\n".encode()


def _page(release: PublicRelease, files: dict[str, PublicFile]) -> PublicFile:
    def link(path: str) -> tuple[str, str]:
        """Where it is from the page, and how large."""
        return f"../{path.removeprefix(f'{DATA}/')}", size_words(len(files[path].body))

    name = _name(release)
    return page_file(
        release,
        PLACE,
        "power_bi/index.html",
        title="Power BI",
        pbids=link(f"{name}.pbids") if f"{name}.pbids" in files else None,
        query=link(f"{name}.pq"),
        query_text=files[f"{name}.pq"].body.decode(),
        partner_query=link(f"{name}-partners.pq"),
        workbook=link(_workbook(release)),
        tables=[(one, *link(f"{DATA}/tables/{one.file_name}")) for one in TABLES],
        relations=[*relations()],
        sorted_by=SORTED,
    )
