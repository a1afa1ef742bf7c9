"""Three copies of the production server on one PostgreSQL, behind a real nginx."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import requests
from sqlalchemy.engine import URL

from tests.production.ground import ROOT, answer, environment, free_port
from tests.staff.people import DARLINGTON, DURHAM

ALL = "send.council.example"
HOSTS = {"send.darlington.example": DARLINGTON, "send.durham.example": DURHAM}
_PATIENCE = 120  # seconds: the machine may be busy
_SITE = """daemon off; user root; error_log {folder}/error.log; pid {folder}/pid;
events {{ }}
http {{
    access_log off; {paths}
    upstream send_dashboard {{ {copies} keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 11m;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto https;
        proxy_set_header X-Forwarded-Host $host;
        proxy_set_header Forwarded "";
        proxy_read_timeout 60s;
        proxy_next_upstream error timeout;
        add_header X-Copy $upstream_addr always;
        location / {{ proxy_pass http://send_dashboard; }}
    }}
}}
"""


class Copy:
    """One copy: a first process with one worker, in a group of their own. PostgreSQL knows its
    connections by its name."""

    def __init__(self, name: str, told: Mapping[str, str], lines: Path) -> None:
        self.name, self.port = name, int(told["PORT"])
        self.told, self._lines = told, lines
        self._out: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "dashboard.cli", "serve", "--production"]
        self._out = self._lines.open("ab")
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(self.told),
            stdout=self._out,
            stderr=self._out,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + _PATIENCE
        while answer(self.port, "/healthz", ALL) != 200:
            assert self._process is not None
            assert self._process.poll() is None, self._lines.read_text()[-2000:]
            assert time.monotonic() < until, "it did not answer in time"
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL to every process of it at once, as when its machine dies."""
        if self._process is None or self._out is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._out.close()
        self._process = self._out = None


class Deployment:
    """The copies, and the nginx before them."""

    def __init__(self, copies: Sequence[Copy], port: int) -> None:
        self.copies, self.port = copies, port

    def named(self, name: str) -> Copy:
        return next(one for one in self.copies if one.name == name)


@contextmanager
def serving(url: URL, folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Deployment]:
    """Three copies that answer, begun one after the other, so that they look for what is due at
    different moments."""
    hosts = {"SEND_AREA_HOSTS": ",".join(f"{host}={code}" for host, code in HOSTS.items())}
    with ExitStack() as stack:
        copies = []
        for name in ("one", "two", "three"):
            own = url.update_query_dict({"application_name": name})
            told = {"DATABASE_URL": own.render_as_string(hide_password=False), **hosts}
            variables = environment(folder, free_port(), **told, **(more or {}))
            copies.append(Copy(name, variables, folder / f"{name}.log"))
            stack.callback(copies[-1].kill)
            copies[-1].start()
            copies[-1].wait()
        port = free_port()
        stack.enter_context(_nginx(folder, port, [one.port for one in copies]))
        yield Deployment(copies, port)


@contextmanager
def _nginx(folder: Path, port: int, copies: Sequence[int]) -> Iterator[None]:
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in kept)
    lines = "".join(f"server 127.0.0.1:{one} max_fails=0;" for one in copies)
    site = folder / "nginx.conf"
    site.write_text(_SITE.format(folder=folder, paths=paths, copies=lines, port=port))
    process = subprocess.Popen(["nginx", "-c", str(site)], stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 20
        while answer(port, "/healthz", ALL) != 200:
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


class Browser:
    """Somebody's browser. It keeps cookies itself: those of HTTPS go over no plain way."""

    def __init__(self, host: str = ALL) -> None:
        self.host, self.cookies = host, dict[str, str]()

    def get(self, port: int, path: str, **more: str) -> requests.Response:
        return self._send(port, "GET", path, {}, more)

    def post(self, port: int, path: str, **form: str) -> requests.Response:
        return self._send(port, "POST", path, form, {})

    def _send(
        self, port: int, method: str, path: str, form: Mapping[str, str], more: Mapping[str, str]
    ) -> requests.Response:
        headers = {"Host": self.host, "X-Forwarded-Proto": "https", **more}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        found = requests.request(
            method,
            f"http://127.0.0.1:{port}{path}",
            headers=headers,
            data=form,
            allow_redirects=False,
            timeout=60,
        )
        for cookie in found.cookies:
            self.cookies[cookie.name] = cookie.value or ""
        return found
