"""Thai cut into words, without a download: newmm over a dictionary that knows planning.

The dictionary is PyThaiNLP's word list with words of planning documents and of Thailand's
places. It is loaded once, on first use, and may be used from any thread.
"""

import importlib.util
import re
import threading
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from ingest.temporary import TemporaryFolder
from ingest.thai.fold import fold, fold_with_offsets

__all__ = ["dictionary", "fold", "fold_with_offsets", "segment", "words"]

_NAME = "phaen"
_LOCK = threading.Lock()
_LETTER_OR_DIGIT = re.compile(r"\w")

# newmm keeps a graph of the run it cuts: give it pieces that end at a line or a blank.
_PIECE = re.compile(r"[^\n]{1,2000}\n|[^\n]{1,2000}(?= |$)|[^\n]{1,2000}|\n")


def words(text: str) -> list[str]:
    """Return the words of `text` in their order, without blanks and punctuation.

    Give it folded text (`ingest.thai.fold`) where spellings are to meet.
    """
    return [token for token in segment(text) if _LETTER_OR_DIGIT.search(token)]


def segment(text: str) -> list[str]:
    """Cut `text` into words, blanks and punctuation; joined again they give `text`."""
    if not text:
        return []
    _load()
    return [token for piece in _PIECE.findall(text) for token in _cut(piece)]


@lru_cache(maxsize=2048)
def _cut(piece: str) -> tuple[str, ...]:
    """Cut a line; while a page is mended and measured its lines come again and again."""
    import nlpo3

    return tuple(nlpo3.segment(piece, _NAME))


@cache
def dictionary() -> frozenset[str]:
    """Return every word the dictionary holds."""
    return frozenset(_listed())


@cache
def _listed() -> tuple[str, ...]:
    """List the words as their files do: nlpo3 grows its tree faster from words in order."""
    spec = importlib.util.find_spec("pythainlp")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pythainlp", name="pythainlp")
    general = Path(spec.origin).parent / "corpus" / "words_th.txt"
    own = files("ingest.thai")
    return tuple(
        word
        for source in (general, own / "planning_words.txt", own / "place_words.txt")
        for word in source.read_text(encoding="utf-8").split("\n")
        if word
    )


_loaded = False


def _load() -> None:
    """Hand the dictionary to nlpo3, which reads words from a file only."""
    global _loaded
    if _loaded:
        return
    with _LOCK:
        if _loaded:
            return
        with TemporaryFolder() as folder:
            path = folder.path / "words.txt"
            path.write_text("\n".join(_listed()), encoding="utf-8")
            _hand_over(path)
        _loaded = True


def _hand_over(path: Path) -> None:
    """Let nlpo3 read a file, whose folder may have a name in bytes that are no letters."""
    import nlpo3

    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError:
        with path.open("rb") as file:
            nlpo3.rust_load_dict(f"/dev/fd/{file.fileno()}", _NAME)  # type: ignore[attr-defined]
    else:
        nlpo3.load_dict(str(path), _NAME)
