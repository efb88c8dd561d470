"""A command line and an application over real files."""

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.cli.main import main
from api.text import language


@dataclass
class Ran:
    """What one call of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects of standard output, one a line, and nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def thai() -> None:
    """Begin in Thai, whatever language the test before asked for."""
    language.use("th")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `phaen` in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PHAEN_KB", raising=False)
    monkeypatch.delenv("PHAEN_LANG", raising=False)

    def call(*arguments: object, **environment: str) -> Ran:
        result = CliRunner(env=environment).invoke(main, [str(each) for each in arguments])
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PLAN = """แผนพัฒนาจังหวัดพะเยา พ.ศ. 2566 - 2570

วิสัยทัศน์
เมืองแห่งกว๊านน้ำใส คนสุขภาพดี เศรษฐกิจเติบโตอย่างพอเพียง

พันธกิจ
1. ฟื้นฟูแหล่งน้ำและป่าต้นน้ำให้สมบูรณ์
2. ดูแลผู้สูงอายุในชุมชนให้ทั่วถึง

ค่านิยม
ซื่อสัตย์ สามัคคี มีวินัย
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan as a text file, its name in Thai with a blank."""
    path = tmp_path / "แผน พะเยา.txt"
    path.write_text(PLAN, "utf-8")
    return path
