"""The Explore Education Statistics API: a data set as a file, whole or for some areas only."""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from loaders.benchmarks.ees_http import EesHttp
from loaders.benchmarks.known import known
from loaders.benchmarks.load import BenchmarkLoad, load_benchmark_file
from loaders.benchmarks.recognise import recognise
from schemas.area import load_areas
from schemas.database import Database
from schemas.measure import Measure

Meta = Mapping[str, Any]
_PLACE = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "old_la_code",
    "la_name",
]


def load_data_set(
    database: Database,
    data_set_id: str,
    measures: Mapping[str, Measure],
    *,
    areas: Sequence[str] = (),
    api: EesHttp | None = None,
    release: str | None = None,
) -> BenchmarkLoad:
    """A data set from the API into the database, through the reader for files.

    The whole set is downloaded as CSV; with `areas` (codes) only England's, their regions' and
    their own rows are asked for, page by page.

    Raises:
        CannotReach: the API did not answer; the message says what a person can do.
        BenchmarkRefused: what it gave cannot be read.
    """
    api = api or EesHttp()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{data_set_id}.csv"
        if areas:
            write_rows(api, data_set_id, areas, path)
        else:
            api.download(f"data-sets/{data_set_id}/csv", path)
        return load_benchmark_file(database, path, measures, release=release)


def write_rows(api: EesHttp, data_set_id: str, areas: Sequence[str], path: Path) -> None:
    """The rows of England and these areas, as a file in the layout of DfE open data.

    Raises:
        BenchmarkRefused: its headings are none that are read here; no row is asked for.
    """
    meta = api.get(f"data-sets/{data_set_id}/meta")
    criteria = {"or": [{"geographicLevels": {"eq": "NAT"}}, *_of_areas(areas)]}
    columns = [one["column"] for one in (*meta["filters"], *meta["indicators"])]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*_PLACE, *columns], restval="")
        writer.writeheader()
        file.flush()
        recognise(path)
        for result in query(api, data_set_id, meta, criteria):
            writer.writerow(_as_row(result, meta))


def query(
    api: EesHttp, data_set_id: str, meta: Meta, criteria: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Every result of a question, page after page; values are texts, so `x` and `low` stay."""
    body = {
        "criteria": criteria,
        "indicators": [indicator["id"] for indicator in meta["indicators"]],
        "debug": False,
        "pageSize": known("data_sets")["page_size"],
    }
    page, pages = 1, 1
    while page <= pages:
        answer = api.post(f"data-sets/{data_set_id}/query", body | {"page": page})
        yield from answer["results"]
        page, pages = page + 1, int(answer["paging"]["totalPages"])


def find_data_sets(api: EesHttp, publication_id: str) -> list[tuple[str, str]]:
    """Id and title of every data set of a publication."""
    found: list[tuple[str, str]] = []
    page, pages = 1, 1
    while page <= pages:
        answer = api.get(f"publications/{publication_id}/data-sets", {"page": page, "pageSize": 20})
        found += [(one["id"], one["title"]) for one in answer["results"]]
        page, pages = page + 1, int(answer["paging"]["totalPages"])
    return found


def _of_areas(areas: Sequence[str]) -> list[dict[str, Any]]:
    """Each area and the region it lies in, by level and code."""
    levels = {"region": "REG", "local_authority": "LA"}
    found = [area for code in areas if (area := load_areas().get(code)) is not None]
    regions = [area for one in found if (area := load_areas().get(one.part_of)) is not None]
    every = {area.code: levels[area.level] for area in (*found, *regions) if area.level in levels}
    wanted = [{"level": level, "code": code} for code, level in sorted(every.items())]
    return [{"locations": {"in": wanted}}] if wanted else []


def _as_row(result: Mapping[str, Any], meta: Meta) -> dict[str, str]:
    names = known("data_sets")
    time = result["timePeriod"]
    level = result["geographicLevel"]
    row = {
        "time_period": _period(time["period"]),
        "time_identifier": names["times"].get(time["code"], time["code"]),
        "geographic_level": names["levels"].get(level, level),
    }
    row |= _place(result["locations"], meta)
    for one in meta["filters"]:
        labels = {option["id"]: option["label"] for option in one["options"]}
        row[one["column"]] = labels.get(result["filters"].get(one["id"]), "")
    for one in meta["indicators"]:
        row[one["column"]] = result["values"].get(one["id"], "x")
    return row


def _period(text: str) -> str:
    """`2018/2019` as the files write it, `201819`; `2024` as it is."""
    first, _, last = text.partition("/")
    return f"{first}{last[-2:]}"


def _place(locations: Mapping[str, str], meta: Meta) -> dict[str, str]:
    """Codes and names of the country, region and council of a result."""
    row: dict[str, str] = {}
    columns = {"NAT": "country", "REG": "region", "LA": "new_la"}
    for group in meta["locations"]:
        level = group["level"]["code"]
        if level not in columns or level not in locations:
            continue
        option = next(o for o in group["options"] if o["id"] == locations[level])
        name = "la_name" if level == "LA" else f"{columns[level]}_name"
        row |= {f"{columns[level]}_code": option.get("code", ""), name: option["label"]}
        if level == "LA":
            row["old_la_code"] = option.get("oldCode") or ""
    return row
