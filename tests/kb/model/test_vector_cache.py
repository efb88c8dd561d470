"""Texts are encoded once, whoever asks, and never by another model."""

import numpy as np

from kb.model.vector_cache import VectorCache
from tests.kb.tiny_encoder import TinyEncoder

TEXTS = ["ขุดลอกคลอง", "ปลูกป่า", "ขุดลอกคลอง", "ก่อสร้างถนน"]


def test_texts_asked_for_again_are_not_encoded_again() -> None:
    cache, encoder = VectorCache(), TinyEncoder()
    first = cache.encode(encoder, TEXTS, "passage")
    assert encoder.encoded == ["ขุดลอกคลอง", "ปลูกป่า", "ก่อสร้างถนน"]
    again = cache.encode(encoder, TEXTS[::-1], "passage")
    assert len(encoder.encoded) == 3
    assert np.array_equal(again, first[::-1])
    assert np.array_equal(first, TinyEncoder().encode(TEXTS, "passage"))


def test_more_texts_than_are_remembered_still_get_their_vectors() -> None:
    cache, encoder = VectorCache(capacity=2), TinyEncoder()
    assert np.array_equal(
        cache.encode(encoder, TEXTS, "passage"), TinyEncoder().encode(TEXTS, "passage")
    )
    encoder.encoded.clear()
    cache.encode(encoder, ["ก่อสร้างถนน"], "passage")
    assert encoder.encoded == []
    cache.encode(encoder, ["ขุดลอกคลอง"], "passage")
    assert encoder.encoded == ["ขุดลอกคลอง"]


def test_another_models_vectors_are_not_mixed_in() -> None:
    cache = VectorCache()
    cache.encode(TinyEncoder("one-1", 64), TEXTS, "passage")
    assert cache.encode(TinyEncoder("two-1", 32), TEXTS, "passage").shape == (4, 32)
