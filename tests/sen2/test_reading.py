"""The return as XML, as CSV modules, in a folder or a zip; and files that could do harm."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from loaders.sen2.derived import derive
from loaders.sen2.read_xml import read_xml
from loaders.sen2.rows import ReturnRefused
from loaders.sen2.specification import load_specification
from loaders.sen2.values import parse_day
from tests.sen2 import invented_return as invented
from tests.sen2.one_child import day, wanted, with_plan

SPECIFICATION = load_specification()


@pytest.fixture(scope="module")
def children() -> list[invented.Child]:
    return invented.invent_children(150)


@pytest.fixture(scope="module")
def rows(children: list[invented.Child], tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("xml") / "sen2.xml"
    path.write_bytes(invented.as_xml(children))
    return derive([path], wanted()).rows


def written(folder: Path, modules: dict[str, bytes]) -> list[Path]:
    for name, content in modules.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in modules]


def zipped(modules: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in modules.items():
            archive.writestr(f"return/{name}", text)
    return content.getvalue()


def test_modules_give_the_same_as_xml(
    children: list[invented.Child], rows: Any, tmp_path: Path
) -> None:
    files = written(tmp_path, invented.as_modules(children))
    assert derive(files, wanted()).rows == rows
    assert derive([tmp_path], wanted()).rows == rows


def test_a_zip_of_the_modules_or_of_the_xml(
    children: list[invented.Child], rows: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(invented.as_modules(children)))
    (tmp_path / "b.zip").write_bytes(zipped({"x.xml": invented.as_xml(children)}))
    assert derive([tmp_path / "a.zip"], wanted()).rows == rows
    assert derive([tmp_path / "b.zip"], wanted()).rows == rows


def test_headings_names_and_encodings_may_differ(
    children: list[invented.Child], rows: Any, tmp_path: Path
) -> None:
    """Underscores and capitals, semicolons, Windows-1252, day-first dates, plural file names."""
    for name, content in invented.as_modules(children).items():
        text = content.decode("utf-8-sig").replace(",", ";").replace("Invented-", "Inventé-")
        text = text.replace("persontableid", "Person_Table_ID").replace("startdate", "Start Date")
        short = name.rpartition("_")[2].replace("person.", "Persons.").replace("plan.", "_plan.")
        (tmp_path / short).write_bytes(text.encode("cp1252"))
    assert derive([tmp_path], wanted()).rows == rows


def test_a_namespace_a_wrapper_and_other_capitals_do_not_matter(
    children: list[invented.Child], rows: Any, tmp_path: Path
) -> None:
    text = invented.as_xml(children).decode()
    text = text.replace("<Message>", '<Message xmlns="urn:invented">')
    text = text.replace("<Requests>", "<SEN2details><Requests>")
    text = text.replace("</Requests>", "</Requests></SEN2details>")
    text = text.replace("SENsetting>", "SENSetting>")
    (tmp_path / "sen2.xml").write_text(text, encoding="utf-8")
    assert derive([tmp_path / "sen2.xml"], wanted()).rows == rows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-09-28", "2025-09-28"),
        ("2025-Sep-28 00:00:00", "2025-09-28"),
        ("2025-09-28T10:15:00", "2025-09-28"),
        ("28/09/2025", "2025-09-28"),
        ("28/9/2025 00:00", "2025-09-28"),
        ("09/28/2025", None),
        ("28 Sept", None),
        ("1025-01-01", None),
        ("2025-02-30", None),
    ],
)
def test_days(text: str, found: str | None) -> None:
    assert parse_day(text) == (day(found) if found else None)


def test_rows_that_belong_to_nothing_and_ids_that_repeat(
    children: list[invented.Child], tmp_path: Path
) -> None:
    modules = invented.as_modules(children)
    name = next(name for name in modules if name.endswith("_requests.csv"))
    lines = modules[name].splitlines(keepends=True)
    modules[name] = b"".join([*lines, lines[1], b"INV-R-x,INV-P-nobody,,1,0,,A,\r\n"])
    told = {one.rule: one.rows for one in derive(written(tmp_path, modules), wanted()).told}
    assert told["repeated_id"] == (len(lines) + 1,)
    assert told["belongs_to_nothing"] == (len(lines) + 2,)


BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><a>&secret;</a>'
DEEP = "<a>" * 40 + "</a>" * 40
LONG = f"<Persons><Person><PersonBirthDate>{'9' * 3000}</PersonBirthDate></Person></Persons>"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (BOMB, "document type or entities"),
        (OUTSIDE, "document type or entities"),
        ("<!DOCTYPE html><html></html>", "document type or entities"),
        ('<?xml version="1.0"?>\n<a>&hidden;</a>', "damaged near line 2"),
        ("<Persons><Person></Persons>", "damaged near line 1"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "damaged"),
        ("", "damaged"),
        (DEEP, "far more than a return"),
        (LONG, "far more than a return"),
        ("<Persons></Persons>", "no persons"),
    ],
)
def test_xml_that_could_harm_or_is_no_return_is_refused(text: str, part: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        if encoding == "utf-16" and ("encoding=" in text or not text):
            continue
        with pytest.raises(ReturnRefused, match=part) as refused:
            read_xml(text.encode(encoding), SPECIFICATION)
        assert refused.value.__suppress_context__ or refused.value.__context__ is None
        assert "hidden" not in str(refused.value)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"person.csv": b"0" * 200_000_000})
    (tmp_path / "a.zip").write_bytes(bomb)
    with pytest.raises(ReturnRefused, match="This zip is damaged"):
        derive([tmp_path / "a.zip"], wanted())


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda m: m.pop("Blade-Export_20-01-2026_senneed.csv"), "no file for sen_need"),
        (lambda m: m.update({"person.csv": b"persontableid\n"}), "two files of person"),
        (lambda m: m.update({"a.xml": b"<Persons/>"}), "one XML file, or the CSV"),
        (lambda m: m.clear(), "no SEN2 return here"),
        (
            lambda m: m.update({"Blade-Export_20-01-2026_person.csv": b"a,b\n1,2\n"}),
            "first row of the file of person",
        ),
        (
            lambda m: m.update(
                {"Blade-Export_20-01-2026_person.csv": b'persontableid,dob\n"1,2\n'}
            ),
            "file of person cannot be read",
        ),
        (
            lambda m: m.update({"Blade-Export_20-01-2026_person.csv": b"a\0b"}),
            "file of person is not a CSV",
        ),
    ],
)
def test_modules_that_do_not_make_a_return_are_refused(
    change: Any, part: str, children: list[invented.Child], tmp_path: Path
) -> None:
    modules = invented.as_modules(children)
    change(modules)
    written(tmp_path, modules)
    with pytest.raises(ReturnRefused, match=part):
        derive([tmp_path], wanted())


def test_a_term_that_the_return_does_not_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(invented.as_xml([with_plan()]))
    for term in ("Autumn 2024/25", "Spring 2025/26"):
        with pytest.raises(ReturnRefused, match="covers 1 January 2025 to 15 January 2026"):
            derive([path], wanted(term))
    later = derive([path], wanted("Spring 2025/26", census_on=day("2026-05-05")))
    assert later.rows is not None


def test_another_councils_return_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(invented.as_xml([with_plan()], lea="316"))
    with pytest.raises(ReturnRefused, match="not from Darlington"):
        derive([path], wanted())


def test_modules_without_a_header_need_the_census_day(
    children: list[invented.Child], tmp_path: Path
) -> None:
    modules = invented.as_modules(children)
    del modules["Blade-Export_20-01-2026_sen2.csv"]
    files = written(tmp_path, modules)
    with pytest.raises(ReturnRefused, match="--census"):
        derive(files, wanted())
    assert derive(files, wanted(census_on=day("2026-01-15"))).rows is not None


def test_a_list_of_schools_says_kinds_and_areas(tmp_path: Path) -> None:
    from loaders.sen2.schools import read_schools

    path = tmp_path / "schools.csv"
    path.write_text(
        "URN,LA (code),TypeOfEstablishment (name)\n900001,841,Community school\n"
        "900002,316,Community special school\n900003,841,Something new\n",
        encoding="cp1252",
    )
    children = [with_plan(place=place) for place in (1, 2, 3)]
    for place, one in enumerate(children, start=1):
        where = one["requests"][0]["active"]["placements"][0]
        where |= {"setting": "", "urn": f"90000{place}"}
    (tmp_path / "a.xml").write_bytes(invented.as_xml(children))
    result = derive([tmp_path / "a.xml"], wanted(schools=read_schools(path)))
    assert result.rows is not None
    table = {
        (row["placement"], row["in_area"]): row["plans_end"]
        for row in result.rows["ehc_plans_by_placement"]
    }
    assert (table["mainstream", "yes"], table["mainstream", "no"]) == (1, 0)
    assert (table["special_maintained", "yes"], table["special_maintained", "no"]) == (0, 1)
    assert table["unknown", "all"] == 1
    assert "x" not in table.values()
    with pytest.raises(ReturnRefused, match="needs the columns"):
        read_schools(tmp_path / "a.xml")
