"""The API: documents that say what they are, link to what is there, and hide what is hidden."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.public.api import API_VERSION
from dashboard.public.api.build import build_files, json_bytes
from dashboard.public.files import PublicFile
from dashboard.public.release import LeftOut, PublicRelease
from tests.public.builders import figure, release
from tests.public.small_publications import bundle

ENGLAND = "E92000001"
DFE = "Department for Education, Education, health and care plans"
EDITION = "/api/v1/areas/darlington/versions/2025-26-summer-v1.0/"
MEASURE = "ehcp_20w_excl"


def some() -> PublicRelease:
    return release(
        figure(),
        figure(breakdown="phase", category="primary", symbol="c"),
        figure(area_code=ENGLAND, source=DFE, version="2026", invented=False, value=46.4),
        left_out=(LeftOut(MEASURE, "primary_need", "Too few children have each need."),),
    )


def read(files: Iterator[PublicFile]) -> dict[str, Any]:
    """Each document by its bundle path."""
    return {one.path: json.loads(one.body) for one in files}


@pytest.fixture(scope="module")
def documents() -> dict[str, Any]:
    return read(build_files(some()))


def test_there_is_a_document_for_every_measure_and_list(documents: dict[str, Any]) -> None:
    lists = ("measures/", "periods/", "breakdowns/", "figures/", "")
    measures = [f"measures/{one}/" for one in some().measures]
    wanted = {f"api/{folder}index.json" for folder in (*lists, *measures)}
    assert set(documents) == wanted | {"api/openapi.json"}


def test_every_document_says_which_edition_of_which_area_it_is(documents: dict[str, Any]) -> None:
    for path, document in documents.items():
        if path != "api/openapi.json":
            assert document["api_version"] == API_VERSION
            assert (document["area_code"], document["edition"]) == (
                "E06000005",
                "2025-26-summer-v1.0",
            )
            assert document["invented"] is True
            here = path.removeprefix("api/").removesuffix("index.json")
            assert document["links"]["self"] == EDITION + here
            assert document["links"]["latest"] == f"/api/v1/areas/darlington/{here}"


def test_every_link_within_the_edition_leads_to_a_document(documents: dict[str, Any]) -> None:
    links = re.findall(rf'"({EDITION}[^"]*)"', json.dumps(documents))
    assert len(set(links)) > len(some().measures)
    for link in links:
        assert f"api/{link.removeprefix(EDITION)}index.json" in documents, link


def test_a_hidden_figure_is_null_and_says_why(documents: dict[str, Any]) -> None:
    figures = documents[f"api/measures/{MEASURE}/index.json"]["figures"]
    hidden = [one for one in figures if one["symbol"]]
    assert [(one["category"], one["symbol"]) for one in hidden] == [("primary", "c")]
    assert hidden[0]["value"] is None
    assert hidden[0]["numerator"] is None
    assert "value" in hidden[0]


def test_a_number_left_beside_a_hiding_symbol_is_in_no_byte() -> None:
    leaky = figure(symbol="c", numerator=3.25, value=7.75)
    text = b"".join(one.body for one in build_files(release(leaky)))
    assert b"7.75" not in text
    assert b"3.25" not in text


def test_a_measure_has_its_definition_and_all_its_figures(documents: dict[str, Any]) -> None:
    document = documents[f"api/measures/{MEASURE}/index.json"]
    assert document["measure"]["definition_version"] == some().measures[MEASURE].version
    assert document["measure"]["can_mislead"]
    assert [one["value"] for one in document["figures"]] == [50, None, 46.4]
    assert [one["area_code"] for one in document["areas"]] == ["E06000005", ENGLAND]
    assert document["left_out"] == [
        {"breakdown": "primary_need", "words": "Too few children have each need."}
    ]


def test_every_figure_names_a_version_a_period_and_a_source_that_are_there(
    documents: dict[str, Any],
) -> None:
    periods = {one["period_id"] for one in documents["api/periods/index.json"]["periods"]}
    groups = {
        (one["breakdown"], one["category"])
        for one in documents["api/breakdowns/index.json"]["breakdowns"]
    }
    document = documents["api/figures/index.json"]
    sources = {one["source_id"] for one in document["sources"]}
    for one in document["figures"]:
        assert one["definition_version"] >= 1
        assert one["period_id"] in periods
        assert (one["breakdown"], one["category"]) in groups
        assert one["source_id"] in sources


def test_all_figures_are_those_of_the_measures_together(documents: dict[str, Any]) -> None:
    parts = [
        one
        for path, document in documents.items()
        if re.fullmatch(r"api/measures/\w+/index.json", path)
        for one in document["figures"]
    ]
    whole = documents["api/figures/index.json"]["figures"]
    assert sorted(map(json.dumps, parts)) == sorted(map(json.dumps, whole))


def test_the_list_of_measures_has_the_newest_figure_of_each(documents: dict[str, Any]) -> None:
    listed = {one["id"]: one for one in documents["api/measures/index.json"]["measures"]}
    assert listed[MEASURE]["newest"]["value"] == 50
    assert listed["ehcp_active"]["newest"] is None


def test_the_same_release_gives_the_same_bytes() -> None:
    once, again = ([one.body for one in build_files(some())] for _ in range(2))
    assert once == again


def test_what_is_no_number_in_json_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        json_bytes({"value": float("nan")})


def test_the_files_are_whole_as_a_publication() -> None:
    made = bundle(1, files=[*build_files(some())])
    assert {one.door for one in made.files} == {"api"}


def test_the_description_has_every_address_an_example_and_every_problem(
    documents: dict[str, Any],
) -> None:
    description = documents["api/openapi.json"]
    assert description["openapi"].startswith("3.1")
    assert description["info"]["version"] == API_VERSION
    for path, methods in description["paths"].items():
        assert set(methods) == {"get"}, path
        responses = methods["get"]["responses"]
        assert {"200", "304", "405"} <= set(responses)
        if "{area}" in path:
            assert {"404", "410"} <= set(responses)
    shown = description["paths"]["/api/v1/areas/{area}/measures/{measure}/"]["get"]
    example = shown["responses"]["200"]["content"]["application/json"]["example"]
    assert example["edition"] == "2025-26-summer-v1.0"


def test_every_reference_of_the_description_is_there(documents: dict[str, Any]) -> None:
    description = documents["api/openapi.json"]
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(description)):
        found = description
        for part in reference.split("/"):
            found = found[part]
        assert found


def test_every_document_has_what_its_schema_says_and_nothing_more(
    documents: dict[str, Any],
) -> None:
    """A second, simple reading of the schemas: the fields of each object, to the last."""
    schemas = documents["api/openapi.json"]["components"]["schemas"]
    named = {"": "Area", "measures/": "Measures", "figures/": "Figures"}
    named |= {"periods/": "Periods", "breakdowns/": "Breakdowns", f"measures/{MEASURE}/": "Measure"}
    for folder, name in named.items():
        document = documents[f"api/{folder}index.json"]
        assert list(_differences(schemas[f"{name}Document"], document, schemas)) == [], folder


def _differences(schema: dict[str, Any], value: Any, schemas: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if value is not None:
            yield from _differences(schema["anyOf"][0], value, schemas)
    elif "allOf" in schema:
        whole: dict[str, Any] = {"type": "object", "properties": {}}
        for part in schema["allOf"]:
            found = schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
            whole["properties"] |= found["properties"]
        yield from _differences(whole, value, schemas)
    elif schema.get("type") == "array":
        for one in value:
            yield from _differences(schema["items"], one, schemas)
    elif schema.get("type") == "object" and "properties" in schema:
        for name in set(schema["properties"]) ^ set(value):
            yield name
        for name in set(schema["properties"]) & set(value):
            yield from _differences(schema["properties"][name], value[name], schemas)
