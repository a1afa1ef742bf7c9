"""What lies in deploy/ is right: the first start is done as it is written, behind a real nginx."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from sqlalchemy.engine import URL

from tests.production.ground import ROOT, environment, free_port, serving

DEPLOY = ROOT / "deploy"
NAME = "send.darlington.example"
OURS = f"{shlex.quote(sys.executable)} -m dashboard.cli"


def commands() -> list[str]:
    """The commands of the script, without what prepares it."""
    lines = (DEPLOY / "first_start.sh").read_text().splitlines()
    return [one for one in lines if one and not one.startswith(("#", "set ", "NAME="))]


def command(part: str) -> str:
    [found] = [one for one in commands() if part in one]
    return found


def test_the_first_start_takes_fewer_than_ten_commands() -> None:
    assert len(commands()) < 10
    assert not any("&&" in one or ";" in re.sub(r'"[^"]*"', "", one) for one in commands())


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    unit = tmp_path / "send-dashboard.service"
    words = (DEPLOY / unit.name).read_text().replace("/usr/local/bin/send-dashboard", "/bin/true")
    unit.write_text(words)
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    judged = ["systemd-analyze", "security", "--offline=yes", "--threshold=25", unit]
    done = subprocess.run(judged, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-200:]


def test_the_container_copies_what_there_is_and_is_nobody_special() -> None:
    words = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    steps = [(*line.split(maxsplit=1),) for line in words.splitlines() if re.match("[A-Z]+ ", line)]
    copied = [one.split()[:-1] for kind, one in steps if kind == "COPY" and "--from" not in one]
    for source in (path for paths in copied for path in paths):
        assert (ROOT / source).exists(), source
    last = dict(steps)
    assert last["USER"] == "10001"
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert "dashboard.production.alive" in last["HEALTHCHECK"] + words
    installed = re.search(r"only-include = (\[[^]]*\])", (ROOT / "pyproject.toml").read_text())
    assert installed is not None
    for folder in re.findall(r'"([a-z]+)"', installed[1]):
        assert any(folder in paths for paths in copied), folder


@pytest.fixture
def told(tmp_path: Path, new_postgresql: URL) -> Iterator[dict[str, str]]:
    """Variables that put the folder, ports and PostgreSQL of this test in the machine's place."""
    socket = str(new_postgresql.query["host"])
    told = environment(tmp_path, free_port(), PGHOST=socket, PGUSER="app", PGDATABASE="postgres")
    for name in ("SEND_SECRET_KEY", "SEND_HOSTS", "SEND_PROXIES"):
        del told[name]
    told["SEND_SETTINGS"] = str(tmp_path / "etc" / "settings.toml")
    yield told
    for drop in ('DROP DATABASE "send-dashboard" WITH (FORCE)', 'DROP ROLE "send-dashboard"'):
        subprocess.run(["psql", "-qc", drop], env=told, check=True)


def run(words: str, told: dict[str, str]) -> None:
    subprocess.run(["sh", "-euc", words], cwd=ROOT, env={**told, "NAME": NAME}, check=True)


def prepare(told: dict[str, str], folder: Path) -> None:
    """Commands 4 to 6, with the places of this test in those of a machine."""
    run(command("CREATE ROLE").removeprefix("runuser -u postgres -- "), told)
    words = command("deploy/settings.toml").replace("/etc/send-dashboard", str(folder / "etc"))
    run(words.replace("-g send-dashboard", f"-g {os.getgid()}"), told)
    settings = folder / "etc" / "settings.toml"
    assert settings.stat().st_mode & 0o777 == 0o640
    here = f"host={told['PGHOST']}&user=send-dashboard"  # a machine knows who asks by its account
    settings.write_text(settings.read_text().replace("host=/var/run/postgresql", here))
    before, _, after = command(" init").rpartition("send-dashboard init")
    assert "SEND_SETTINGS=/etc/send-dashboard/settings.toml" in before
    run(f"{OURS} init {after}", told)


@contextmanager
def nginx(folder: Path, told: dict[str, str], port: int, plain: int) -> Iterator[None]:
    """Commands 8 and 9, with a certificate of this test."""
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    certificate += ["-subj", f"/CN={NAME}", "-keyout", f"{folder}/k.pem", "-out", f"{folder}/c.pem"]
    subprocess.run(certificate, check=True, capture_output=True)
    site = folder / "site.conf"
    run(command("nginx-site").replace("/etc/nginx/sites-enabled/send-dashboard", str(site)), told)
    words = re.sub(r"\n *listen \[::\][^\n]*", "", site.read_text())
    for one, other in (
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("127.0.0.1:8050", f"127.0.0.1:{told['PORT']}"),
        ("/etc/ssl/certs/ssl-cert-snakeoil.pem", f"{folder}/c.pem"),
        ("/etc/ssl/private/ssl-cert-snakeoil.key", f"{folder}/k.pem"),
    ):
        assert one in words
        words = words.replace(one, other)
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in kept)
    whole = folder / "whole.conf"
    whole.write_text(
        f"daemon off; user root; error_log {folder}/error.log; pid {folder}/pid; "
        f"events {{ }} http {{ access_log off; {paths} {words} }}"
    )
    process = subprocess.Popen(["nginx", "-c", str(whole)], stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(1)
        assert process.poll() is None, process.communicate()[1]
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_the_first_start_as_written_ends_with_a_page_behind_nginx(
    told: dict[str, str], tmp_path: Path
) -> None:
    for program in ("nginx", "psql", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: postgresql nginx openssl)")
    prepare(told, tmp_path)
    unit = (DEPLOY / "send-dashboard.service").read_text()
    assert "ExecStart=/usr/local/bin/send-dashboard serve --production\n" in unit
    port, plain = free_port(), free_port()
    with serving(told, NAME), nginx(tmp_path, told, port, plain):
        asking = requests.Session()
        asking.headers["Host"] = NAME
        asking.trust_env, asking.verify = False, False
        site = f"https://127.0.0.1:{port}"
        page = asking.get(f"{site}/staff/sign-in", timeout=30)
        assert page.status_code == 200
        assert "__Host-" in page.headers["Set-Cookie"] or "Secure" in page.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in page.headers
        led = asking.get(f"http://127.0.0.1:{plain}/data/", timeout=30, allow_redirects=False)
        assert (led.status_code, led.headers["Location"]) == (308, f"https://{NAME}/data/")
        assert asking.get(f"{site}/easy-read/", timeout=30).status_code == 200
        assert asking.get(f"{site}/nothing", timeout=30).status_code == 404
        large = asking.post(f"{site}/staff/sign-in", data=b"a" * 12_000_000, timeout=30)
        assert large.status_code == 413
        tries = [asking.get(f"{site}/staff/sign-in", timeout=30).status_code for _ in range(40)]
        assert 429 in tries
        assert tries[0] == 200
        stranger = asking.get(f"{site}/", headers={"Host": "other.example"}, timeout=30)
        assert stranger.status_code == 400
