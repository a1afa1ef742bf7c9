"""Which area a published row is about: the DfE's number first, then its code, then its name."""

from collections.abc import Mapping
from functools import cache

import polars as pl

from loaders.benchmarks.problems import Findings
from schemas.area import Area, Areas, load_areas
from schemas.text import plain

_COLUMNS = {
    "national": ("country_code", "country_name"),
    "regional": ("region_code", "region_name"),
    "localauthority": ("new_la_code", "old_la_code", "la_name"),
}


def with_area_codes(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The rows of DfE open data with `area_code`; rows of areas we do not know are left out.

    Needs `geographic_level`. Every area that is left out is named in the findings.
    """
    columns = ["geographic_level", *(c for cs in _COLUMNS.values() for c in cs)]
    present = [column for column in columns if column in table.columns]
    places = table.group_by(present).len("rows_of_area")
    codes = [_code_of(row, findings) for row in places.iter_rows(named=True)]
    places = places.with_columns(pl.Series("area_code", codes, dtype=pl.String))
    joined = table.join(
        places.drop("rows_of_area"), on=present, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.filter(pl.col("area_code").is_not_null())


def _code_of(row: Mapping[str, str | int | None], findings: Findings) -> str | None:
    level = plain(str(row["geographic_level"]))
    texts = [str(row.get(column) or "").strip() for column in _COLUMNS[level]]
    name, code = texts[-1], texts[0]
    old = texts[1] if level == "localauthority" else ""
    area = find_area(code, old, name)
    if old and _disagree(load_areas(), code, old):
        findings.note(f"{name}: number {old} and code {code} are of different areas in the file.")
    if area is None:
        label = " ".join(text for text in (name, code, old) if text) or "an area without a name"
        findings.unmatched[label] = findings.unmatched.get(label, 0) + int(row["rows_of_area"] or 0)
    return area.code if area else None


def _disagree(areas: Areas, code: str, old: str) -> bool:
    by_code, by_old = areas.get(code), areas.find(old_code=old)
    return by_code is not None and by_old is not None and by_code is not by_old


@cache
def find_area(code: str = "", old_code: str = "", name: str = "") -> Area | None:
    """The area; where number and code differ the name decides (a 2024-25 file swapped two)."""
    areas = load_areas()
    found = areas.find(code, old_code, name)
    by_code = areas.get(code)
    if found and by_code and by_code is not found and plain(by_code.name) == plain(name):
        return by_code
    return found
