"""What a report speaks of as "the province" or "our commune": whose figures it is then, as evidence for its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache

from analysis.extraction.country import HOME, country_of
from analysis.extraction.hints import Hint, weight
from analysis.extraction.places.gazetteer import levels, ranks
from analysis.lexicon import alternation, phrase
from analysis.reading.article import Passage
from analysis.reading.reports import Place
from analysis.sieve import Sifted

__all__ = ["HAS_FIGURE", "LEAD_IN", "generic", "levels_spoken_of"]

_GENERIC = phrase("level_spoken_of")
_GENERIC_BODY = Sifted(
    r"(?=[pPDCTW])(?<!of the )(?<!of )(?:(?<=\bThe )|(?<![A-Z]\w{2} ))(?<![A-Z]\w{3} )(?<![A-Z]\w{4} )"
    r"\b([Pp]rovincial|District|City|Town|Commune|Ward)(?:'s)?"
    r"\s(?:Party\s(?:Committee|Organi[sz]ation|Congress)|People's\s(?:Committee|Council)|Executive)"
)
HAS_FIGURE = Sifted(
    r"\d(?<!\d\d)(?<!\d[.,]\d)[\d.,]*\s?(?:%|per\s?cent|\w{1,9}illion|VN[DĐ]|USD|ha\b|tons?\b|[a-z]{2,})|(?:VN[DĐ]|USD|\$)\s?\d|\d/\d"
)
_AGENT = Sifted(r"\b(?:by|from|than|to)\s$")
LEAD_IN = 3  # sentences in which a report says whom it is about
_SPOKEN = 8  # times that "the province" counts at most


@cache
def generic(country: str) -> Sifted:
    """The level that a report speaks of: "the province", and abroad "the county"."""
    if country == HOME:
        return _GENERIC
    words = alternation(word for word, level in levels(abroad=True).items() if word == level and ranks()[level])
    return Sifted(rf"\b(?:[Tt]he|[Tt]his|our|entire|whole)\s((?i:{words}))\b(?!\slevel)")


def levels_spoken_of(
    flat: str, passages: Sequence[Passage], hints: Sequence[tuple[Place, Hint]], named: Set[Place]
) -> Iterator[tuple[Place, Hint]]:
    """ "The province" counts for the province with the most evidence; where none is named, for an unnamed one.

    Where the article names none, and only one stands beside it, under a picture, it counts for that one; and "the
    province" for the one that all places lie in which it tells of. In quotation marks it is that of whoever speaks.

    Args:
        flat: the plain text.
        passages: the sentences of its article.
        hints: the evidence so far.
        named: the places that it names anywhere.
    """
    weights: dict[Place, float] = {}
    for place, hint in hints:
        weights[place] = weights.get(place, 0.0) + hint.weight
    said: Counter[str] = Counter()
    spoken = generic(country_of(flat))
    for n, passage in enumerate(passages):
        text = flat[passage.start : passage.end]
        counted = "generic with figures" if HAS_FIGURE.search(text) else "generic"
        for name, pattern in ((counted, spoken), ("generic body", _GENERIC_BODY)):
            for match in pattern.finditer(flat, passage.start, passage.end) if pattern.may_match(text) else ():
                level = _level(match.group(1))
                said[level] += 1
                if said[level] > _SPOKEN or _is_quoted(flat, match.start()):
                    continue
                about, because = _of_level(level, weights, named)
                yield about, Hint(name, weight("place", name), match.start(), match.group() + because)
                leads_in = name == "generic with figures" and n < LEAD_IN
                if leads_in and not _AGENT.search(flat, max(0, match.start() - 6), match.start()):
                    leads = "subject of the lead"
                    yield about, Hint(leads, weight("place", leads), match.start(), match.group() + because)


def _of_level(level: str, weights: dict[Place, float], named: Set[Place]) -> tuple[Place, str]:
    """The place of a level that a report speaks of, unnamed where it names none; and why, where it is inferred."""
    of_level = [place for place in weights if place.level == level]
    if of_level:
        return max(of_level, key=lambda place: weights[place]), ""
    aside = [place for place in named if place.level == level]
    if len(aside) == 1:
        return aside[0], ""
    inside = {place.province: place.name for place in reversed(weights) if place.province}
    if level == "province" and len(inside) == 1:
        province, first = inside.popitem()
        return Place(province, level), f", that of {first}"
    return Place("", level), ""


def _is_quoted(flat: str, at: int) -> bool:
    """Whether a word stands in quotation marks, opened in its paragraph."""
    opened = flat[flat.rfind("\n", 0, at) + 1 : at]
    return opened.count("“") > opened.count("”") or opened.count('"') % 2 == 1


def _level(word: str) -> str:
    """The level of government that a word names: ``province`` for ``Provincial``."""
    return levels(abroad=True)[" ".join(word.lower().split())]
