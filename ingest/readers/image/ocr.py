"""Tesseract: images in, raw text out. A program of its own, found on the machine or not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.progress import at_work

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGES = "tha+eng"
"""Thai first: the other way round triples the error."""

THAI = "tha"
"""For a line that is Thai without doubt."""

PAGE, BLOCK, LINE, WORD = 4, 6, 7, 8
"""How the image is laid out: a column of text, a block, a line, a word (tesseract's --psm)."""

_TURN = re.compile(r"Rotate: (\d+)")


@cache
def available() -> bool:
    """Whether tesseract is installed with Thai and English."""
    if not shutil.which("tesseract"):
        return False
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=60, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return {b"tha", b"eng"} <= set(listed.split())


def text_of(image: Image, dpi: int, layout: int, seconds: float) -> str | None:
    """Read one image; None where tesseract fails or takes longer than `seconds`."""
    done = _run(["stdin", "stdout", *_options(dpi, layout)], seconds, _png(image))
    return None if done is None else done.replace("\f", "")


def texts_of(
    images: Sequence[Image], dpi: int, layout: int, seconds: float, languages: str = LANGUAGES
) -> list[str] | None:
    """Read many small images with one process, which loads its models once."""
    if not images:
        return []
    with tempfile.TemporaryDirectory(prefix="phaen-ocr-") as folder:
        names = [Path(folder, f"{number}.png") for number in range(len(images))]
        for name, image in zip(names, images, strict=True):
            image.save(name)
        listed = Path(folder, "list.txt")
        listed.write_text("\n".join(map(str, names)), encoding="utf-8")
        done = _run([str(listed), "stdout", *_options(dpi, layout, languages)], seconds)
    if done is None:
        return None
    texts = done.split("\f")[: len(images)]
    return texts if len(texts) == len(images) else None


def turn_of(image: Image, dpi: int, seconds: float) -> int:
    """Return by how many degrees a page must be turned clockwise to stand upright."""
    result = _run(
        ["stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", str(dpi)], seconds, _png(image)
    )
    match = _TURN.search(result or "")
    return int(match[1]) if match else 0


def _options(dpi: int, layout: int, languages: str = LANGUAGES) -> list[str]:
    return ["-l", languages, "--psm", str(layout), "--oem", "1", "--dpi", str(dpi)]


def _run(arguments: list[str], seconds: float, data: bytes | None = None) -> str | None:
    try:
        done = subprocess.run(
            ["tesseract", *arguments],
            input=data,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    at_work()
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _png(image: Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
