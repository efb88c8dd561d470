"""The samples of docs/operating, used: a real nginx, systemd's own checks."""

import contextlib
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from api.app import create_app
from api.http.access import COOKIE, Access
from tests.api.conftest import PLAN
from tests.api.http.serving import served

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "docs" / "operating"
NAME = "plan.example.go.th"
TOKEN = "0123456789abcdef0123456789abcdef"


def program(name: str) -> str:
    """Return a program of this machine; skip without it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"no {name} on this machine")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Proxy:
    """A running nginx with the sample, and how to ask it."""

    port: int
    certificate: Path

    def client(self, **settings: object) -> httpx2.Client:
        """Return a client that knows the server by its name."""
        return httpx2.Client(
            base_url=f"https://localhost:{self.port}",
            verify=ssl.create_default_context(cafile=str(self.certificate)),
            timeout=120,
            headers={"host": NAME},
            **settings,  # type: ignore[arg-type]
        )


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx, openssl = program("nginx"), program("openssl")
    folder = tmp_path_factory.mktemp("nginx")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={NAME}",
            "-addext",
            f"subjectAltName=DNS:{NAME},DNS:localhost",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    port, plain = free_port(), free_port()
    app = create_app(folder / "kb.db", hosts={NAME}, access=Access(token=TOKEN))
    with served(app) as address, contextlib.ExitStack() as ending:
        sample = (SAMPLES / "nginx.conf").read_text("utf-8")
        for old, new in (
            ("127.0.0.1:8000", urlsplit(address).netloc),
            ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
            ("listen 80", f"listen 127.0.0.1:{plain}"),
            ("/etc/ssl/certs/plan.example.go.th.pem", str(certificate)),
            ("/etc/ssl/private/plan.example.go.th.key", str(key)),
        ):
            assert old in sample
            sample = sample.replace(old, new)
        (folder / "phaen.conf").write_text(sample, "utf-8")
        paths = "\n".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        as_root = "user root;" if os.geteuid() == 0 else ""  # the folder is ours alone
        (folder / "nginx.conf").write_text(
            f"{as_root} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"worker_processes 1; events {{ worker_connections 256; }}\n"
            f"http {{ access_log off; {paths}\ninclude {folder}/phaen.conf; }}\n"
        )
        process = subprocess.Popen(
            [nginx, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.PIPE
        )
        ending.callback(process.communicate)
        ending.callback(process.terminate)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.05)
        yield Proxy(port, certificate)


@pytest.mark.slow
def test_people_log_in_and_add_a_plan_through_the_proxy(proxy: Proxy) -> None:
    with proxy.client(follow_redirects=False) as client:
        led = client.get("/", headers={"accept": "text/html"})
        assert led.headers["location"].startswith("/login")
        assert "max-age" in led.headers["strict-transport-security"]
        origin = {"origin": f"https://{NAME}"}
        entered = client.post("/login", data={"token": TOKEN}, headers=origin)
        assert (entered.status_code, "secure" in entered.headers["set-cookie"].lower()) == (
            303,
            True,
        )
        session = {"cookie": f"{COOKIE}={entered.cookies[COOKIE]}"}
        sent = client.post(
            "/add",
            files={"file": ("แผน.txt", PLAN.encode() + b"\n" + b" " * (5 << 20))},
            headers={**origin, **session},
        )
        assert sent.status_code == 303
        job = re.findall(r"/jobs/([0-9a-f]+)", sent.headers["location"])[0]
        with client.stream("GET", f"/v1/jobs/{job}/events", headers=session) as events:
            assert "event: done" in events.read().decode()
        foreign = client.post(
            "/login", data={"token": TOKEN}, headers={"origin": "https://evil.example"}
        )
        assert foreign.status_code == 403


@pytest.mark.slow
def test_programs_reach_the_interface_through_the_proxy(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.get("/v1/health").json()["code"] == "token-missing"
        bearer = {"authorization": f"Bearer {TOKEN}"}
        assert client.get("/v1/health", headers=bearer).json()["status"] == "ok"
        large = client.post("/v1/search", json={"query": "x" * (5 << 20)}, headers=bearer)
        assert large.status_code == 413
        assert (
            client.get("/v1/health", headers={**bearer, "host": "other.example"}).status_code == 421
        )


@pytest.mark.slow
def test_one_address_that_asks_too_much_is_told_to_wait(proxy: Proxy) -> None:
    with proxy.client(limits=httpx2.Limits(max_connections=1)) as client:
        answers = [client.get("/assets/phaen.css") for _ in range(400)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].headers["retry-after"] == "5"
    assert json.loads(refused[0].text)["code"] == "server-busy"


@pytest.mark.slow
def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    analyse = program("systemd-analyze")
    unit = tmp_path / "phaen.service"
    text = (SAMPLES / "phaen.service").read_text("utf-8")
    command = "/opt/phaen/bin/phaen"
    assert command in text
    unit.write_text(text.replace(command, sys.executable), "utf-8")
    verified = subprocess.run(
        [analyse, "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    if "Failed to" in verified.stderr and "bus" in verified.stderr:
        pytest.skip("systemd-analyze cannot work here")
    assert (verified.returncode, "phaen.service" in verified.stderr) == (0, False), verified.stderr
    exposed = subprocess.run(
        [analyse, "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    if exposed.returncode:
        pytest.skip("this systemd cannot judge units that are not loaded")
    level = re.findall(r"exposure level for phaen.service: ([\d.]+)", exposed.stdout)
    assert float(level[0]) < 3.0


def test_the_container_copies_what_there_is_and_is_not_root() -> None:
    lines = (SAMPLES / "Containerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    missing = [source for sources in copied for source in sources if not (ROOT / source).exists()]
    assert copied
    assert missing == []
    (user,) = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert user not in ("0", "root")
    assert not any("TOKEN" in line for line in lines if not line.startswith("#"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    built = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(built) <= {source for sources in copied for source in sources}
