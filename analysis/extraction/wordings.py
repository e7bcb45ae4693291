"""The report's own words around a number: what to show of a figure whose subject is missing, or does not stand alone.

>>> stands_alone("rice output of the district"), stands_alone("families get the cultural title")
(True, False)
"""

from __future__ import annotations

import re
from functools import cache

from analysis.extraction.noun_phrases import tags
from analysis.lexicon import alternation, rows

__all__ = ["stands_alone", "words_around"]

_AROUND = 6  # words on each side of a number that has no subject
_FURTHER = 16  # words that are gone on to have those of a subject
_LEAST = 2  # words that tell no more than a subject
_STARTS, _ENDS = re.compile(r"[;:(]|\.\s"), re.compile(r"[;:()]|,(?!\d)|\.(?:\s|$)")
_RELATIVE = re.compile(r"\s(?:that|which|who|whom|where|when)\s")
_CUT = re.compile(r"\b(?:in order|to [a-z]+|(?<=s )[a-z]+ing)$")  # "in order [to]", "delegates representing [them]"
_NAMED = re.compile(r"(?:[A-ZÀ-Ỹ]\S*\s)+[A-ZÀ-Ỹ]\S*")
_OBJECT = re.compile(r"\s+of\s+(?:the|their|its|his|her|our)\s")
_LAST = re.compile("pd?[nkg]$")  # "in the course [of their work]"


def words_around(left: str, number: str, right: str, subject: str = "") -> str:
    """A few of the words around a number, as they stand, with those of its subject where these are near.

    Nothing where a subject that does not stand alone would be left with less.

    >>> words_around("Last year the farm supplied ", "41", " tons of tea, and more")
    'Last year the farm supplied 41 tons of tea'
    >>> words_around("", "90", " envoys of more than 4,000 members, at the hall")
    '90 envoys of more than 4,000 members'
    """
    back = next((n for n in range(_AROUND, _FURTHER) if subject and subject in _last(left, n)), _AROUND)
    ahead = _FURTHER if subject else _AROUND
    words, others = _last(left, back), right.split(None, ahead)
    before = _STARTS.split(f"{words} " if left[-1:].isspace() else words)[-1].split()
    behind = _ENDS.split(" ".join([*others[:ahead], ""][: 1 + len(others)]), maxsplit=1)[0].split()
    told = [*before, *number.split(), *behind]
    return " ".join(told) if not subject or len(told) > _LEAST else ""


def stands_alone(subject: str, sentence: str = "") -> bool:
    """Whether a subject says by itself what was measured: a noun phrase, whole, that is more than who did something.

    Args:
        subject: as the tables have it.
        sentence: the words that it is from, which show whether it was cut off before "of".

    >>> stands_alone("communes that meet the standard"), stands_alone("guided the farms into cooperatives")
    (True, False)
    >>> stands_alone("localities"), stands_alone("staff in the act", "They caught staff in the act of their lives.")
    (False, False)
    """
    main = _RELATIVE.split(subject, maxsplit=1)[0]
    if not main or _CUT.search(subject) or _acts(main) or _only_who(subject) or _begun().search(subject):
        return False
    is_cut = subject in sentence and _OBJECT.match(sentence[sentence.find(subject) + len(subject) :])
    return not (is_cut and _LAST.search(tags(subject)))


def _last(text: str, words: int) -> str:
    return " ".join(text.rsplit(None, words)[-words:])


def _acts(main: str) -> bool:
    """Whether it is a clause: it opens with what somebody did to something, or has a finite verb."""
    codes, words = tags(main), main.split()
    opens = words[0].endswith("ed") and codes[0] in "nvxe" and "p" in codes
    each = zip(words[1:], codes[1:], f"{codes[2:]} ", strict=False) if len(words) == len(codes) else ()
    verbs = any(
        (code in "bhm" and not word.endswith("ing"))
        or (code in "vx" and word.endswith("s"))
        or (code + behind == "xd" and not word.endswith(("ing", "ed")))  # "families get the title"
        for word, code, behind in each
    )
    return opens or verbs or _ACTS.search(codes) is not None


_ACTS = re.compile(r",s|[nkgul]d|c[vxt][nkgulq]|[vxe]{2}")


def _only_who(subject: str) -> bool:
    """Whether it names bodies only: what "two localities" did is not told by that, nor by the name of a congress."""
    is_name = _NAMED.fullmatch(subject) is not None and tags(subject)[-1] in "gk"
    one = re.sub(r"ies$", "y", subject.lower()).removesuffix("s")
    return is_name or tags(one) == "g" or one == "locality"


@cache
def _begun() -> re.Pattern[str]:
    """What was done to the things that come next: "reprimands for members and expulsion [of one]"."""
    return re.compile(rf"\sfor\s.*\sand\s(?:{alternation(row['head'] for row in rows('cues/heads'))})$")
