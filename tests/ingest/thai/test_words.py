import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.thai.words import dictionary, segment, words
from tests.ingest.thai.strategies import SENTENCES, damaged

ROOT = Path(__file__).resolve().parents[3]


def test_words_of_a_plan() -> None:
    assert words("ส่งเสริมการท่องเที่ยว (SDGs) ปี 2566") == ["ส่งเสริม", "การท่องเที่ยว", "SDGs", "ปี", "2566"]


def test_words_of_planning_and_places_are_known() -> None:
    assert {"อบต", "คสล", "แอสฟัลท์ติก", "กุฉินารายณ์"} <= dictionary()


def test_nothing_has_no_words() -> None:
    assert words("") == []
    assert words(" \n“” - ") == []


@given(st.one_of(damaged, st.sampled_from(SENTENCES)))
@settings(deadline=None)
def test_segments_joined_are_the_text(text: str) -> None:
    assert "".join(segment(text)) == text


def test_a_very_long_line_is_cut_like_any_other() -> None:
    line = "พัฒนาคุณภาพชีวิต" * 2000
    tokens = segment(line)
    assert "".join(tokens) == line
    assert tokens.count("พัฒนา") >= 1950  # a few words fall on the cuts


def test_threads_may_share_it() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(words, SENTENCES * 5))
    assert answers == [words(sentence) for sentence in SENTENCES * 5]


@pytest.mark.slow
def test_the_temporary_folder_may_have_a_name_in_any_bytes(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xb7\xd5\xe8 tis-620"
    try:
        os.mkdir(folder)  # noqa: PTH102 - bytes
    except OSError as error:
        pytest.skip(f"this file system takes names in UTF-8 only: {error.strerror}")
    script = "from ingest.thai.words import words; assert words('แผนพัฒนา') == ['แผน', 'พัฒนา']"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environb, b"TMPDIR": folder},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert os.listdir(folder) == []  # noqa: PTH208 - bytes
