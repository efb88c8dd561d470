"""`phaen demo`: the sample documents, three answers, and the application in the browser."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
import webbrowser
from importlib.resources import files
from pathlib import Path

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say
from api.text.messages import message

QUESTIONS = ("น้ำไม่พอทำนาในหน้าแล้ง", "ดูแลผู้สูงอายุที่อยู่คนเดียว", "สูตรแกงเขียวหวานไก่")
_START_SECONDS = 120.0


@subcommand("demo")
@option("--port", default=8000, show_default=True, type=int, metavar="PORT")
@option("--no-browser", "no_browser", is_flag=True)
def command(call: Call, port: int, no_browser: bool) -> None:
    """Add the samples, ask three questions of them and serve them until stopped."""
    from api.cli.commands import add, search, serve

    samples = Path(str(files("corpora") / "samples"))
    context = click.get_current_context()
    context.invoke(add.command, paths=(samples,))
    for question in QUESTIONS:
        say(message("demo-question", text=question))
        context.invoke(search.command, text=(question,), limit=3)
    if not no_browser:
        address = f"http://127.0.0.1:{port}/"
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    context.invoke(serve.command, port=port)


def _open_when_ready(address: str) -> None:
    """Open the browser once the server answers; leave it where it never does."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}v1/health", timeout=5):  # noqa: S310 (loopback)
                webbrowser.open(address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
