"""The OpenAPI description of the API, with examples from one publication."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dashboard.public.api import API_VERSION
from dashboard.public.api.records import Record
from dashboard.public.api.shapes import Schema, schemas
from dashboard.public.bundle import EDITION
from dashboard.public.release import PublicRelease

_FIRST = 2  # entries of a list that an example shows
_INTRO = (
    "Published measures of special educational needs and disabilities, as JSON. Read only, "
    "without a key, for everyone. Each document stands at two addresses: the area’s own, which "
    "always has the newest edition, and that of its edition, which never changes. A figure that is "
    "not a number has a symbol that says why: `c` is hidden to protect privacy."
)


class _Resource(NamedTuple):
    """A document of the API. `folder` is that of its example among the documents of a release."""

    path: str
    name: str
    summary: str
    schema: str
    folder: str | None


_AREAS = _Resource("/api/v1/areas", "areas", "The areas that have published", "AreasList", None)
_VERSIONS = _Resource(
    "/api/v1/areas/{area}/versions",
    "versions",
    "Every edition of an area, the newest first",
    "VersionsList",
    None,
)
_DOCUMENTS = (
    ("", "area", "An area’s publication, and where everything of it stands", "AreaDocument"),
    ("measures/", "measures", "Every measure with its newest figure", "MeasuresDocument"),
    ("measures/{measure}/", "measure", "A definition and all its figures", "MeasureDocument"),
    ("periods/", "periods", "The times that figures are about", "PeriodsDocument"),
    ("breakdowns/", "breakdowns", "The groups that figures are about", "BreakdownsDocument"),
    ("figures/", "figures", "Every figure of every measure", "FiguresDocument"),
)


def describe(release: PublicRelease, documents: Mapping[str, Record]) -> Record:
    """OpenAPI 3.1.

    Args:
        documents: those of the release by folder; the examples are cut from them.
    """
    settings = release.area.public
    assert settings is not None
    measure = _example_measure(release)
    licence = {"name": settings.licence, "url": settings.licence_address}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "SEND data",
            "version": API_VERSION,
            "summary": "Published measures of special educational needs and disabilities",
            "description": _INTRO,
            "license": licence,
        },
        "servers": [{"url": "/"}],
        "security": [],
        "paths": {
            one.path: {"get": _operation(one, documents, measure)} for one in _resources(measure)
        },
        "components": {
            "parameters": _parameters(release, measure),
            "responses": _problems(),
            "schemas": schemas(),
        },
    }


def _example_measure(release: PublicRelease) -> str:
    """One that has figures, where any has."""
    held = (one.measure_id for one in (*release.own, *release.beside))
    return next(held, next(iter(release.measures), "measure"))


def _resources(measure: str) -> Iterator[_Resource]:
    yield _AREAS
    yield _VERSIONS
    for rest, name, summary, schema in _DOCUMENTS:
        folder = rest.replace("{measure}", measure)
        yield _Resource(f"/api/v1/areas/{{area}}/{rest}", name, summary, schema, folder)
        path = f"/api/v1/areas/{{area}}/versions/{{edition}}/{rest}"
        yield _Resource(path, f"{name}_of_edition", f"{summary}, of one edition", schema, folder)


def _operation(one: _Resource, documents: Mapping[str, Record], measure: str) -> Record:
    names = [name for name in ("area", "edition", "measure") if f"{{{name}}}" in one.path]
    content: Record = {"schema": {"$ref": f"#/components/schemas/{one.schema}"}}
    if one.folder is not None and one.folder in documents:
        content["example"] = _cut(documents[one.folder])
    headers = {"ETag": {"description": "Names exactly these bytes", "schema": {"type": "string"}}}
    answers: Record = {
        "200": {
            "description": one.summary,
            "headers": headers,
            "content": {"application/json": content},
        },
        "304": {"description": "What you have is what there is"},
        "405": {"$ref": "#/components/responses/Unoffered"},
    }
    if names:
        answers["404"] = {"$ref": "#/components/responses/Missing"}
        answers["410"] = {"$ref": "#/components/responses/Withdrawn"}
    return {
        "operationId": f"get_{one.name}",
        "summary": one.summary,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
        "responses": dict(sorted(answers.items())),
    }


def _cut(document: Record) -> Record:
    """A document with the first entries of its lists."""
    return {
        name: value[:_FIRST] if isinstance(value, list) else value
        for name, value in document.items()
    }


def _parameters(release: PublicRelease, measure: str) -> Record:
    told = (
        ("area", "An area by its name, as /api/v1/areas lists it", "[a-z0-9-]+", release.area.slug),
        ("edition", "An edition by its name, as versions lists it", EDITION, release.name),
        ("measure", "A measure by its id, which stays the same", "[a-z0-9_]+", measure),
    )
    return {name: _parameter(name, about, f"^{shape}$", eg) for name, about, shape, eg in told}


def _parameter(name: str, about: str, pattern: str, example: str) -> Record:
    schema: Schema = {"type": "string", "minLength": 1, "pattern": pattern}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": schema,
        "example": example,
    }


def _problems() -> dict[str, Any]:
    return {
        "Missing": _problem("There is no such area, edition or measure"),
        "Unoffered": _problem("Only reading is offered")
        | {"headers": {"Allow": {"description": "What is", "schema": {"type": "string"}}}},
        "Withdrawn": _problem("The edition was withdrawn; nothing should be based on it"),
    }


def _problem(said: str) -> Record:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": said, "content": {"application/problem+json": {"schema": schema}}}
