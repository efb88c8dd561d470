"""Fixtures every test may lean on."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder, load_encoder

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile(
    "any-machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),  # what lands does not hang on luck
)
settings.load_profile("any-machine")  # how fast a machine is says nothing about the code

SHARED = Path(os.environ.get("PHAEN_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The founding documents and gold sets, where this machine has them."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("the shared gold sets are not on this machine (set PHAEN_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The project's own sample documents and gold."""
    return ROOT / "corpora"


@pytest.fixture(scope="session")
def encoder() -> DefaultEncoder | SentenceEncoder:
    """The default model, built into the user's cache where it is not there yet."""
    return load_encoder()
