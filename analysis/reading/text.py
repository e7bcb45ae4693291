"""Bytes in, text out, whatever they are encoded in: each accented letter one character, as the other steps expect.

>>> decoded("Ha\\u0300 Ti\\u0303nh".encode("utf-16"))
'Hà Tĩnh'
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes, is_binary

from analysis.reading.formats import Found, Unreadable

__all__ = ["composed", "decoded", "read"]

# Behind its marks and UTF-8, what press texts and the offices of Viet Nam are saved in. Among all encodings, a guess
# from a few accented letters in an English text is often a wrong one.
_ENCODINGS = ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be", "cp1258", "cp1252"]
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_LEAST = 8  # bytes
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.05  # of the characters: a stray one may be in a text; in UTF-16 every second one is
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")  # letters that only Vietnamese has, composed


def read(data: bytes) -> list[Found]:
    """The one text of a plain text file."""
    return [Found(decoded(data))]


def decoded(data: bytes) -> str:
    """The text that bytes hold; line ends stay as they are.

    Raises:
        Unreadable: they hold no text.
    """
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
        if len(_CONTROL.findall(text)) <= _MOST_CONTROL * len(text):
            return composed(text)
    except UnicodeDecodeError:
        pass
    if is_binary(data):
        raise Unreadable("is no text, whatever its name says: a picture, a program or the like")
    if len(data) < _LEAST:
        raise Unreadable("is too short to tell how it is encoded; save it as UTF-8")
    found = from_bytes(data, cp_isolation=_ENCODINGS)
    best = found.best()
    if best is None:
        raise Unreadable("is text in no encoding that was recognised; save it as UTF-8")
    texts = {match.encoding: composed(str(match)) for match in found}
    return next((text for text in texts.values() if _VIETNAMESE.search(text)), composed(str(best)))


def composed(text: str) -> str:
    """The text with letters and their accents in one character each, as most texts have them."""
    return unicodedata.normalize("NFC", text)
