"""An export holds the bytes that the server sends, for another web server to send them alike."""

import gzip
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
import requests
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import make_url

from dashboard import create_app
from dashboard.cli import commands
from dashboard.public.exporting import MARKER, ExportRefused, export_site
from dashboard.public.files import PublicFile
from dashboard.public.storing import keep_bundle
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from tests.public import small_publications as small

OLD, NAME, LAST = "2025-26-spring-v1.0", "2025-26-summer-v1.0", "2026-27-autumn-v1.0"
ROUNDS = int(os.environ.get("SEND_KILLS", "8"))
# What a web server adds or words in its own way; its tags are its own too.
_OWN = {"date", "server", "connection", "accept-ranges", "last-modified", "etag", "keep-alive"}
_ONLY_HTTPS = {"strict-transport-security"}  # a demonstration does not say it


@pytest.fixture
def three(database: Database) -> Database:
    """An earlier edition, the newest that stands, and one that was withdrawn."""
    small.kept(database, OLD, title="The earlier edition")
    small.kept(database, NAME, title="The newest edition")
    small.withdraw(database, small.kept(database, LAST, title="The withdrawn edition"))
    return database


def exported(database: Database, folder: Path) -> Path:
    export_site(database, load_area_settings(), folder / "site")
    return folder / "site"


def asked(path: Path, site: Path) -> str:
    """The address of a file."""
    return "/" + re.sub(r"(^|(?<=/))index\.(html|json)$", "", path.relative_to(site).as_posix())


def editions(site: Path) -> Iterator[Path]:
    """The files of the publications that stand."""
    for path in sorted(site.glob("*/**/*")):
        below = path.relative_to(site).as_posix()
        published = re.match(r"(easy-read|data|api/v1/areas)/darlington/(?!versions/index)", below)
        if path.is_file() and published and LAST not in below and path.suffix not in (".gz", ".br"):
            yield path


def test_every_file_has_the_bytes_that_the_server_sends(three: Database, tmp_path: Path) -> None:
    site = exported(three, tmp_path)
    client = create_app(three).test_client()
    found = list(editions(site))
    assert len(found) == 3 * len(small.small_files()), "the newest, and two editions"
    for path in found:
        assert client.get(asked(path, site)).data == path.read_bytes(), path
        for ending, encoding, unpack in (
            (".gz", "gzip", gzip.decompress),
            (".br", "br", brotli.decompress),
        ):
            packed = path.with_name(path.name + ending)
            sent = client.get(asked(path, site), headers={"Accept-Encoding": encoding})
            assert packed.exists() == (sent.headers.get("Content-Encoding") == encoding)
            if packed.exists():
                assert packed.read_bytes() == sent.data
                assert unpack(packed.read_bytes()) == path.read_bytes()


def test_the_lists_are_there_and_earlier_pages_say_that_they_are_old(
    three: Database, tmp_path: Path
) -> None:
    site = exported(three, tmp_path)
    client = create_app(three).test_client()
    for address in ("/api/v1/areas", "/api/v1/areas/darlington/versions"):
        assert client.get(address).data == (site / address[1:] / "index.json").read_bytes()
    described = client.get("/api/v1/openapi.json").data
    assert (site / "api/v1/openapi.json").read_bytes() == described
    assert "darlington/" in (site / "easy-read/index.html").read_text()
    assert "/data/darlington/" in (site / "index.html").read_text()
    assert "There is no page" in (site / "404.html").read_text()
    old = (site / f"easy-read/darlington/{OLD}/index.html").read_text()
    assert "This page is old." in old


def test_of_a_withdrawn_edition_only_the_reason_is_written(three: Database, tmp_path: Path) -> None:
    site = exported(three, tmp_path)
    for place in (f"easy-read/darlington/{LAST}", f"data/darlington/{LAST}"):
        [page] = (path for path in (site / place).rglob("*") if path.suffix == ".html")
        assert "A column was read wrongly." in page.read_text()
    for path in site.rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".br"):
            assert b"The withdrawn edition" not in path.read_bytes()


def test_every_link_of_an_exported_page_leads_to_a_file(three: Database, tmp_path: Path) -> None:
    site = exported(three, tmp_path)
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text()):
            base = site if link.startswith("/") else page.parent
            target = base / link.lstrip("/")
            target = target / "index.html" if link.endswith("/") else target
            assert target.is_file() or link == "tell-us/", (page, link)


def test_exporting_again_changes_the_folder_at_once_and_leaves_nothing_behind(
    database: Database, tmp_path: Path
) -> None:
    small.kept(database, OLD)
    site = exported(database, tmp_path)
    small.withdraw(database, small.kept(database, NAME))
    exported(database, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]
    assert (site / f"data/darlington/{NAME}/index.html").is_file()
    assert not (site / f"data/darlington/{NAME}/all.csv").exists()


def test_two_exports_of_the_same_are_the_same(three: Database, tmp_path: Path) -> None:
    first, again = exported(three, tmp_path / "a"), exported(three, tmp_path / "b")
    assert whole(first) == whole(again)


def whole(site: Path) -> dict[str, tuple[bytes, float]]:
    """Every file with its bytes and its time; the example names its folder."""
    return {
        path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_mtime)
        for path in site.rglob("*")
        if path.is_file() and path.name != "nginx.conf"
    }


def test_a_folder_of_something_else_is_left_alone(database: Database, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    precious = tmp_path / "site" / "letter.txt"
    precious.write_text("precious")
    with pytest.raises(ExportRefused, match="holds something else"):
        exported(database, tmp_path)
    assert precious.read_text() == "precious"


def test_other_pages_are_written_along(database: Database, tmp_path: Path) -> None:
    more = [PublicFile("more/index.html", "text/html", b"<p>More</p>")]
    export_site(database, load_area_settings(), tmp_path / "site", more)
    assert (tmp_path / "site" / "more" / "index.html").read_bytes() == b"<p>More</p>"


FORM = b"""<!DOCTYPE html><title>SEND</title><main><!--version-note--><h1>SEND</h1><!--form-->
<form method="post" action="../tell-us/"><input type="hidden" name="topic" value="waits">
<input type="hidden" name="edition" value="2025-26-summer-v1.0"></form><!--/form--><p>Phone: 1</p>
</main>"""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", None),
        (
            "https://send.example.gov.uk",
            "https://send.example.gov.uk/easy-read/darlington/tell-us/"
            "?topic=waits&edition=2025-26-summer-v1.0",
        ),
    ],
)
def test_a_form_that_nobody_answers_is_a_link_to_where_somebody_does_or_is_left_out(
    database: Database, tmp_path: Path, address: str, link: str | None
) -> None:
    files = [PublicFile("easy-read/waits/index.html", "text/html", FORM)]
    version = small.published(database)
    with database.writing() as connection:
        keep_bundle(connection, small.bundle(version, NAME, files=files))
    areas = load_area_settings()
    public = areas[small.DARLINGTON].public
    assert public
    public = public.model_copy(update={"address": address})
    area = areas[small.DARLINGTON].model_copy(update={"public": public})
    export_site(database, {area.code: area}, tmp_path / "site")
    at_both = [
        tmp_path / "site" / "easy-read" / "darlington" / name / "waits" / "index.html"
        for name in ("", NAME)
    ]
    assert at_both[0].read_bytes() == at_both[1].read_bytes()
    page = BeautifulSoup(at_both[0].read_bytes(), "html.parser")
    assert page.form is None
    assert [one["href"] for one in page.find_all("a")] == ([link] if link else [])
    assert page.p
    assert page.p.get_text() == "Phone: 1"


def test_the_command_exports_one_area(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.kept(database)
    small.kept(database, area_code=small.DURHAM)
    url = database.write.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    folder = str(tmp_path / "site")
    done = CliRunner().invoke(commands, ["export", folder, "--area", "E06000005"])
    assert done.exit_code == 0, done.output
    assert f"{folder} holds" in done.output
    assert (tmp_path / "site/easy-read/darlington/index.html").is_file()
    assert not (tmp_path / "site/easy-read/county-durham").exists()
    statement = tmp_path / "site/accessibility/darlington"
    assert b"Accessibility statement" in (statement / "index.html").read_bytes()
    assert (statement / "statement.css").is_file()
    assert not (tmp_path / "site/accessibility/county-durham").exists()
    refused = CliRunner().invoke(commands, ["export", str(tmp_path)])
    assert refused.exit_code == 1
    assert "Name a new folder." in refused.output


@contextmanager
def nginx(site: Path, folder: Path, port: int) -> Iterator[str]:
    """nginx with the example that the export brings."""
    example = (site / "nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "whole.conf"
    config.write_text(
        f"daemon off; master_process off; user root; error_log {folder}/error.log; "
        f"pid {folder}/pid; events {{ }} http {{ access_log off; {kept} {example} }}"
    )
    process = subprocess.Popen(["nginx", "-c", str(config)])
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            assert process.poll() is None, (folder / "error.log").read_text()
            try:
                requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_nginx_with_the_example_sends_the_same_answers(three: Database, tmp_path: Path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    site = exported(three, tmp_path)
    client = create_app(three).test_client()
    port = 20_000 + os.getpid() % 20_000
    addresses = [asked(path, site) for path in editions(site)]
    addresses += ["/api/v1/areas", "/api/v1/areas/darlington/versions", "/api/v1/openapi.json"]
    addresses += ["/api/v1/areas/darlington/nothing", f"/api/v1/areas/darlington/versions/{LAST}/"]
    addresses += [f"/data/darlington/{LAST}/all.csv", f"/easy-read/darlington/{LAST}/"]
    addresses += ["/data/darlington/nothing/", "/nginx.conf", "/404.html"]
    with nginx(site, tmp_path, port) as address:
        for path in addresses:
            for encoding in ("identity", "gzip"):
                assert_alike(client, address, path, encoding)
        led = requests.get(f"{address}/easy-read/darlington", timeout=5, allow_redirects=False)
        assert (led.status_code, led.headers["Location"]) == (301, "/easy-read/darlington/")


def assert_alike(client: FlaskClient, address: str, path: str, encoding: str) -> None:
    asking = {"Accept-Encoding": encoding}
    theirs, ours = (
        requests.get(address + path, headers=asking, timeout=5),
        client.get(path, headers=asking),
    )
    assert theirs.status_code == ours.status_code, path
    kind = ours.headers["Content-Type"]
    if path not in ("/nginx.conf", "/404.html"):
        assert theirs.headers["Content-Type"] == kind, path
    if ours.status_code != 200:
        return
    sent = gzip.decompress(ours.data) if "Content-Encoding" in ours.headers else ours.data
    assert theirs.content == sent, path
    if ".json" in path or path.endswith(("areas", "versions")):
        assert theirs.headers["Cache-Control"] == ours.headers["Cache-Control"]
        return
    named = {name.lower(): value for name, value in theirs.headers.items()}
    wanted = {name.lower(): value for name, value in ours.headers.items()}
    for one in (named, wanted):
        for name in (*_OWN, *_ONLY_HTTPS, "content-length", "vary", "x-request-id"):
            one.pop(name, None)
    assert named == wanted, path


def _export(url: str, folder: str) -> None:
    database = open_database(make_url(url))
    for _ in range(1000):
        export_site(database, load_area_settings(), Path(folder))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")
def test_an_export_that_is_killed_leaves_the_folder_whole(
    database: Database, tmp_path: Path
) -> None:
    small.kept(database)
    wanted = whole(exported(database, tmp_path))
    url = database.write.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dashboard.public.exporting"])
    chance = random.Random(20261122)
    for _ in range(ROUNDS):
        worker = context.Process(target=_export, args=(url, str(tmp_path / "site")))
        worker.start()
        time.sleep(chance.uniform(0.3, 1))
        worker.kill()  # SIGKILL
        worker.join(30)
        assert whole(tmp_path / "site") == wanted
        assert (tmp_path / "site" / MARKER).is_file()
