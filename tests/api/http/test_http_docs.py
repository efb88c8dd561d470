"""The answers shown in docs/http.md are the recorded ones."""

import re

from api.http.openapi import examples
from tests.api.http.recording import HTTP_DOCS, documented


def test_the_answers_shown_are_the_recorded_ones() -> None:
    text = HTTP_DOCS.read_text("utf-8")
    assert documented(text, examples()) == text


def test_every_recorded_answer_of_a_reading_call_is_shown() -> None:
    shown = set(re.findall(r"<!-- example: (\S+ \S+) \d+ -->", HTTP_DOCS.read_text("utf-8")))
    recorded = {
        f"{each['method']} {each['template']}" for each in examples() if each["status"] == 200
    }
    assert recorded <= shown
