"""The classes of Thai characters that the rules of this package are written in.

The names follow the Unicode code chart U+0E00-0E7F. Each constant is the inside of a
regular expression's character class.
"""

CONSONANTS = "\u0e01-\u0e2e"
"""ก to ฮ, with the vowel letters ฤ and ฦ that behave like them."""

VOWEL_MARKS = "\u0e31\u0e34-\u0e39"
"""Vowels written above or below: ั ิ ี ึ ื ุ ู."""

TONES = "\u0e48-\u0e4b"
"""The four tone marks: ่ ้ ๊ ๋."""

SILENCER = "\u0e4c"
"""Thanthakhat, the mark that silences a letter: ์."""

MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Everything that stands above or below a consonant."""

FOLLOWING = "\u0e30\u0e32\u0e33"
"""Vowels that stand after their consonant: ะ า ำ."""

LEADING = "\u0e40-\u0e44"
"""Vowels that stand before their consonant: เ แ โ ใ ไ."""

LETTERS = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
"""Consonants, vowels and marks; no digits, no ฯ, no ๆ, no ฿."""

THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
"""All that belongs to a run of Thai words: letters with ฯ and ๆ, without digits."""

DIGITS = "\u0e50-\u0e59"
"""๐ to ๙."""
