"""The production server as a process: it stops gently, outlives its parts, comes back quickly."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.production.ground import (
    answer,
    environment,
    free_port,
    new_database,
    serving,
    starting,
    wait_until_it_answers,
)

LENGTH = 30_000
HEAD = (
    "POST /staff/sign-in HTTP/1.1\r\nHost: send.council.example\r\nX-Forwarded-Proto: https\r\n"
    f"Connection: close\r\nContent-Length: {LENGTH}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    new_database(tmp_path / "var").close()
    return environment(tmp_path / "var", free_port())


def children(process: int) -> list[int]:
    """The processes that answer, not the one that tidies up after them."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    lines = {int(one): Path(f"/proc/{one}/cmdline").read_text() for one in found}
    return [number for number, line in lines.items() if "spawn_main" in line]


def slow_posts(port: int, count: int) -> Iterator[socket.socket]:
    for _ in range(count):
        sender = socket.create_connection(("127.0.0.1", port), timeout=60)
        sender.sendall(HEAD.encode() + b"a")
        yield sender


def test_what_is_under_way_is_finished_when_the_server_is_told_to_stop(
    told: dict[str, str],
) -> None:
    with serving(told) as process:
        [sender] = slow_posts(int(told["PORT"]), 1)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        sender.sendall(b"a" * (LENGTH - 1))
        assert sender.recv(12).startswith(b"HTTP/1.1 4"), "a form without its token is refused"
        sender.close()
        assert process.wait(20) == 0


def test_who_never_finishes_does_not_keep_the_server_from_stopping(told: dict[str, str]) -> None:
    with serving(told) as process:
        [sender] = slow_posts(int(told["PORT"]), 1)
        time.sleep(0.5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(40)
        assert time.monotonic() - began < 30
        sender.close()


def test_sixty_who_send_slowly_hold_up_nobody(told: dict[str, str]) -> None:
    with serving(told):
        port = int(told["PORT"])
        senders = [*slow_posts(port, 60)]
        began = time.monotonic()
        statuses = [answer(port, path) for path in ("/healthz", "/easy-read/", "/staff/sign-in")]
        assert statuses[0] == 200
        assert 0 not in statuses
        assert time.monotonic() - began < 10
        for one in senders:
            one.close()


def test_a_part_that_is_killed_is_started_again(told: dict[str, str]) -> None:
    with serving(told) as process:
        [killed] = children(process.pid)
        time.sleep(6)  # one that dies at once, again and again, ends the server
        os.kill(killed, signal.SIGKILL)
        time.sleep(1)
        wait_until_it_answers(int(told["PORT"]), process)
        assert killed not in children(process.pid)


def test_after_the_first_process_is_killed_nobody_holds_the_port_and_it_starts_again(
    told: dict[str, str],
) -> None:
    with serving(told) as process:
        left = children(process.pid)
        process.kill()
        process.wait(10)
        until = time.monotonic() + 30
        while any(Path(f"/proc/{one}").exists() for one in left):
            assert time.monotonic() < until, "a part was left behind"
            time.sleep(0.2)
    began = time.monotonic()
    with serving(told):
        assert answer(int(told["PORT"]), "/healthz") == 200
        assert time.monotonic() - began < 30


def test_two_parts_share_the_work_and_stop_together(told: dict[str, str]) -> None:
    with serving({**told, "SEND_WORKERS": "2"}) as process:
        assert len(children(process.pid)) == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(25) == 0


def test_a_refused_start_ends_at_once_and_listens_nowhere(told: dict[str, str]) -> None:
    del told["SEND_HOSTS"]
    with starting(told) as process:
        assert process.wait(60) == 1
        assert answer(int(told["PORT"]), "/healthz") == 0


def test_many_answers_at_once_are_all_given(told: dict[str, str]) -> None:
    with serving(told):
        port = int(told["PORT"])
        found: list[int] = []
        asking = [
            threading.Thread(target=lambda: found.append(answer(port, "/staff/sign-in")))
            for _ in range(40)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        assert found == [200] * 40


def test_its_threads_share_one_pool_of_memory_and_give_back_large_pieces(
    told: dict[str, str],
) -> None:
    with serving(told) as process:
        begun = children(process.pid)
        assert begun
        for one in begun:
            told_of_memory = Path(f"/proc/{one}/environ").read_bytes().split(b"\0")
            assert b"MALLOC_ARENA_MAX=1" in told_of_memory
            assert b"MALLOC_MMAP_THRESHOLD_=65536" in told_of_memory
