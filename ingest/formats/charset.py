"""Which encoding a text is in, decided by its bytes.

Thai text comes as UTF-8 (with or without a byte order mark), UTF-16 and TIS-620 with its
Windows superset cp874. TIS-620 is recognised by Thai spelling: its vowel and tone signs
stand behind consonants, which random or Western bytes do not imitate.
"""

import codecs
import re

from ingest.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 18
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Signs which cannot begin a syllable, and what they may follow (TIS-620 code points).
_DANGLING = re.compile(rb"(?<![\xa1-\xce\xd1\xd4-\xda\xe7-\xee])[\xd1\xd4-\xda\xe7-\xee]")
_UNASSIGNED = re.compile(rb"[\x81-\x84\x86-\x90\x98-\x9f\xdb-\xde\xfc-\xff]")
_CONSONANT = re.compile(rb"[\xa1-\xce]")
_THAI_VOWEL_OR_TONE = re.compile(rb"[\xd0-\xda\xe0-\xe9]")


def decode(data: bytes) -> str:
    """Turn the bytes of a text file into characters.

    Raise `ReadError("not-text")` where they are no text in any encoding known here.
    """
    return data.decode(encoding_of(data), "replace").removeprefix("\ufeff")


def encoding_of(data: bytes) -> str:
    """Name the Python codec that reads `data`, or raise `ReadError("not-text")`."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return wide
    if _share(_CONTROLS, data[:_SAMPLE]) > 0.002:
        raise ReadError("not-text")
    # Where plain ASCII comes first (scripts of a web page), what follows it decides.
    telling = _HIGH.search(data)
    begin = telling.start() if telling else 0
    sample = data[begin : begin + _SAMPLE]
    if _is_utf8(sample):
        return "utf-8"
    if _is_thai_8bit(sample):
        return "cp874"
    if _share(_HIGH, sample) < 0.1:
        return "cp1252"
    raise ReadError("not-text")


def _share(pattern: re.Pattern[bytes], data: bytes) -> float:
    return sum(1 for _ in pattern.finditer(data)) / max(len(data), 1)


def _is_utf8(sample: bytes) -> bool:
    """Return whether `sample` is UTF-8, forgiving a cut end and a rare damaged byte."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(sample)
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") * 100 <= beyond_ascii


def _is_thai_8bit(sample: bytes) -> bool:
    consonants = len(_CONSONANT.findall(sample))
    signs = len(_THAI_VOWEL_OR_TONE.findall(sample))
    wrong = len(_DANGLING.findall(sample)) + len(_UNASSIGNED.findall(sample))
    return consonants >= 2 and signs * 10 >= consonants and wrong * 50 <= consonants + signs


def _utf16_without_mark(sample: bytes) -> str | None:
    """Name the UTF-16 byte order where every second byte is that of Thai, ASCII or signs."""
    for high, name in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        stated = sum(high.count(byte) for byte in (0x00, 0x0E, 0x20))
        if len(high) > 1 and stated >= 0.9 * len(high) and high.count(0x20) <= 0.2 * len(high):
            text = sample.decode(name, "replace")
            plain = sum(c.isprintable() or c.isspace() for c in text.removesuffix("\ufffd"))
            return name if plain >= 0.98 * len(text) - 1 else None
    return None
