"""Where a request ends: what the production server does with one that says two things."""

import socket
from pathlib import Path

from tests.production.ground import environment, free_port, new_database, serving

_HEAD = "POST /staff/sign-in HTTP/1.1\r\nHost: send.council.example\r\nX-Forwarded-Proto: https\r\n"
_SECOND = "GET /smuggled HTTP/1.1\r\nHost: send.council.example\r\n\r\n"


def test_a_request_of_two_lengths_brings_no_second_one(tmp_path: Path) -> None:
    new_database(tmp_path / "var").close()
    told = environment(tmp_path / "var", free_port(), SEND_LOGS="1")
    with serving(told) as process:
        answers = {name: _ask(int(told["PORT"]), words) for name, words in _TWO.items()}
        process.terminate()
        said = process.communicate(timeout=60)[0]
    assert all(one.count("HTTP/1.1 ") <= 1 for one in answers.values()), answers
    assert " 200 " not in "".join(one.split("\r\n")[0] for one in answers.values())
    assert "/…" not in said, "nothing was asked for at an address that nobody has"


# What stands behind the end of the first request by one length, and inside it by the other.
_TWO = {
    "chunked and a length": f"{_HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    f"{len(_SECOND) + 7:x}\r\nx=1&y=2{_SECOND}\r\n0\r\n\r\n",
    "two lengths": f"{_HEAD}Content-Length: 3\r\nContent-Length: {len(_SECOND) + 3}\r\n\r\n"
    f"x=1{_SECOND}",
    "a coding nobody knows": f"{_HEAD}Content-Length: 3\r\nTransfer-Encoding: x-chunked\r\n\r\n"
    f"x=1{_SECOND}",
    "a space before the colon": f"{_HEAD}Content-Length : 3\r\n\r\nx=1{_SECOND}",
    "a number with a sign": f"{_HEAD}Content-Length: +3\r\n\r\nx=1{_SECOND}",
}


def _ask(port: int, words: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sent:
        sent.sendall(words.encode("ascii"))
        sent.shutdown(socket.SHUT_WR)
        got = b""
        while part := sent.recv(65536):
            got += part
    return got.decode("utf-8", "replace")
