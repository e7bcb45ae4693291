"""What is measured: the report's own words for it, and the codebook's indicator.

>>> after_number(" Party members admitted this year, reaching 117.4%")
'Party members admitted this year'
>>> before_number("In 2023, the average per capita income of the district reached ")
'average per capita income of the district'
>>> indicator("average per capita income reached", "VND", "amount")
'income_per_capita'
"""

from __future__ import annotations

import re
from functools import cache

from analysis.lexicon import alternation, indicators, rows

__all__ = ["after_number", "before_number", "indicator", "verb_near"]

_STOP = re.compile(
    r"[,;:()\"]|\.(?:\s|$)|\s-\s|\s(?:were|was|is|are|has|have|had|reach\w*|account\w*|equal\w*"
    r"|equivalent|compared|while|which|whose|so\sthat|as\sof"
    r"|bring\w*|contribut\w*|exceed\w*|surpass\w*|achieving|up|down|in\s(?:the\s)?(?:19|20)\d\d"
    r"|to\s(?!the\b)\w+|worth|totall?ing|of\swhich|including|with\s(?=\d|a\s|total|an\s))\b"
)
_TRAILING = re.compile(r"\s+(?:and|or|with|from|for|in|of|by|at|to|the|a|an|as|that|on|than|about)$", re.IGNORECASE)


def after_number(right: str) -> str:
    """The noun phrase that a count counts."""
    piece = _STOP.split(right, maxsplit=1)[0].strip() if not right.lstrip().startswith(",") else ""
    piece = re.sub(r"^(?:of\s+(?:the\s+)?|/\S+\s*|more\s|or more\s|additional\s|other\s)", "", piece)
    return _trimmed(" ".join(piece.split()[:14]))


_LEAD = re.compile(
    r"^(?:(?:in|by|as of|at|during|over|for|from|since|after|up to)\s[^,]{0,60},\s*|(?:the|its|their"
    r"|our|a|an|this|that|these|of which|including|in which|and|also|so far|currently|notably"
    r"|in particular|accordingly|however|meanwhile|besides|in addition|while|with|has|had|have"
    r"|regarding)\b[,:]?\s*|[-+*•]\s+|\(?\d{1,2}[.)]\s+)+",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"[\s,(:]*\b(?:is|was|were|are|be|been|being|has|have|had|will|to|at|by|of|about|only|over|than"
    r"|reach(?:es|ed|ing)?|estimated|projected|expected|forecast"
    r"|stood|stands|averag(?:es|ed|ing)|totall?(?:ed|ing)|amount(?:ed|ing|s)|increas(?:e|es|ed|ing)"
    r"|decreas(?:e|es|ed|ing)|grew|grow(?:s|n|ing)?|rose|fell|dropped|drops|declined"
    r"|reduced|reduces|achiev(?:ed|es|ing)|attain(?:ed|ing)|equal(?:s|ed|ing|led|ling)?|up|down|an?"
    r"|the|from|put|set|maintained|remains|accounts?|accounting|for|gained|hit|exceed(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|approximately|nearly|still|also|it|currently|now|target|plan|meets?|met"
    r"|strives?|striv(?:ed|ing)|recorded|scored?|scoring|annually|year|average\sof|ranked|collected"
    r"|obtained|received|as|in|so\sfar|completed?)$",
    re.IGNORECASE,
)


def before_number(wide: str) -> str:
    """The noun phrase whose level is stated, from the words before a number."""
    text = wide.rstrip(" (:")
    while (found := _PREDICATE.search(text)) and found.start() < len(text):
        text = text[: found.start()].rstrip(" ,(:")
    pieces = re.split(r",\s(?!forestry|fishery|and\s)|;\s|\sand\s(?=(?:the|its|total|average)\s)|\.\s|:\s", text)
    piece = pieces[-1]
    piece = re.split(r"\b(?:which|that|where|when|whose)\b", piece)[-1] if len(piece.split()) > 12 else piece
    while (lead := _LEAD.match(piece)) and lead.end() and lead.end() < len(piece):
        piece = piece[lead.end() :]
    return _trimmed(" ".join(piece.split()[-14:]).strip(" ,-"))


def _trimmed(piece: str) -> str:
    while (tail := _TRAILING.search(piece)) is not None:
        piece = piece[: tail.start()]
    return piece.strip(" ,;:-")


@cache
def _verbs() -> re.Pattern[str]:
    forms = alternation(form for row in rows("verbs") for form in row["forms"].split("|"))
    return re.compile(rf"\b({forms})\b", re.IGNORECASE)


@cache
def _participles() -> dict[str, str]:
    return {form: row["participle"] for row in rows("verbs") for form in row["forms"].split("|")}


def verb_near(wide: str) -> str:
    """What was done to the things counted, as a participle: the last verb of action before a number, if near."""
    found = _verbs().findall(wide[-70:])
    return _participles()[found[-1].lower()] if found else ""


# --- indicators -------------------------------------------------------------------------------------------------

_UNIT_FAMILY = {"VND": "money", "USD": "money", "EUR": "money", "pp": "%", "times": "%"}


def indicator(text: str, unit: str, measure: str) -> str:
    """The id of the codebook's indicator with the longest phrase in a text, or nothing.

    Args:
        text: the subject with the words around it.
        unit: the figure's unit; an amount only matches indicators of the same family of units.
        measure: what the figure measures.
    """
    family = _UNIT_FAMILY.get(unit, unit)
    best, length = "", 0
    for words in (_stems(text),):
        for identity, indicator_family, phrase, pattern in _phrases():
            if len(phrase) > length and (measure == "rank" or indicator_family == family) and pattern.search(words):
                best, length = identity, len(phrase)
    return best


def _stems(text: str) -> str:
    """The words of a text in lower case without plural endings, between blanks."""
    words = re.findall(r"[^\W_]+(?:[-/'][^\W_]+)*", text.lower())
    return " " + " ".join(_stem(word) for word in words) + " "


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@cache
def _phrases() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    compiled = []
    for identity, row in indicators().items():
        for phrase in row["phrases"].split(";"):
            words = _stems(phrase).split()
            if words:
                gap = r" (?:\S+ ){0,2}?"
                pattern = re.compile(" " + gap.join(re.escape(word) for word in words) + " ")
                compiled.append((identity, _UNIT_FAMILY.get(row["unit"], row["unit"]), phrase.strip(), pattern))
    return tuple(compiled)
