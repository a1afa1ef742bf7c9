"""The data package: what Frictionless finds in it, and the ZIP beside it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from frictionless import Package
from frictionless.resources import TableResource

from tests.public.builders import figure, release
from tests.public.data_samples import Files, every_file, files_of, small_files


def _package(files: Files) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["data/datapackage.json"].body)
    return found


def _written(files: Files, folder: Path) -> Path:
    package = _package(files)
    for name in ("datapackage.json", *(one["path"] for one in package["resources"])):
        (folder / name).write_bytes(files[f"data/{name}"].body)
    return folder / "datapackage.json"


def test_frictionless_finds_every_file_valid(tmp_path: Path) -> None:
    report = Package(str(_written(every_file(), tmp_path))).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:20]
    assert report.stats["tasks"] == len(_package(every_file())["resources"])


def test_frictionless_sees_a_file_that_was_changed(tmp_path: Path) -> None:
    written = _written(small_files(), tmp_path)
    with (tmp_path / "all.csv").open("a") as file:
        file.write("one,more\r\n")
    assert not Package(str(written)).validate().valid


def test_a_hidden_number_is_a_missing_value_and_not_nought(tmp_path: Path) -> None:
    package = Package(str(_written(small_files(), tmp_path)))
    resource = package.get_resource("send-darlington-ehc-timeliness-terms")
    assert isinstance(resource, TableResource)
    rows = resource.read_rows()
    assert [row["ehcp_20w_excl_percent"] for row in rows] == [55, None, 50]


def test_it_says_whose_it_is_and_under_which_licence() -> None:
    found = _package(small_files())
    assert found["profile"] == "tabular-data-package"
    assert found["licenses"][0]["name"] == "OGL-UK-3.0"
    assert found["version"] == "2025-26-summer-v1.0"
    assert found["created"] == "2026-10-15T00:00:00Z"
    titles = [one["title"] for one in found["sources"]]
    assert titles == sorted(titles)
    assert "Darlington Borough Council" in titles
    assert "invented" in found["description"]


def test_without_an_address_of_the_site_it_has_no_home() -> None:
    assert "homepage" not in _package(small_files())


def test_with_one_its_home_is_the_edition() -> None:
    base = release(figure())
    assert base.area.public is not None
    public = base.area.public.model_copy(update={"address": "https://send.example.org"})
    area = base.area.model_copy(update={"public": public})
    found = _package(files_of(release(figure(), area=area)))
    home = "https://send.example.org/data/darlington/2025-26-summer-v1.0/"
    assert found["homepage"] == home


def test_the_zip_holds_the_files_of_the_dfes_layout_in_one_folder() -> None:
    archive = zipfile.ZipFile(io.BytesIO(small_files()["data/send-darlington.zip"].body))
    names = archive.namelist()
    assert names
    assert not [name for name in names if "/" in name]
    for name in names:
        assert archive.read(name) == small_files()[f"data/{name}"].body
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
