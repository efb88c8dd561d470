"""A real browser, and a server it can open."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from api.http.access import Access
from tests.api.http.recording import SAMPLES
from tests.api.http.serving import served

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FILES = (
    "02-sriphanalai-plan-2566.html",
    "08-pao-sriphanalai-vision.html",
    "14-rattanasamut-budget-2567.csv",
)
TOKEN = "a-token-of-this-test-0123456789"


def program() -> str:
    """Return the browser of this machine (`PHAEN_CHROMIUM` names another); skip without one.

    In CI a missing browser is a failure: a form that no browser has sent is not tested.
    """
    names = (os.environ.get("PHAEN_CHROMIUM", ""), *NAMES)
    found = next(filter(None, map(shutil.which, filter(None, names))), None)
    if found is None:
        reason = "no Chromium on this machine (tools/programs.sh --tests installs it)"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, driven as a person would.

    It ends with its module: while it runs its driver's event loop does, and other tests in
    this process could not run one of their own.
    """
    executable = program()
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=executable,
            args=[*ARGUMENTS, *as_root],
            timeout=120_000,
            env={**os.environ, "LC_ALL": "C.UTF-8"},  # names of files in Thai, in any locale
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of three sample documents; copied by whoever changes it."""
    path = tmp_path_factory.mktemp("knowledge") / "kb.db"
    with TestClient(create_app(path)) as client:
        for name in FILES:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
    return path


@pytest.fixture(scope="session")
def site(knowledge: Path) -> Iterator[str]:
    """A server as one person runs it on their own machine."""
    with served(create_app(knowledge, hosts={"127.0.0.1"})) as address:
        yield address


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that asks for its token."""
    path = tmp_path_factory.mktemp("guarded") / "kb.db"
    with served(create_app(path, access=Access(token=TOKEN))) as address:
        yield address


@pytest.fixture(scope="session")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for reading only, with one document."""
    path = tmp_path_factory.mktemp("readable") / "kb.db"
    with TestClient(create_app(path)) as client:
        name = FILES[1]
        client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
    with served(create_app(path, access=Access(read_only=True))) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has never been here; what goes wrong in it is an error."""
    context = browser.new_context(locale="th-TH")
    context.set_default_timeout(120_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []
