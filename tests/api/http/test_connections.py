"""Clients that dawdle, shout or never ask, on a real port."""

import http.client
import itertools
import json
import socket
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from api.app import create_app
from api.http.connections import LimitedConnection, in_utf8
from api.http.state import ServerLimits
from tests.api.http.serving import served

pytestmark = pytest.mark.slow
HALF_OPEN = 300


class Brisk(LimitedConnection):
    """As real connections, with limits that a test can wait for."""

    header_seconds = 1.0
    write_seconds = 1.0
    most = 40


class Patient(Brisk):
    """Waits longer than a test for the end of a head."""

    header_seconds = 600.0


LIMITS = ServerLimits(body_seconds=1.0, body_bytes_a_second=1000, requests=4, uploads=2)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("connections") / "kb.db"
    with served(create_app(path, limits=LIMITS), Brisk) as at:
        yield at


def dial(address: str) -> socket.socket:
    """Open a connection and say nothing yet."""
    at = urlsplit(address)
    return socket.create_connection((at.hostname, at.port), timeout=60)


def answer_to(raw: bytes, address: str) -> tuple[int, dict[str, str], bytes]:
    """Send bytes as they are; return status, headers and body of what comes back."""
    with dial(address) as line:
        line.sendall(raw)
        return heard(line)


class Answers:
    """The answers on one connection: what was read ahead of one belongs to the next."""

    def __init__(self, line: socket.socket) -> None:
        self.file = line.makefile("rb")

    def makefile(self, mode: str) -> "Answers":
        return self

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def close(self) -> None:
        """Stay open for the next answer."""


def heard(line: socket.socket | Answers) -> tuple[int, dict[str, str], bytes]:
    """Read one answer."""
    answer = http.client.HTTPResponse(line)  # type: ignore[arg-type]
    answer.begin()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def hung_up(line: socket.socket, pieces: Iterable[bytes], pause: float) -> bool:
    """Send pieces until the other end has gone; return whether it has."""
    try:
        for piece in pieces:
            line.sendall(piece)
            time.sleep(pause)
    except OSError:
        return True
    return False


def get(address: str, path: str = "/v1/health") -> tuple[int, dict[str, str], bytes]:
    """Ask politely."""
    return answer_to(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode(), address
    )


@pytest.mark.parametrize("begun", [b"", b"GET /v1/health HTTP/1.1\r\nHost: loc", b"\r\n"])
def test_half_open_connections_shut_nobody_out(tmp_path: Path, begun: bytes) -> None:
    with served(create_app(tmp_path / "kb.db"), Patient) as address:
        lines = []
        try:
            for _ in range(HALF_OPEN):
                lines.append(dial(address))
                if begun:
                    lines[-1].sendall(begun)
            for _ in range(5):
                assert get(address)[0] == 200
        finally:
            for line in lines:
                line.close()


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: l", b"\r\n"])
def test_a_head_that_never_ends_is_given_up(address: str, begun: bytes) -> None:
    with dial(address) as line:
        line.sendall(begun)
        said = line.recv(65536)
        assert b"408" in said if begun.strip() else said == b""
        if begun.strip():
            assert line.recv(65536) == b""


def test_a_head_that_drips_is_given_up(address: str) -> None:
    with dial(address) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        assert hung_up(line, (f"x-{number}: y\r\n".encode() for number in range(600)), 0.05)


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (
            b"GET / HTTP/1.1\r\nhost: a\r\n"
            + b"".join(b"x-%d: %s\r\n" % (n, b"y" * 1000) for n in range(60))
            + b"\r\n",
            431,
            "headers-too-large",
        ),
        (b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 100_000, 431, "headers-too-large"),
        (b"GET /?q=" + b"y" * 20_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n", 414, "address-too-long"),
        (b"GET / HTTP/1.1\r\nhost a\r\n\r\n", 400, "request-malformed"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "request-malformed"),
    ],
)
def test_heads_that_cannot_be_are_problems(
    address: str, raw: bytes, status: int, code: str
) -> None:
    answered, headers, body = answer_to(raw, address)
    assert (answered, headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(body)["code"] == code
    assert get(address)[0] == 200


def test_a_body_that_drips_is_given_up(address: str) -> None:
    head = (
        b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: 1000\r\n\r\n{"
    )
    status, headers, body = answer_to(head, address)
    assert (status, json.loads(body)["code"]) == (408, "body-slow")
    assert headers["connection"] == "close"


def test_a_body_that_comes_in_pieces_is_read(address: str) -> None:
    body = json.dumps({"query": "น้ำ", "mode": "words"}).encode()
    head = (
        b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: %d\r\n\r\n" % len(body)
    )
    with dial(address) as line:
        for piece in (head, body[:5], body[5:9], body[9:]):
            line.sendall(piece)
            time.sleep(0.05)
        assert heard(line)[0] == 200


def test_beyond_the_limit_requests_are_told_when_to_come_again(address: str) -> None:
    begun = (
        b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: 1000\r\n\r\n"
    )
    lines = [dial(address) for _ in range(LIMITS.requests)]
    for line in lines:
        line.sendall(begun)
    statuses = []
    for _ in range(50):
        statuses.append(get(address))
        if statuses[-1][0] == 503:
            break
    status, headers, body = statuses[-1]
    assert (status, headers["content-type"]) == (503, "application/problem+json")
    assert int(headers["retry-after"]) > 0
    assert headers["x-content-type-options"] == "nosniff"
    assert json.loads(body)["code"] == "server-busy"
    for line in lines:
        heard(line)  # given up on, one after the other
        line.close()
    assert get(address)[0] == 200


def test_slow_uploads_leave_room_for_questions(address: str) -> None:
    begun = (
        b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n"
        b"content-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n--b\r\n"
    )
    lines = [dial(address) for _ in range(LIMITS.uploads)]
    for line in lines:
        line.sendall(begun)
    for _ in range(20):
        assert get(address)[0] == 200
    for line in lines:
        line.close()


def test_an_answer_that_nobody_reads_is_dropped(address: str) -> None:
    with dial(address) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        asked = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        assert hung_up(line, itertools.repeat(asked, 20_000), 0.005)
    assert get(address)[0] == 200


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_an_address_in_thai_letters_is_understood(address: str, encoding: str) -> None:
    status, headers, body = get(address, "/v1/areas")
    assert status == 200
    raw = "GET /?q=น้ำท่วม&mode=words HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    status, headers, body = answer_to(raw.encode(encoding), address)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert 'value="น้ำท่วม"' in body.decode()


def test_addresses_that_are_encoded_already_stay() -> None:
    assert in_utf8(b"/a%20b?q=%E0%B8%81&x=[1]") == b"/a%20b?q=%E0%B8%81&x=[1]"
    assert in_utf8(b"/%A1%2F?q=%A1%20a") == b"/%E0%B8%81%2F?q=%E0%B8%81%20a"


def test_several_requests_on_one_connection_are_answered_in_turn(address: str) -> None:
    with dial(address) as line:
        answers = Answers(line)
        line.sendall(b"GET /v1/areas HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
        for _ in range(3):
            assert heard(answers)[0] == 200
        line.sendall(b"GET /v1/areas HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert heard(answers)[0] == 200
        answers.file.close()


def test_a_body_is_never_taken_for_an_address(address: str) -> None:
    body = json.dumps({"query": "น้ำ", "mode": "words"}, ensure_ascii=False).encode()
    post = (
        b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: %d\r\n\r\n" % len(body)
    )
    with dial(address) as line:
        for _ in range(3):
            line.sendall(post)
            time.sleep(0.02)
            line.sendall(body)
            status, _, said = heard(line)
            assert (status, json.loads(said)["query"]) == (200, "น้ำ")
