"""Does the first start on a clean Debian 12 as it is documented, harms it, and says what was seen.

    python -m tests.first_start.run [FOLDER]

As root, with Debian's packages mmdebstrap, systemd-container and slirp4netns; the network is
needed for Debian's and Python's packages; it takes about six minutes. FOLDER keeps the clean
machine for the next time, else it is made anew in a temporary folder.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.markdown import table
from tests.first_start.machine import NEEDED, Machine, copy_project

ROOT = Path(__file__).resolve().parents[2]
NAME = "send.council.example"
PROJECT = "/srv/send-dashboard"
RUNNING = ROOT / "docs" / "running.md"
_UNITS = ("send-dashboard", "send-dashboard-backup", "send-dashboard-remind")
_AS = "runuser -u send-dashboard -- env -C / SEND_SETTINGS=/etc/send-dashboard/settings.toml "
_PATIENCE = 180  # seconds: the machine may be busy
_HEADERS = ("strict-transport-security", "content-security-policy", "x-content-type-options")


class Seen:
    """What was done, what came of it and how long it took."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []

    @contextmanager
    def step(self, what: str) -> Iterator[list[str]]:
        said: list[str] = []
        begun = time.monotonic()
        print(what, "...", file=sys.stderr, flush=True)
        yield said
        self.rows.append((what, "; ".join(said), f"{time.monotonic() - begun:.0f}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where the clean machine is kept")
    kept = parser.parse_args().folder
    missing = [one for one in NEEDED if shutil.which(one) is None]
    if missing or os.geteuid() != 0:
        sys.exit(
            f"This needs root, and Debian's mmdebstrap systemd-container slirp4netns: {missing}"
        )
    seen = Seen()
    with tempfile.TemporaryDirectory(prefix="first-start-") as temporary:
        clean = Machine((kept or Path(temporary)) / "clean", "sendclean")
        if not clean.root.exists():
            clean.root.parent.mkdir(parents=True, exist_ok=True)
            with seen.step("a clean Debian 12 is made (mmdebstrap)"):
                clean.make()
        machine = Machine(Path(temporary) / "machine", f"first{os.getpid()}")
        subprocess.run(["cp", "-a", clean.root, machine.root], check=True)
        copy_project(ROOT, machine.root / PROJECT.strip("/"))
        with machine.on():
            walk(machine, seen)
    print(table(("what was done", "what was seen", "seconds"), seen.rows))


def walk(machine: Machine, seen: Seen) -> None:
    """Everything that `docs/running.md` says of a first start, and what may happen after it."""
    start(machine, seen)
    next_steps(machine, seen)
    units(machine, seen)
    deaths(machine, seen)
    new_program(machine, seen)


def start(machine: Machine, seen: Seen) -> None:
    """The script, in a clone, and the page it ends with."""
    with seen.step(f"`sh deploy/first_start.sh {NAME}`") as said:
        words = f"cd {PROJECT} && sh deploy/first_start.sh {NAME}"
        done = machine.ask(words, timeout=1800)
        assert "Permission denied" not in done, done
        said.append("nine commands, each ended with 0")
    with seen.step("`https://` through nginx, until it answers") as said:
        said.append(wait_for_page(machine))
    with seen.step("its headers, `http://`, another name, the check of health") as said:
        head = page(machine, "/staff/sign-in", "-I")
        assert all(f"\n{name}:" in head.casefold() for name in _HEADERS), head
        assert "__Host-" in head, head
        led = page(machine, "/data/", "-I", scheme="http")
        assert " 308" in led, led
        assert f"https://{NAME}/data/" in led, led
        stranger = page(machine, "/", "-I", host="other.example")
        assert " 400" in stranger, stranger
        for place in ("/", "/easy-read/", "/data/", "/health/live"):
            assert " 200" in page(machine, place, "-i").partition("\n")[0], place
        said.append("200 with HSTS, CSP, nosniff and `__Host-` cookies; 308 to https; 400")


def next_steps(machine: Machine, seen: Seen) -> None:
    """The first account and what `--check` says."""
    with seen.step("`people add`, its link opened") as said:
        link = machine.ask(documented("people add"))
        found = re.search(r"(/staff/invitation/\S+)", link)
        assert found, link
        shown = page(machine, found[1], "-iL")
        assert " 200" in shown.partition("\n")[0], shown[:300]
        assert "password" in shown.casefold(), shown[-2000:]
        said.append("the page that asks for a password")
    with seen.step("`serve --production --check`") as said:
        said.append(machine.ask(f"{_AS}send-dashboard serve --production --check").strip())


def documented(part: str) -> str:
    """The commands of `docs/running.md` that have these words, as they stand there."""
    blocks = re.findall(r"^```\n(.*?)^```", RUNNING.read_text(), re.DOTALL | re.MULTILINE)
    [found] = [one for one in blocks if part in one]
    return str(found)


def units(machine: Machine, seen: Seen) -> None:
    """Files of systemd's own, the timers, and how much each unit may do."""
    with seen.step("the units are copies, enabled, and hardened") as said:
        for unit in _UNITS:
            at = machine.root / f"etc/systemd/system/{unit}.service"
            assert at.is_file(), at
            assert not at.is_symlink(), at
        ends = ("send-dashboard.service", "send-dashboard-backup.timer")
        for unit in (*ends, "send-dashboard-remind.timer"):
            assert machine.ask(f"systemctl is-enabled {unit}").strip() == "enabled", unit
            assert machine.ask(f"systemctl is-active {unit}").strip() == "active", unit
        machine.ask("systemd-analyze verify /etc/systemd/system/send-dashboard*")
        for unit in _UNITS:
            told = machine.ask(f"systemd-analyze --no-pager security {unit}")
            score = re.search(r"exposure level for \S+: ([\d.]+)", told)
            assert score, told[-500:]
            assert float(score[1]) < 2, score[1]
            said.append(f"{unit} {score[1]}")
    with seen.step("`systemctl start send-dashboard-backup`, and its drill") as said:
        machine.ask("systemctl start send-dashboard-backup")
        [name] = machine.ask("ls /var/backups/send-dashboard/*.pgdump").split()
        said.append(machine.ask(f"stat -c '%A %U' {name}").strip())
        place = "postgresql:///drill?host=/var/run/postgresql"
        machine.ask("env -C / runuser -u postgres -- createdb -O send-dashboard drill")
        drilled = machine.ask(f"{_AS}send-dashboard restore {name} --into '{place}'")
        said.append(drilled.strip().splitlines()[-1])
    with seen.step("`systemctl start send-dashboard-remind`, no mail server set") as said:
        machine.ask("systemctl start send-dashboard-remind")
        result = "systemctl show -P Result send-dashboard-remind"
        said.append(f"not run: {machine.ask(result).strip()}")


def deaths(machine: Machine, seen: Seen) -> None:
    """Killed, stopped, switched off and on."""
    with seen.step("kill -9 of the first process, until a page comes") as said:
        before = first_process(machine)
        machine.ask(f"kill -9 {before}")
        time.sleep(0.5)
        wait_for_page(machine)
        assert first_process(machine) not in ("0", before)
        said.append(wait_for_page(machine))
    with seen.step("`systemctl stop`, gently") as said:
        machine.ask("systemctl stop send-dashboard", timeout=60)
        result = machine.ask("systemctl show -P Result send-dashboard").strip()
        theirs = "find /proc -maxdepth 1 -user send-dashboard -name '[0-9]*'"
        left = str(len(machine.ask(theirs).split()))
        assert (result, left) == ("success", "0"), (result, left)
        down = page(machine, "/", "-i").partition("\n")[0].strip()
        said.append(f"{result}, no process left; nginx says {down}")
    with seen.step("`systemctl start`, then off and on again") as said:
        machine.ask("systemctl start send-dashboard")
        wait_for_page(machine)
        machine.reboot()
        said.append(wait_for_page(machine))
        failed = machine.ask("systemctl --failed --no-legend --plain").strip()
        assert not failed, failed
        said.append("no unit failed")


def new_program(machine: Machine, seen: Seen) -> None:
    """The same program once more, as a new one is put in."""
    with seen.step('the commands of "A new program"') as said:
        before = first_process(machine)
        words = documented("pipx install --force")
        machine.ask(f"set -e; cd {PROJECT}; {words}", timeout=1800)
        assert first_process(machine) != before
        said.append(wait_for_page(machine))


def first_process(machine: Machine) -> str:
    return machine.ask("systemctl show -P MainPID send-dashboard").strip()


def wait_for_page(machine: Machine) -> str:
    """The first line of an answer to a page, once it is good."""
    until = time.monotonic() + _PATIENCE
    while True:
        first = page(machine, "/easy-read/", "-i").partition("\n")[0].strip()
        if " 200" in first:
            return first
        assert time.monotonic() < until, first
        time.sleep(0.5)


def page(machine: Machine, path: str, how: str, scheme: str = "https", host: str = NAME) -> str:
    """What curl says of an address, asked in the machine's network; "" when nobody answers."""
    port = 443 if scheme == "https" else 80
    command = ["ip", "netns", "exec", machine.name, "curl", "-sk", how, "--max-time", "60"]
    command += ["--noproxy", "*", "--resolve", f"{host}:{port}:127.0.0.1"]
    done = subprocess.run(
        [*command, f"{scheme}://{host}{path}"], capture_output=True, text=True, check=False
    )
    return done.stdout


if __name__ == "__main__":
    main()
