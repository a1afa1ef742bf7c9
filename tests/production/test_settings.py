"""Settings come from one file and the environment, and every fault is told at once."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.hosting import HostingProblem
from dashboard.production.settings import VARIABLES, read_production, use_settings_file
from dashboard.watching import read_watching
from tests.production.ground import GOOD, ROOT, SECRET

SAMPLE = ROOT / "deploy" / "settings.toml"
TENANT = "01234567-89ab-cdef-0123-456789abcdef"


def faults(told: dict[str, str], file: Path | None = None) -> list[str]:
    with pytest.raises(HostingProblem) as refused:
        read_production(file, told)
    return str(refused.value).splitlines()


def written(folder: Path, words: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(words, encoding="utf-8")
    return file


def test_the_old_variables_are_enough() -> None:
    settings = read_production(None, GOOD | {"SEND_HOSTS": "a.example, b.example"})
    assert settings.hosts == ("a.example", "b.example")
    assert settings.hosting.trusted_hosts == ("a.example", "b.example")
    assert (settings.hosting.proxies, settings.hosting.demo) == (1, False)
    assert settings.hosting.secret_key == SECRET


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        f'secret_key = "{SECRET}"\nhosts = ["file.example"]\nproxies = 2\n'
        '[listen]\nport = 9000\n[mail]\nhost = "mail.example"\nfrom = "a@council.example"\n',
    )
    settings = read_production(file, {"SEND_HOSTS": "said.example", "PORT": "9001"})
    assert settings.hosts == ("said.example",)
    assert (settings.proxies, settings.listen.port, settings.listen.workers) == (2, 9001, 2)
    assert settings.hosting.mail is not None
    assert settings.hosting.mail.sender == "a@council.example"


def test_every_fault_is_told_at_once_with_its_key_and_its_variable(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'proxies = 0\ncolour = "red"\n[listen]\nport = 70000\n[entra]\ntenant = "common"\n'
        '[mail]\nhost = "mail"\n',
    )
    told = faults({"SEND_WORKERS": "many", "SEND_DEMO": "1"}, file)
    for name in (
        *("secret_key", "SEND_SECRET_KEY", "hosts", "SEND_HOSTS", "proxies", "SEND_PROXIES"),
        *("colour", "listen.port", "PORT", "listen.workers", "SEND_WORKERS", "SEND_DEMO"),
        *("entra.tenant", "SEND_ENTRA_TENANT", "entra.client", "entra.secret", "mail.from"),
    ):
        assert any(name in line for line in told), name
    assert len(told) == len(set(told))


@pytest.mark.parametrize("key", ["", "short", "x" * 40, "change-me-" * 5])
def test_a_weak_key_is_refused(key: str) -> None:
    [line] = faults(GOOD | {"SEND_SECRET_KEY": key})
    assert "SEND_SECRET_KEY" in line
    assert "secret_key" in line


@pytest.mark.parametrize("proxies", ["", "0", "none"])
def test_without_a_proxy_there_is_no_https_and_no_start(proxies: str) -> None:
    told = faults(GOOD | {"SEND_PROXIES": proxies})
    assert any("SEND_PROXIES" in line for line in told)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://send:postgres@db/send",
        "postgresql://send:changeme@db/send",
        "postgresql://dashboard:dashboard@db/send",
        "mysql://send@db/send",
        "not an address",
    ],
)
def test_a_database_with_a_password_everyone_knows_is_refused(address: str) -> None:
    [line] = faults(GOOD | {"DATABASE_URL": address})
    assert "DATABASE_URL" in line
    assert "changeme" not in line


def test_other_secrets_that_everyone_knows_are_refused() -> None:
    entra = {"SEND_ENTRA_TENANT": TENANT, "SEND_ENTRA_CLIENT": "c", "SEND_ENTRA_SECRET": "secret"}
    mail = {
        "SEND_SMTP_HOST": "m",
        "SEND_SMTP_FROM": "a@b.example",
        "SEND_SMTP_PASSWORD": "password",
    }
    told = faults(GOOD | entra | mail)
    assert [line.split()[0] for line in told] == ["entra.secret", "mail.password"]


@pytest.mark.parametrize("name", ["SEND_HEALTH_KEY", "SEND_METRICS_KEY"])
def test_a_short_key_to_what_the_server_knows_of_itself_is_refused(name: str) -> None:
    [line] = faults(GOOD | {name: "only-twenty-letters!"})
    assert name in line
    assert "only-twenty" not in line


def test_what_is_watched_reaches_whatever_opens_it(tmp_path: Path) -> None:
    file = written(tmp_path, f'[watch]\nmetrics_key = "{SECRET}"\nlogs = false\nbackups = "/b"\n')
    told = {"SEND_SETTINGS": str(file)}
    use_settings_file(told)
    watching = read_watching(False, told)
    assert (watching.metrics_key, watching.log_lines) == (SECRET, False)
    assert watching.backups == Path("/b")


def test_no_secret_is_printed() -> None:
    settings = read_production(None, GOOD | {"DATABASE_URL": "postgresql://u:Zm9vYmFy@localhost/n"})
    assert SECRET not in repr(settings)
    assert "Zm9vYmFy" not in repr(settings)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in faults(GOOD, tmp_path / "none.toml")[0]
    assert "is not TOML" in faults(GOOD, written(tmp_path, "hosts = ["))[0]


def test_the_sample_lacks_nothing_but_its_own_secret() -> None:
    [line] = faults({}, SAMPLE)
    assert "secret_key" in line
    assert read_production(SAMPLE, {"SEND_SECRET_KEY": SECRET}).hosts == ("send.council.example",)


def test_the_sample_names_every_setting() -> None:
    commented = re.compile(r"^# (\[|\w+ = )", re.MULTILINE)
    table = tomllib.loads(commented.sub(r"\1", SAMPLE.read_text(encoding="utf-8")))
    for path in VARIABLES:
        place = table
        for key in path:
            assert key in place, path
            place = place[key]


def test_every_command_uses_the_database_of_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'database = "postgresql:///send"\nfolder = "/srv/send"\n')
    told = {"SEND_SETTINGS": str(file), "SEND_VAR": "/elsewhere"}
    use_settings_file(told)
    assert (told["DATABASE_URL"], told["SEND_VAR"]) == ("postgresql:///send", "/elsewhere")


DARLINGTON, DURHAM = "E06000005", "E06000047"
HOSTS = {"send.darlington.example": DARLINGTON, "send.durham.example": DURHAM}


@pytest.mark.parametrize("quote", ['"', ""], ids=["quoted", "not quoted"])
def test_each_area_may_have_a_host_of_its_own(tmp_path: Path, quote: str) -> None:
    lines = "".join(f'{quote}{host}{quote} = "{code}"\n' for host, code in HOSTS.items())
    hosting = read_production(written(tmp_path, f"[areas]\n{lines}"), GOOD).hosting
    assert hosting.area_hosts == HOSTS
    assert hosting.trusted_hosts == ("send.council.example", *HOSTS)
    assert hosting.site_of(DURHAM) == "https://send.durham.example"
    assert hosting.site_of("E06000001") == "https://send.council.example"
    told = {"SEND_AREA_HOSTS": f" Send.Darlington.Example = {DARLINGTON} , "}
    assert read_production(None, GOOD | told).hosting.area_hosts == {
        "send.darlington.example": DARLINGTON
    }


def test_every_fault_of_the_hosts_of_areas_is_told(tmp_path: Path) -> None:
    told = f"a.example={DARLINGTON},A.example={DURHAM},b.example=E99,c.example,https://d={DURHAM}"
    lines = faults(GOOD | {"SEND_AREA_HOSTS": told})
    assert len(lines) == 4
    for line, said in zip(
        lines,
        ("a.example is named twice", "no area E99", "no area named", "https://d"),
        strict=True,
    ):
        assert said in line
        assert "SEND_AREA_HOSTS" in line
        assert line.endswith("In the file: areas.")
    for wrong in ("areas = 5\n", '[areas]\n"a.example" = 5\n'):
        assert any("areas" in line for line in faults(GOOD, written(tmp_path, wrong)))
