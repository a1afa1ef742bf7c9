"""`datapackage.json`: the files of a publication as the Frictionless standard describes them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.downloads.separated import Rows
from dashboard.public.data.about import licence_code, made_at, settings_of
from dashboard.public.data.long import COLUMNS
from dashboard.public.data.tidy import TidyTable
from dashboard.public.files import DATA, PublicFile, door_address
from dashboard.public.release import PublicRelease
from schemas.symbol import Symbol

_NUMBERS = ("numerator", "denominator", "value")
_DATES = ("period_start", "period_end", "as_at_on")
_WHOLE = ("definition_version",)
_TRUTHS = ("unreliable", "rounded", "invented")
_SYMBOLS = ["", *(symbol.value for symbol in Symbol)]
Fields = list[dict[str, Any]]


def package_json(release: PublicRelease, resources: Iterable[Mapping[str, Any]]) -> bytes:
    settings = settings_of(release)
    code = licence_code(release)
    licence = {"title": settings.licence, "path": settings.licence_address}
    home = f"{settings.address}{door_address(DATA, release.area.slug, release.name)}"
    facts: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"send-{release.area.slug}",
        "title": f"SEND in {release.area.name}",
        "description": (
            "Figures on special educational needs and disabilities, after disclosure control, with "
            "published figures of England, the region and statistical neighbours."
            + (" The area’s own figures are invented sample data." if release.invented else "")
        ),
        **({"homepage": home} if settings.address else {}),
        "version": release.name,
        "created": f"{made_at(release).isoformat()}Z",
        "keywords": ["SEND", "EHC plans", "open data", release.area.name],
        "licenses": [{"name": code, **licence} if code else licence],
        "sources": [{"title": title} for title in _titles(release)],
        "contributors": [{"title": release.area.partnership, "role": "publisher"}],
        "resources": list(resources),
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def _titles(release: PublicRelease) -> Sequence[str]:
    return sorted({one.source for one in (*release.own, *release.beside)})


def long_resource(file: PublicFile) -> dict[str, Any]:
    fields = [_long_field(name, words) for name, words in COLUMNS.items()]
    about = "Every figure, one a row, with names and words"
    return _resource(file, "all-figures", about, fields, [""])


def _long_field(name: str, words: str) -> dict[str, Any]:
    kind = "string"
    if name in _NUMBERS:
        kind = "number"
    elif name in _DATES:
        kind = "date"
    elif name in _WHOLE:
        kind = "integer"
    if name in _TRUTHS:
        truth = {"trueValues": ["yes"], "falseValues": ["no"]}
        return {"name": name, "type": "boolean", "description": words, **truth}
    return {"name": name, "type": kind, "description": words}


def plain_resource(file: PublicFile, name: str, about: str, rows: Rows) -> dict[str, Any]:
    """A table of words, such as the dictionary."""
    kinds = {"decimals": "integer", "version": "integer", "next_review": "date"}
    fields = [{"name": one, "type": kinds.get(one, "string")} for one in rows.headings]
    return _resource(file, name, about, fields, [""])


def tidy_resource(file: PublicFile, table: TidyTable) -> dict[str, Any]:
    """A file in the DfE’s layout: numbers where the symbols count as missing."""
    labels = {one.name: one for one in table.indicators}
    items = {one.name: one for one in table.filters}
    fields: Fields = []
    for name in table.data.headings:
        if name in labels:
            title = labels[name].label
            fields.append({"name": name, "type": "number", "title": title})
        elif name in items:
            enum = {"enum": list(items[name].items)}
            title = items[name].label
            fields.append({"name": name, "type": "string", "title": title, "constraints": enum})
        else:
            fields.append({"name": name, "type": "string"})
    return _resource(file, table.name, table.about, fields, _SYMBOLS)


def _resource(
    file: PublicFile, name: str, about: str, fields: Fields, missing: list[str]
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": file.path.removeprefix(f"{DATA}/"),
        "title": about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file.body),
        "hash": f"sha256:{hashlib.sha256(file.body).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {"fields": fields, "missingValues": missing},
    }
