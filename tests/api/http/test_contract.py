"""The HTTP interface held against its own description by schemathesis, all checks on."""

import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.http.recording import FILES, SAMPLES
from tests.api.http.serving import served

pytestmark = pytest.mark.slow
CONFIG = """
[checks]
# 422 also says that a body, a framework or a pair of years is none we know: no schema can.
positive_data_acceptance.expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 422, "5xx"]
"""
SEED, EXAMPLES = 1, 5


def test_the_interface_is_what_its_description_says(tmp_path: Path) -> None:
    app = create_app(tmp_path / "kb.db")
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, "utf-8")
    with TestClient(app) as client:
        for name in FILES:
            client.post("/v1/documents", files={"file": (name, (SAMPLES / name).read_bytes())})
    with served(create_app(tmp_path / "kb.db")) as address:
        ran = subprocess.run(
            [
                sys.executable,
                "-m",
                "schemathesis.cli",
                "--no-color",
                "--config-file",
                config,
                "run",
                f"{address}/openapi.json",
                "--max-examples",
                str(EXAMPLES),
                "--seed",
                str(SEED),
                "--no-shrink",
                "--continue-on-failure",
                "--warnings",
                "off",
                "--request-timeout",
                "120",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
    assert "No issues found" in ran.stdout
