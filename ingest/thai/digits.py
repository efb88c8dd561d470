"""Thai digits and whole numbers."""

import re

_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = re.compile("[๐-๙]")
_INTEGER = re.compile(r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9]|[.,][0-9])")


def arabic(text: str) -> str:
    """Write Thai digits as 0-9, one for one: offsets into the text stay true."""
    return text.translate(_ARABIC) if _THAI.search(text) else text


def thai(text: str) -> str:
    """Write 0-9 as Thai digits, one for one."""
    return text.translate({ord("0") + i: 0xE50 + i for i in range(10)})


def integer(text: str) -> int | None:
    """Read the first whole number of a text, digits Thai, Arabic or mixed; None if none."""
    result = _INTEGER.search(arabic(text))
    return int(result[0].replace(",", "")) if result else None
