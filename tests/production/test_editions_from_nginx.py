"""The part of nginx's site that is for a busy day, taken in: published editions as files."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import requests

from dashboard.public.exporting import export_site
from schemas.area_settings import load_area_settings
from tests.production.ground import environment, free_port, new_database, serving
from tests.production.in_front import BROTLI, nginx
from tests.public import small_publications as small

NAME = "send.council.example"
OLD, STANDS, GONE, NEW = (f"20{n}-{n + 1}-summer-v1.0" for n in (23, 24, 25, 26))
_LOOKS = 2.5  # seconds until a server knows what another process published
_OWN = {"server", "date", "connection", "etag", "last-modified", "accept-ranges", "x-request-id"}
_OWN |= {"content-length", "transfer-encoding", "vary"}


def _taken_in(folder: Path, words: str) -> str:
    """The site when somebody has followed what stands in it."""
    written = re.search(r"#   (sed -n '.*) > (\S+)", words)
    assert written is not None
    chosen = written[1].replace("/var/www/send-dashboard", str(folder / "site"))
    found = subprocess.run(["sh", "-c", chosen], check=True, capture_output=True, text=True).stdout
    (folder / "editions.conf").write_text(found)
    words = words.replace("#: ", "").replace(written[2], str(folder / "editions.conf"))
    words = words.replace("root /var/www/send-dashboard", f"root {folder / 'site'}")
    return words if BROTLI.is_file() else words.replace("brotli_static on;", "")


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_editions_come_from_nginx_as_the_server_sends_them(tmp_path: Path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx)")
    database = new_database(tmp_path)
    small.kept(database, OLD)
    small.kept(database, STANDS)
    small.withdraw(database, small.kept(database, GONE))
    export_site(database, load_area_settings(), tmp_path / "site")
    told = environment(tmp_path, free_port())
    port, plain = free_port(), free_port()
    with (
        serving(told),
        nginx(tmp_path, told["PORT"], port, plain, lambda words: _taken_in(tmp_path, words)),
    ):
        asking = requests.Session()
        asking.trust_env, asking.verify = False, False
        asking.headers["Host"] = NAME
        here, there = f"https://127.0.0.1:{port}", f"http://127.0.0.1:{told['PORT']}"
        for path in _addresses(tmp_path / "site"):
            for encoding in ("identity", "gzip", "br"):
                _assert_alike(asking, here, there, path, encoding)
        gone = asking.get(f"{here}/data/darlington/{GONE}/all.csv", timeout=30)
        assert gone.status_code == 410
        small.kept(database, NEW, title="After the export")
        database.close()
        time.sleep(_LOOKS)
        for path in (f"/easy-read/darlington/{NEW}/", "/easy-read/darlington/"):
            fresh = asking.get(here + path, timeout=30)
            assert (fresh.status_code, "After the export" in fresh.text) == (200, True), path
        assert (
            asking.get(f"{here}/data/darlington/{STANDS}/none.csv", timeout=30).status_code == 404
        )
        form = f"{here}/easy-read/darlington/tell-us/"
        assert asking.get(form, timeout=30).status_code == 200


def _addresses(site: Path) -> list[str]:
    """Each file of the editions that stand."""
    found = [
        "/" + re.sub(r"(^|(?<=/))index\.(html|json)$", "", path.relative_to(site).as_posix())
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix not in (".gz", ".br")
    ]
    chosen = [one for one in found if OLD in one or STANDS in one]
    assert len(chosen) > 15, chosen
    return chosen


def _assert_alike(
    asking: requests.Session, here: str, there: str, path: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding, "X-Forwarded-Proto": "https"}
    ours = asking.get(there + path, headers=headers, timeout=30)
    theirs = asking.get(here + path, headers=headers, timeout=30)
    assert theirs.status_code == ours.status_code == 200, path
    assert "X-Request-Id" not in theirs.headers, f"{path} came from the server"
    assert theirs.content == ours.content, path
    left, right = ({k.lower(): v for k, v in one.headers.items()} for one in (theirs, ours))
    if encoding == "br" and not BROTLI.is_file():
        left.pop("content-encoding", None), right.pop("content-encoding", None)
    for name in _OWN:
        left.pop(name, None), right.pop(name, None)
    assert left == right, path
