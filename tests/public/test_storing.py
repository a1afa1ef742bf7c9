"""A publication is looked through before it is stored, and stored whole, each body once."""

import gzip
import hashlib
from collections.abc import Sequence

import brotli
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from dashboard.public.bundle import Bundle, BundleFaulty
from dashboard.public.files import PublicFile
from dashboard.public.storing import keep, keep_bundle, next_name, prepare
from schemas.database import Database
from schemas.public_tables import public_body, public_bundle, public_file, public_source
from tests.public import small_publications as small


def faults_of(*files: PublicFile, name: str = "2025-26-summer-v1.0") -> Sequence[str]:
    with pytest.raises(BundleFaulty) as refused:
        small.bundle(1, name, files=files)
    return refused.value.faults


def test_a_whole_publication_has_no_faults() -> None:
    made = small.bundle(1)
    assert [file.path for file in made.files] == sorted(file.path for file in small.small_files())


def test_the_hash_is_that_of_the_files_in_any_order_and_changes_with_each() -> None:
    files = small.small_files()
    again = small.bundle(1, files=files[::-1])
    other = small.bundle(1, files=[*files[1:], small.html("easy-read/index.html")])
    assert small.bundle(1).content_sha256 == again.content_sha256 != other.content_sha256


@pytest.mark.parametrize(
    "path",
    [
        "easy-read/../secret.html",
        "/easy-read/a.html",
        "easy-read//a.html",
        "easy-read/.hidden",
        "easy-read/a b.html",
        "easy-read/é.html",
        "easy-read/Zebra.html",
        "easy-read/a.html/",
        "easy-read",
        "",
    ],
)
def test_an_unsafe_path_is_a_fault(path: str) -> None:
    assert any("the path may hold" in fault for fault in faults_of(PublicFile(path, "a/b", b"")))


def test_a_picture_may_be_named_by_its_code_points() -> None:
    picture = PublicFile("easy-read/1F468-200D-1F469.svg", "image/svg+xml", b"<svg/>")
    assert small.bundle(1, files=[picture]).files == (picture,)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("staff/index.html", "there is no door staff"),
        ("data/2025-26-summer-v1.0/a.csv", "kept for something else"),
        ("api/versions/index.json", "kept for something else"),
        ("easy-read/tell-us/index.html", "kept for something else"),
    ],
)
def test_an_address_that_is_something_else_is_a_fault(path: str, fault: str) -> None:
    assert any(fault in one for one in faults_of(PublicFile(path, "text/csv", b"")))


@pytest.mark.parametrize(
    "link",
    [
        "nowhere/",
        "nowhere.csv",
        "../",
        "/data/darlington/2025-26-summer-v1.0/nowhere.csv",
        "/api/v1/areas/darlington/versions/2025-26-summer-v1.0/nowhere",
    ],
)
def test_a_link_to_nowhere_is_a_fault(link: str) -> None:
    [fault] = faults_of(*small.small_files()[1:], small.html("easy-read/index.html", link))
    assert fault == f"easy-read/index.html: the link {link} leads to no file."


@pytest.mark.parametrize(
    "link",
    [
        "",
        "./",
        "#main",
        "waits/#main",
        "waits/index.html",
        "tell-us/?topic=waits",
        "https://www.legislation.gov.uk/",
        "mailto:a@b.gov.uk",
        "/accessibility/darlington/",
        "/data/darlington/2024-25-summer-v1.0/",
        "/data/darlington/2025-26-summer-v1.0/all.csv",
        "/api/v1/areas/darlington/versions/2025-26-summer-v1.0/measures/",
    ],
)
def test_a_link_to_a_file_or_out_of_the_publication_is_right(link: str) -> None:
    small.bundle(1, files=[*small.small_files()[1:], small.html("easy-read/index.html", link)])


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<style>p {}</style>", "<style> brings a style of its own"),
        ('<p style="color: red">', "<p> brings a style of its own"),
        ("<script>alert(1)</script>", "<script> stands in the page"),
        ('<p onclick="go()">', "<p> has what the policy stops"),
        ('<base href="/">', "<base> has what the policy stops"),
        ('<img src="https://elsewhere.example/a.png" alt="">', "<img> asks another host"),
        ('<link rel="stylesheet" href="//elsewhere.example/a.css">', "<link> asks another host"),
        ("<!--version-note-->", "it has 2 places for the note"),
        ('<img src="nowhere.png" alt="">', "the link nowhere.png leads to no file"),
        ('<img srcset="nowhere.png 2x" alt="">', "the link nowhere.png leads to no file"),
        ('<form action="nowhere/">', "the link nowhere/ leads to no file"),
    ],
)
def test_what_a_page_may_not_hold_is_a_fault(inside: str, fault: str) -> None:
    [found] = faults_of(small.html("data/index.html", head=inside))
    assert found.startswith(f"data/index.html: {fault}")


def test_all_faults_are_told_at_once() -> None:
    twice = PublicFile("data/a.csv", "text/csv", b"")
    page = PublicFile("data/index.html", "text/html", b"<p>no place</p>")
    kind = PublicFile("data/b.csv", "csv", b"")
    found = faults_of(twice, twice, page, kind, name="summer")
    assert [one.partition(":")[0] for one in found] == [
        "summer is not the name of an edition, such as 2025-26-summer-v1.0.",
        "data/a.csv",
        "data/b.csv",
        "data/index.html",
    ]


def test_a_publication_shows_its_own_version_at_least() -> None:
    with pytest.raises(BundleFaulty, match="own version"):
        small.make_bundle(
            area_code=small.DARLINGTON,
            release_version_id=1,
            name="2025-26-summer-v1.0",
            algorithm="",
            sources=[2],
            figures=b"",
            report="",
            files=small.small_files(),
        )


def stored(database: Database, made: Bundle) -> int:
    with database.writing() as connection:
        return keep_bundle(connection, made)


def test_every_file_is_stored_with_its_hash_and_packed_forms(database: Database) -> None:
    version, earlier = small.published(database), small.published(database, number=2)
    number = stored(database, made := small.bundle(version, sources=[earlier]))
    with database.reading() as connection:
        files = select(public_file, public_body).join(public_body)
        rows = connection.execute(files.where(public_file.c.bundle_id == number)).all()
        sources = select(public_source.c.release_version_id)
        assert set(connection.scalars(sources)) == {version, earlier}
        one = connection.execute(select(public_bundle)).one()
    assert (one.name, one.area_code) == ("2025-26-summer-v1.0", small.DARLINGTON)
    assert one.content_sha256 == made.content_sha256
    assert {(row.path, row.kind, row.body) for row in rows} == {
        (file.path, file.kind, file.body) for file in made.files
    }
    for row in rows:
        assert hashlib.sha256(row.body).hexdigest() == row.sha256
        assert row.gzip is None or gzip.decompress(row.gzip) == row.body
        assert row.brotli is None or brotli.decompress(row.brotli) == row.body
    by_path = {row.path: row for row in rows}
    assert by_path[small.CSV].brotli is not None
    assert by_path[small.CSV].gzip is not None
    assert by_path["easy-read/page.pdf"].gzip is None, "it is packed in itself"
    assert by_path["easy-read/card.svg"].brotli is None, "it would be longer"


def test_the_same_files_are_packed_to_the_same_bytes() -> None:
    assert prepare(small.bundle(1)).bodies == prepare(small.bundle(2)).bodies


def test_a_body_is_stored_once_however_many_publications_hold_it(database: Database) -> None:
    version = small.published(database)
    stored(database, small.bundle(version))
    with database.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(public_body))
    stored(database, small.bundle(version, "2025-26-summer-v1.0-2"))
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(public_body)) == before
        assert connection.scalar(select(func.count()).select_from(public_file)) == 20


def test_a_name_is_used_once(database: Database) -> None:
    version = small.published(database)
    for expected in ("2025-26-summer-v1.0", "2025-26-summer-v1.0-2", "2025-26-summer-v1.0-3"):
        with database.writing() as connection:
            name = next_name(connection, small.DARLINGTON, "2025-26-summer-v1.0")
            keep_bundle(connection, small.bundle(version, name))
        assert name == expected
    with database.reading() as connection:
        assert next_name(connection, small.DURHAM, "2025-26-summer-v1.0") == "2025-26-summer-v1.0"


def test_keeping_takes_part_in_the_transaction_it_is_called_in(database: Database) -> None:
    packed = prepare(small.bundle(small.published(database)))
    with pytest.raises(ZeroDivisionError), database.writing() as connection:  # noqa: PT012
        keep(connection, packed)
        raise ZeroDivisionError
    with database.reading() as connection:
        for table in (public_body, public_bundle, public_file, public_source):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_what_is_stored_is_never_changed(database: Database) -> None:
    stored(database, small.bundle(small.published(database)))
    for table in (public_body, public_bundle, public_file, public_source):
        with pytest.raises(DBAPIError, match="never changed"), database.writing() as connection:
            connection.execute(table.delete())


def test_a_publication_of_no_version_is_not_stored(database: Database) -> None:
    with pytest.raises(DBAPIError), database.writing() as connection:
        keep_bundle(connection, small.bundle(4711))
    with database.writing() as connection:
        connection.execute(insert(public_body).values(sha256="there", body=b""))
