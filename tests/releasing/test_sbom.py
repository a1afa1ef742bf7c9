"""The bill of materials lists all that is installed and carried, and says nothing of machines."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.releasing.carried import CARRIED
from tests.releasing.distributions import ROOT, find_needed, read_project
from tests.releasing.sbom import make_sbom


@pytest.fixture(scope="module")
def text() -> str:
    return make_sbom()  # which is held against the schema of CycloneDX


@pytest.fixture(scope="module")
def bill(text: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(text)
    return made


def test_every_installed_distribution_is_listed_with_version_and_licence(
    bill: dict[str, Any],
) -> None:
    listed = {one["name"].lower().replace("_", "-"): one for one in bill["components"]}
    for one in find_needed():
        found = listed.pop(one.name.replace("_", "-"))
        assert found["version"] == one.version
        assert found["purl"].startswith("pkg:pypi/")
        assert one.licence in json.dumps(found["licenses"])
    assert len(listed) == len(CARRIED)
    assert bill["metadata"]["component"]["version"] == read_project()["version"]


def test_what_is_carried_is_listed_with_its_files(bill: dict[str, Any]) -> None:
    listed = {one["name"]: one for one in bill["components"]}
    for one in CARRIED:
        files = [each["value"] for each in listed[one.name]["properties"]]
        assert files == one.paths()
        assert re.fullmatch("[0-9a-f]{64}", listed[one.name]["hashes"][0]["content"])


def test_everything_hangs_on_something(bill: dict[str, Any]) -> None:
    refs = {one["bom-ref"] for one in bill["components"]}
    wanted = {ref for one in bill["dependencies"] for ref in one["dependsOn"]}
    assert wanted == refs


def test_nothing_of_the_tests_is_in_it(bill: dict[str, Any]) -> None:
    names = {one["name"].lower() for one in bill["components"]}
    assert names.isdisjoint({"pytest", "mypy", "ruff", "playwright", "hypothesis", "cyclonedx-bom"})


def test_it_names_no_address_but_the_schema_s_and_no_place_on_this_machine(text: str) -> None:
    assert set(re.findall(r"\w+://[^/\"]*", text)) <= {"http://cyclonedx.org"}
    for place in (str(ROOT), str(Path.home()), "/tmp", "site-packages"):
        assert f"{place}/" not in text, place


def test_nothing_in_it_is_of_the_moment(bill: dict[str, Any]) -> None:
    """The same environment gives the same bill."""
    assert "serialNumber" not in bill
    assert "timestamp" not in bill["metadata"]
