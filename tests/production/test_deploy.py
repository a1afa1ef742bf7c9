"""What lies in deploy/ is right: the first start is done as it is written, behind a real nginx."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy.engine import URL

from tests.production.ground import ROOT, environment, free_port, serving
from tests.production.in_front import SITE, nginx

DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "etc" / "systemd" / "system"
NAME = "send.darlington.example"
OURS = f"{shlex.quote(sys.executable)} -m dashboard.cli"


def commands() -> list[str]:
    """The commands of the script, without what prepares it."""
    lines = (DEPLOY / "first_start.sh").read_text().splitlines()
    return [one for one in lines if one and not one.startswith(("#", "set ", "NAME="))]


def command(part: str) -> str:
    [found] = [one for one in commands() if part in one]
    return found


def test_the_first_start_takes_fewer_than_ten_commands_each_with_its_reason() -> None:
    assert len(commands()) < 10
    assert not any("&&" in one or ";" in re.sub(r'"[^"]*"', "", one) for one in commands())
    lines = [one for one in (DEPLOY / "first_start.sh").read_text().splitlines() if one]
    before = [lines[lines.index(one) - 1] for one in commands()]
    assert all(one.startswith("#") for one in before)
    numbers = re.findall(r"^# (\d+)\. ", "\n".join(lines), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(commands()) + 1)]


def test_the_page_about_running_says_what_the_script_does() -> None:
    told = (ROOT / "docs" / "running.md").read_text()
    words = {9: "nine", 8: "eight"}[len(commands())]
    assert f"{words} commands" in told
    assert f"{words} commands" in (ROOT / "README.md").read_text()
    assert "sh deploy/first_start.sh send.council.example" in told
    for name in re.findall(r"PIPX_\w+=(\S+)", command("pipx install")):
        assert name in told
    assert "--constraint constraints.txt" in command("pipx install")
    for unit in SYSTEMD.glob("*.timer"):
        assert unit.stem in told


def test_what_is_started_is_what_is_installed() -> None:
    """The links are those that `systemctl enable` makes, and lead to files beside them."""
    started = command("systemctl").split()[2:]
    wanted = {unit.name for unit in SYSTEMD.glob("send-*") if "[Install]" in unit.read_text()}
    links = {one.name: one for one in SYSTEMD.glob("*.wants/*")}
    assert {one for one in started if one != "nginx"} == wanted == set(links)
    for name, link in links.items():
        assert os.readlink(link) == f"../{name}"
        assert f"WantedBy={link.parent.name.removesuffix('.wants')}\n" in link.read_text()
    assert command("cp ") == "cp -r deploy/etc /"


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    units = []
    for unit in sorted(SYSTEMD.glob("send-*")):
        words = unit.read_text().replace("/usr/local/bin/send-dashboard", "/bin/true")
        (tmp_path / unit.name).write_text(words)
        units.append(tmp_path / unit.name)
    assert len(units) == 5
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for unit in units:
        if unit.suffix == ".service":
            judged = ["systemd-analyze", "security", "--offline=yes", "--threshold=25", unit]
            done = subprocess.run(judged, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout[-200:]


def test_reminders_wait_for_a_mail_server(tmp_path: Path) -> None:
    unit = (SYSTEMD / "send-dashboard-remind.service").read_text()
    asked = re.search(r"ExecCondition=/usr/bin/grep -q (\S+) ", unit)
    assert asked is not None
    without = (DEPLOY / "settings.toml").read_text()
    assert not re.search(asked[1], without, re.MULTILINE)
    assert re.search(asked[1], without.replace("# [mail]", "[mail]"), re.MULTILINE)


def test_the_container_copies_what_there_is_and_is_nobody_special() -> None:
    words = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    steps = [(*line.split(maxsplit=1),) for line in words.splitlines() if re.match("[A-Z]+ ", line)]
    copied = [one.split()[:-1] for kind, one in steps if kind == "COPY" and "--from" not in one]
    for source in (path for paths in copied for path in paths):
        assert (ROOT / source).exists(), source
    last = dict(steps)
    assert last["USER"] == "10001:10001"
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
    run(command("CREATE ROLE").removeprefix("env -C / runuser -u postgres -- "), told)
    words = command("deploy/settings.toml").replace("/etc/send-dashboard", str(folder / "etc"))
    run(words.replace("-g send-dashboard", f"-g {os.getgid()}"), told)
    settings = folder / "etc" / "settings.toml"
    assert settings.stat().st_mode & 0o777 == 0o640
    here = f"host={told['PGHOST']}&user=send-dashboard"  # a machine knows who asks by its account
    settings.write_text(settings.read_text().replace("host=/var/run/postgresql", here))
    before, _, after = command(" init").rpartition("send-dashboard init")
    assert "SEND_SETTINGS=/etc/send-dashboard/settings.toml" in before
    run(f"{OURS} init {after}", told)


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_the_first_start_as_written_ends_with_a_page_behind_nginx(
    told: dict[str, str], tmp_path: Path
) -> None:
    for program in ("nginx", "psql", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: postgresql nginx openssl)")
    prepare(told, tmp_path)
    unit = (SYSTEMD / "send-dashboard.service").read_text()
    assert "ExecStart=/usr/local/bin/send-dashboard serve --production\n" in unit
    port, plain = free_port(), free_port()
    with serving(told, NAME), nginx(tmp_path, told["PORT"], port, plain):
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
        assert large.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        token = asking.get(f"http://127.0.0.1:{plain}/partner/feed/x.atom", timeout=30)
        assert (token.status_code, token.history) == (403, [])
        for path in ("/staff/sign-in", "/staff/sign-in/code"):
            tries = [_status(asking, f"{site}{path}") for _ in range(80)]
            assert 429 in tries
            assert set(tries) <= {200, 303, 429}
        stranger = asking.get(f"{site}/", headers={"Host": "other.example"}, timeout=30)
        assert stranger.status_code == 400


def _status(asking: requests.Session, address: str) -> int:
    return asking.get(address, timeout=30, allow_redirects=False).status_code


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_while_the_server_is_away_nginx_says_so_in_a_sentence(tmp_path: Path) -> None:
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("nginx is not installed (Debian: nginx openssl)")
    port = free_port()
    with nginx(tmp_path, str(free_port()), port, free_port()):
        for path in ("/", "/staff/sign-in", "/easy-read/darlington/"):
            answer = requests.get(f"https://127.0.0.1:{port}{path}", timeout=30, verify=False)
            assert (answer.status_code, answer.headers["Retry-After"]) == (502, "30")
            assert "try again in a minute" in answer.text
            assert "Strict-Transport-Security" in answer.headers


def test_tls_has_forward_secrecy_with_every_cipher() -> None:
    [ciphers] = re.findall(r"ssl_ciphers (\S+);", SITE.read_text())
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    listed = subprocess.check_output(["openssl", "ciphers", "-s", "-tls1_2", ciphers], text=True)
    assert listed.strip()
    assert all(one.startswith("ECDHE-") for one in listed.strip().split(":"))
