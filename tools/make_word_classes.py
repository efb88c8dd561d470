"""Put frequent Thai words into classes of like meaning, by the vectors of the default encoder.

    python -m tools.make_word_classes TEXT [TEXT ...]

Words are those of the texts named and the most frequent of PyThaiNLP's Thai Textbook Corpus
list. Writes `ingest/extract/statements/learned/word_classes.tsv`: word, wide class, narrow class.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from pythainlp.corpus import ttc
from sklearn.cluster import MiniBatchKMeans

from ingest.thai.words import segment
from kb.model.encoder import load_encoder

OUTPUT = Path("ingest/extract/statements/learned/word_classes.tsv")
FREQUENT = 9_000
CLASSES = (60, 250)
BATCH = 512


def listed(paths: list[Path]) -> list[str]:
    """Return the words of the texts and the most frequent ones, sorted."""
    own = {word for path in paths for word in segment(path.read_text("utf-8"))}
    ranked = sorted(dict(ttc.word_freqs()).items(), key=lambda item: -item[1])
    frequent = [word for word, _ in ranked if len(word) > 1][:FREQUENT]
    return sorted(w for w in own | set(frequent) if len(w) > 1 and "ก" <= w[0] <= "๎")


def main() -> None:
    """Write the classes."""
    words, encoder = listed([Path(name) for name in sys.argv[1:]]), load_encoder()
    parts = [encoder.encode(words[i : i + BATCH], "query") for i in range(0, len(words), BATCH)]
    vectors = np.vstack(parts)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    columns = [
        MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=2048, max_iter=30).fit_predict(
            vectors
        )
        for count in CLASSES
    ]
    rows = (f"{word}\t{wide}\t{narrow}" for word, wide, narrow in zip(words, *columns, strict=True))
    OUTPUT.write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
