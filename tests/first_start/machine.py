"""A clean Debian 12 that boots systemd, in a folder and a network of its own, on this machine."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("mmdebstrap", "systemd-nspawn", "slirp4netns", "ip", "nsenter")
_SUITES = (
    ("bookworm", "http://deb.debian.org/debian"),
    ("bookworm-updates", "http://deb.debian.org/debian"),
    ("bookworm-security", "http://deb.debian.org/debian-security"),
)
_BROUGHT = "systemd,systemd-sysv,dbus,ca-certificates"
_CERTIFICATES = "/run/index-certificates.pem"
_PATIENCE = 180  # seconds: the machine may be busy
_WANTS_REBOOT = 133  # how systemd-nspawn ends when its machine asks for it


class Machine:
    """One machine: its files, its network and, while it is on, its first process."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name
        self._on: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Everything Debian calls minimal, and systemd; nothing of ours."""
        sources = "\n".join(f"deb {place} {suite} main" for suite, place in _SUITES)
        command = ["mmdebstrap", "--variant=minbase", f"--include={_BROUGHT}", "bookworm"]
        new = self.root.with_name(f"{self.root.name}.new")
        subprocess.run([*command, new, "-"], input=sources, text=True, check=True)
        (new / "etc/machine-id").write_text("uninitialized\n")
        new.rename(self.root)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Booted, in a network that reaches out and that nobody reaches."""
        with self._network():
            self._boot()
            try:
                self.wait_until_up()
                yield
            finally:
                self._off()

    def _boot(self) -> None:
        command = ["systemd-nspawn", "--quiet", f"--directory={self.root}", "--boot"]
        command += ["--register=no", "--keep-unit", f"--machine={self.name}"]
        command += [f"--network-namespace-path=/run/netns/{self.name}", "--console=pipe"]
        command += ["--resolv-conf=off", "--timezone=off"]
        if certificates := os.environ.get("PIP_CERT"):
            command += [f"--bind-ro={certificates}:{_CERTIFICATES}"]
        self._on = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    @contextmanager
    def _network(self) -> Iterator[None]:
        subprocess.run(["ip", "netns", "add", self.name], check=True)
        command = ["slirp4netns", "--configure", "--disable-host-loopback"]
        command += ["--netns-type=path", f"/run/netns/{self.name}", "tap0"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (self.root / "etc/resolv.conf").write_text("nameserver 10.0.2.3\n")
        try:
            yield
        finally:
            process.terminate()
            process.wait()
            subprocess.run(["ip", "netns", "delete", self.name], check=True)

    def _off(self) -> None:
        assert self._on
        self._on.send_signal(signal.SIGTERM)
        try:
            self._on.wait(60)
        except subprocess.TimeoutExpired:
            self._on.kill()
            self._on.wait()

    def wait_until_up(self) -> str:
        """Until systemd says that everything it starts has started, or that something failed."""
        until = time.monotonic() + _PATIENCE
        said = ""
        while time.monotonic() < until:
            time.sleep(0.3)
            said = self._state()
            if said in ("running", "degraded"):
                return said
        raise TimeoutError(f"systemd is {said or 'not there'}")

    def _state(self) -> str:
        try:
            return self.ask("systemctl is-system-running", check=False).strip()
        except OSError:
            return ""

    def reboot(self) -> None:
        """Off and on again: everything in it ends, its files stay."""
        assert self._on
        self.ask("systemctl reboot --no-block", check=False)
        assert self._on.wait(_PATIENCE) == _WANTS_REBOOT
        self._boot()
        self.wait_until_up()

    def ask(self, words: str, check: bool = True, timeout: float = 120) -> str:
        """What a command of root's shell says, in the machine; its errors with it.

        Raises:
            AssertionError: it failed, with what it said.
        """
        done = subprocess.run(
            [*self._inside(), "sh", "-c", words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )
        assert not check or done.returncode == 0, f"{words}\n{done.stdout[-3000:]}"
        return done.stdout

    def _inside(self) -> list[str]:
        """The way in, with nothing of this machine's environment but where packages come from."""
        kept = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        kept |= {"HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        kept |= {k: v for k, v in os.environ.items() if k.startswith("PIP_") and k != "PIP_CERT"}
        kept.pop("PIP_FIND_LINKS", None)
        if "PIP_CERT" in os.environ:
            kept["PIP_CERT"] = _CERTIFICATES
        told = [f"{name}={value}" for name, value in kept.items()]
        way = ["nsenter", f"--target={self._first()}", "--mount", "--uts", "--ipc", "--net"]
        return [*way, "--pid", "--root", "--wd", "env", "-i", *told]

    def _first(self) -> int:
        """The first process of the machine, as this one knows it."""
        found = self._children()
        if not found:
            raise ProcessLookupError("the machine is off")
        return found[0]

    def _children(self) -> list[int]:
        assert self._on
        assert self._on.poll() is None, "the machine went off"
        pid = self._on.pid
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def copy_project(project: Path, target: Path) -> None:
    """The files of a clone as they are now: those git knows or would take."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listed, cwd=project, capture_output=True, check=True).stdout
    for name in filter(None, found.decode().split("\0")):
        if (project / name).exists() or (project / name).is_symlink():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(project / name, target / name, follow_symlinks=False)
