"""Publications as small as they can be, and the versions they are of, in a real database."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select, update

from dashboard.public.bundle import Bundle, make_bundle
from dashboard.public.files import PublicFile
from dashboard.public.storing import keep_bundle
from schemas.database import Database
from schemas.people_tables import person
from schemas.round_tables import announcement, public_notice
from schemas.tables import release, release_version

DARLINGTON, DURHAM = "E06000005", "E06000047"
SHEET = "easy-read/assets/0123456789ab/page.css"
_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title>{head}</head>
<body><main><!--version-note--><h1>{title}</h1>{words}</main></body></html>"""
CSV = "data/all.csv"
_ROWS = b"term,value\n" + b"2025-26 summer,61\n" * 200


def page(title: str, *links: str, head: str = "") -> bytes:
    """A page that leads on to others."""
    words = "".join(f'<p><a href="{link}">Read on</a></p>' for link in links)
    return _PAGE.format(title=title, head=head, words=words).encode()


def html(path: str, *links: str, head: str = "", title: str = "SEND in Darlington") -> PublicFile:
    return PublicFile(path, "text/html", page(title, *links, head=head))


def small_files(title: str = "SEND in Darlington") -> list[PublicFile]:
    """Two pages and their style sheet, a picture, tables, and two answers of the API."""
    sheet = '<link rel="stylesheet" href="{}assets/0123456789ab/page.css">'
    body = b'{"title": "' + title.encode() + b'"}'
    return [
        html("easy-read/index.html", "waits/", "tell-us/", head=sheet.format(""), title=title),
        html("easy-read/waits/index.html", "../", head=sheet.format("../"), title=title),
        PublicFile(SHEET, "text/css", b"main { color: #0b0c0c; }\n" * 40),
        PublicFile("easy-read/card.svg", "image/svg+xml", b"<svg xmlns='w'></svg>"),
        PublicFile("easy-read/page.pdf", "application/pdf", b"%PDF-1.7 " + title.encode()),
        html("data/index.html", "all.csv", title=title),
        PublicFile(CSV, "text/csv", _ROWS + title.encode()),
        PublicFile("api/index.json", "application/json", body),
        PublicFile("api/measures/index.json", "application/json", b'{"measures": []}'),
        PublicFile("api/openapi.json", "application/json", b'{"openapi": "3.1.0"}'),
    ]


def bundle(
    version_id: int,
    name: str = "2025-26-summer-v1.0",
    area_code: str = DARLINGTON,
    sources: Sequence[int] = (),
    files: Sequence[PublicFile] | None = None,
) -> Bundle:
    return make_bundle(
        area_code=area_code,
        release_version_id=version_id,
        name=name,
        algorithm="t5-1",
        sources=[version_id, *sources],
        figures=b"[]",
        report="{}",
        files=small_files() if files is None else files,
    )


def published(
    database: Database, term: str = "2025-26 summer", number: int = 1, area_code: str = DARLINGTON
) -> int:
    """A version of a term that came out, without figures; its id."""
    with database.writing() as connection:
        of = {"area_code": area_code, "term": term}
        query = select(release.c.id).filter_by(**of)
        release_id = connection.scalar(query) or _added(connection, release, of)
        facts = {"release_id": release_id, "number": number, "state": "draft", "invented": 1}
        version = _added(connection, release_version, facts | {"created_at": "2026-11-01"})
        connection.execute(
            update(release_version)
            .where(release_version.c.id == version)
            .values(state="published", published_at="2026-11-02T09:30:00+00:00", label="1.0")
        )
    return version


def kept(
    database: Database,
    name: str = "2025-26-summer-v1.0",
    area_code: str = DARLINGTON,
    title: str = "SEND in Darlington",
    sources: Sequence[int] = (),
) -> int:
    """A publication of a version of its own; the id of that version."""
    number = _versions(database) + 1
    version = published(database, "-".join(name.split("-")[:2]) + " summer", number, area_code)
    with database.writing() as connection:
        made = bundle(version, name, area_code, sources, small_files(title))
        keep_bundle(connection, made)
    return version


def announce(database: Database, day: str, term: str = "2026-27 autumn") -> None:
    """The day on which the first figures of a term come out."""
    with database.writing() as connection:
        whose = _person(connection, f"p{day}{term}")
        facts = {"area_code": DARLINGTON, "term": term, "on_day": day, "person_id": whose}
        connection.execute(insert(announcement).values(facts | {"written_at": ""}))


def withdraw(database: Database, version_id: int, what: str = "A column was read wrongly.") -> None:
    """As the service does it: everyone is told why, in the same transaction."""
    with database.writing() as connection:
        whose = _person(connection, f"a{version_id}")
        notice = {
            "release_version_id": version_id,
            "kind": "withdrawal",
            "what": what,
            "cause": "",
            "effect": "Please use no number of it.",
            "found_on": "2026-11-20",
            "written_at": "2026-11-20T09:00:00+00:00",
            "person_id": whose,
        }
        connection.execute(insert(public_notice).values(notice))
        connection.execute(
            update(release_version)
            .where(release_version.c.id == version_id)
            .values(state="withdrawn")
        )


def _person(connection: Connection, name: str) -> int:
    named = {"sign_in_name": name, "job_title": "Approver", "organisation": ""}
    return _added(connection, person, named | {"kind": "local", "made_at": ""})


def _versions(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(release_version.c.id)).all())


def _added(connection: Connection, table: object, facts: Mapping[str, object]) -> int:
    made = connection.execute(insert(table).values(facts)).inserted_primary_key  # type: ignore[arg-type]
    assert made is not None
    return int(made[0])
