"""A text in, the language that it is in out, where that is not English: by py3langid, which gives the same each time.

>>> other_language("Năm 2023, tỉnh Hà Tĩnh thu ngân sách đạt 408 tỷ đồng, bằng 102% kế hoạch, cao hơn 4% so với 2022.")
'Vietnamese'
>>> other_language("In 2023 the province of Hà Tĩnh collected 408 billion VND, 102% of the plan, 4% up on 2022.")
''
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from babel import Locale

__all__ = ["named_language", "other_language"]

_ENGLISH = "en"
_SURE = 0.95  # of other languages; a list of names of places may seem to be anything
_LEAST = 15  # words in which a language shows
_LONGEST = 50_000  # characters that are looked at
_WORD = re.compile(r"[^\W\d_]{2,}")


def other_language(text: str) -> str:
    """The name of the language of a text that is not English; empty where it is, or where it is too short to tell."""
    opening = text[:_LONGEST]
    if len(_WORD.findall(opening)) < _LEAST:
        return ""
    code, probability = _identifier().classify(opening)
    return (named_language(code) or code) if code != _ENGLISH and probability >= _SURE else ""


def named_language(code: str) -> str:
    """What a language is called in English; empty where nothing is called so.

    >>> named_language("vi"), named_language("en-GB"), named_language("qqq")
    ('Vietnamese', 'English', '')
    """
    return str(Locale(_ENGLISH).languages.get(code.partition("-")[0].lower(), ""))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, for those who read files

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
