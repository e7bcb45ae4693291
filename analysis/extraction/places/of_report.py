"""The place that a report is about, by the evidence of its text: mentions of places go in, a choice comes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from analysis.currencies import people
from analysis.extraction.country import HOME, country_of, name_of, names_country
from analysis.extraction.hints import Choice, Hint, choose, weight
from analysis.extraction.places.gazetteer import levels, ranks
from analysis.extraction.places.names import Mention, body_words, lies_in
from analysis.extraction.places.spoken_of import HAS_FIGURE, LEAD_IN, levels_spoken_of
from analysis.lexicon import alternation, phrase, rows
from analysis.reading.article import Passage
from analysis.reading.reports import Place
from analysis.sieve import Sifted

__all__ = [
    "body_follows",
    "dateline_of",
    "in_later_bracket",
    "land",
    "main_place",
    "parts_counted",
    "speaks_for",
]

_DATELINE = re.compile(
    r"(?:\W*(?:date\s)?\d{4}-\d\d-\d\d)?\W*(?:[^\W\d_]{2,}(?:\s[^\W\d_]{2,}){0,3})"
    r"(?:,\s[^-–—\n]{0,20})?(?:\s?\([\w/. ]{2,12}\))?\s*[-–—]{1,2}\s"
    r"(?!(?:the|an?|one|which|where|home)\b[^.;\n]{1,100}\s[-–—]\s)"  # "An Khe – the largest grower – sold 9 tons"
)
_STAMP = re.compile(r"^\W*(?:date\s)?\d{4}-\d\d-\d\d\W*")  # when a page was put up, before its headline
_GUESTS = Sifted(
    r"\W*(?:On\sthe\sside\sof\b[^.]{0,60}\bthere\swere|(?:Also\s)?[Aa]ttending|Present|Participating|In\sattendance)\b"
    r"|[^.]{0,80}\battended\sby\b"
)
_BODY_AFTER = Sifted(
    r"(?:'s)?\s(?:(?:[Pp]rovincial|[Pp]rovince|[Dd]istrict|[Cc]ity|[Tt]own|[Cc]ommune|[Ww]ard)(?:'s)?\s)*"
    rf"(?:Party|People|Standing|Customs|Tax|Front|(?:[A-Z]\w+\s){{0,3}}(?:{alternation(body_words())}|Government|Executive|Assembly|Municipal\sCorporation)\b)"
)
_BODY_BEFORE = Sifted(
    r"\b(?:Committee|Council|Organi[sz]ation|Department|Party|Board|Union|Branch|Government|Assembly|Corporation|Governor|authorit\w+|people|leaders)\s(?:of|in)\s(?:the\s)?$"
)
_BEHIND = Sifted(r"\b(?:of|to|by|with|from|than|in|at)\s(?:the\s)?$|^Only\s$")
_MINISTER = Sifted(
    r"\b(?:[Tt]he\sminister|(?<!Deputy\s)(?<!Prime\s)Minister\s(?:of|for)|Ministry\sof)\b[^.;]{0,80}\b(?:said|told|reported|added)\b"
    r"|\b(?:said|told|reported\sby)\b[^.;]{0,40}\b(?:the\sminister|Minister\sof|Ministry\sof)\b"
)
_NATIONAL_MEETING = Sifted(
    r"\b(?:Prime\s)?Minister\b[^.;]{0,60}\b(?:presided\sover|chaired)\s(?:an?|the)\s(?:national|nationwide)\s(?:[\w-]+\s){0,2}conference\b"
)
_RANKED = phrase("ranked_in_country")
_LISTED = re.compile(r",?\s(?:and\s)?")  # between two places of one list
_HELPED = phrase("who_is_helped_in")
_POST_OF = phrase("post_of")
_SAYS = phrase("says")
_INTRODUCED = phrase("place_introduced")
_OPENING = 70  # characters in which a sentence says whom it is about
_WORDS = 5  # of a headline at least
_SHORT = 200  # characters of a headline or a caption at most
_MANY = 4  # places in one sentence that make a list
_LEAD = 6  # passages in which a report says who reports
_SHARE = 0.3  # of all the evidence that one of many places needs: the first of many towns is not what a report is about
_SEVERAL = 3  # places of one province that make a report one on the province


def main_place(flat: str, passages: Sequence[Passage], mentions: Iterable[Mention]) -> Choice[Place]:
    """Whom a report is about: the place with the most evidence, nothing where the evidence is little or divided.

    Args:
        flat: the plain text.
        passages: the sentences of its article.
        mentions: where it names places.
    """
    country = country_of(flat)
    home = land(country)
    named: list[Mention] = [*mentions]
    if home:
        named += (Mention(match.start(), match.end(), home) for match in names_country(country).finditer(flat))
    named.sort(key=lambda mention: mention.start)
    starts = [mention.start for mention in named]
    hints: list[tuple[Place, Hint]] = []
    head = _headline(flat, passages[:_LEAD])
    for n, passage in enumerate(passages):
        inside = named[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        hints += _of_passage(flat, passage, n - head if n >= head else _LEAD, inside, country)
    hints += _holding(hints)
    found = choose([*hints, *levels_spoken_of(flat, passages, hints, {mention.place for mention in named})])
    if found.value and found.value.level != "country" and found.ranked[0][1] < _SHARE * sum(w for _, w in found.ranked):
        return replace(found, value=None)
    found = _named_over_unnamed(found)
    named_late = country != HOME and not _in_lead(found.value, passages[:_LEAD], named)
    return replace(found, value=None) if found.value and (not found.value.name or named_late) else found


def _named_over_unnamed(found: Choice[Place]) -> Choice[Place]:
    """Of a named place and one that is only spoken of ("the district"), with as much evidence, the named one."""
    weights = [weight for _, weight in found.ranked[:3]]
    tied = found.value is None and len(weights) > 1 and weights[0] == weights[1] and weights[2:] != weights[:1]
    named = [place for place, _ in found.ranked[:2] if place.name]
    return replace(found, value=named[0]) if tied and len(named) == 1 else found


def _holding(hints: Sequence[tuple[Place, Hint]]) -> Iterator[tuple[Place, Hint]]:
    """A province that a report names is what it is about where it tells of several places in it."""
    named = {place.name: place for place, _ in hints if place.level == "province"}
    told = dict.fromkeys((place, hint) for place, hint in hints if hint.name in ("subject", "figures", "listed"))
    inside: dict[str, set[str]] = {}
    for place, hint in told:
        inside.setdefault(place.province, set()).add(place.name)
        if place.province in named and len(inside[place.province]) == _SEVERAL:
            yield named[place.province], _hint("holds several", hint.at, hint.words)


def _headline(flat: str, lead: Sequence[Passage]) -> int:
    """Which of the first passages is the headline: behind the few words of a menu, before the first sentence."""
    for n, passage in enumerate(lead):
        text = flat[passage.start : passage.end]
        if text.endswith((".", ":")) or len(text) >= _SHORT:
            break
        if len(_STAMP.sub("", text).split()) >= _WORDS:
            return n
    return 0


def _in_lead(place: Place | None, lead: Sequence[Passage], named: Sequence[Mention]) -> bool:
    """Whether a report names a place in its lead, as it does its own; abroad no gazetteer tells which names count."""
    national = place is not None and place.level == "country"
    return national or any(m.place == place and p.start <= m.start < p.end for p in lead for m in named)


def dateline_of(flat: str, start: int, end: int) -> re.Match[str] | None:
    """The town, and its province, that a sentence opens with to say where its writer sat.

    >>> dateline_of("AN KHE CITY, Tan Phuoc (VNA) - The city met.", 0, 44).group()
    'AN KHE CITY, Tan Phuoc (VNA) - '
    """
    end = min(end, start + 60)
    return _DATELINE.match(flat, start, end) if "-" in flat[start:end] else None


@cache
def land(country: str) -> Place | None:
    """A country as a place; none where its two letters are not known.

    >>> land("VN"), land("")
    (Place(name='Vietnam', level='country', province=''), None)
    """
    return Place(name_of(country), "country") if country else None


def _of_passage(
    flat: str, passage: Passage, n: int, named: Sequence[Mention], country: str
) -> Iterator[tuple[Place, Hint]]:
    home = land(country)
    text, many = flat[passage.start : passage.end], len({mention.place for mention in named}) >= _MANY
    dateline = dateline_of(flat, passage.start, passage.end)
    opens = dateline.end() if dateline else passage.start
    alone = flat[passage.end : passage.end + 1] in ("\n", "\r")
    whole = _kind(text, n, alone, bool(dateline), passage)
    speaks = home is not None and whole not in ("caption", "guest") and n < _LEAD
    if home and speaks and (body := _bodies().match(flat, opens, passage.end)):
        yield home, _hint("national body", body.start(), body.group())
    elif home and speaks and (met := _NATIONAL_MEETING.search(text)):
        yield home, _hint("national body", passage.start + met.start(), met.group())
    elif home and speaks and (said := _MINISTER.search(text)):
        yield home, _hint("minister", passage.start + said.start(), said.group())
    ranked = _RANKED.search(text)
    if home and whole != "caption" and not ranked and (found := _nationwide().search(text)):
        yield home, _hint("nationwide", passage.start + found.start(), found.group())
    counts = home and not whole and HAS_FIGURE.search(text)
    if home and counts and (counted := parts_counted(country).match(flat, opens, passage.end)):
        yield home, _hint("its parts counted", counted.start(1), counted[1])
    if (
        home
        and n < LEAD_IN
        and HAS_FIGURE.search(text)
        and (of_land := _people_of(country).match(flat, opens, passage.end))
    ):
        yield home, _hint("subject of the lead", of_land.start(), of_land.group())
    name = ""  # of the last place; "at ports in Ban Mai, An Khe and Tan Phuoc" are all told alike
    for number, mention in enumerate(named):
        before = named[number - 1] if number else None
        if whole in ("", "title") and before is not None and lies_in(flat, before, mention):
            name = "holder"
        elif whole:
            name = whole
        elif dateline and mention.end <= dateline.end():
            name = "dateline" if home is None or _seats().fullmatch(mention.place.name) else "dateline of a province"
        elif mention.aside:
            name = "aside"
        elif many:
            name = "listed"
        else:
            goes_on = before is not None and name == "figures" and _LISTED.fullmatch(flat, before.end, mention.start)
            name = name if goes_on else _role(flat, passage, opens, mention)
        yield mention.place, _hint(name, mention.start, flat[mention.start : mention.end])
        if name == "subject" and n < LEAD_IN:
            yield mention.place, _hint("subject of the lead", mention.start, flat[mention.start : mention.end])


def _hint(name: str, at: int, words: str) -> Hint:
    return Hint(name, weight("place", name), at, " ".join(words.split()))


def _kind(text: str, n: int, alone: bool, dateline: bool, passage: Passage) -> str:
    """What all of a passage is: the headline, a caption, a list of guests; empty for a sentence of the article."""
    unstopped = len(text) < _SHORT and text.rstrip()[-1:].isalnum()
    if n == 0 and alone and len(text) < _SHORT and not dateline and not text.endswith("."):
        return "title"
    if unstopped and passage.first and not passage.item and not HAS_FIGURE.search(text):
        return "caption"
    return "guest" if _GUESTS.match(text) else ""


def in_later_bracket(before: str) -> bool:
    """Whether the words before a place open a bracket that does not open the sentence: no "(Ha Tinh Website) - ..."."""
    outside, opened, inside = before.rpartition("(")
    return bool(opened and ")" not in inside and outside.strip())


def body_follows(flat: str, mention: Mention) -> bool:
    """Whether a place only says whose committee, council or office is meant: "the Lam Quy Provincial Council"."""
    return bool(_BODY_AFTER.match(flat, mention.end))


def speaks_for(flat: str, start: int, mention: Mention, end: int) -> bool:
    """Whether a sentence opens with somebody of a place who is quoted: "Mr. Binh, Head of Ban Mai commune, said"."""
    return bool(_SAYS.match(flat, mention.end, end) and _POST_OF.search(flat[start : mention.start]))


def _role(flat: str, passage: Passage, opens: int, mention: Mention) -> str:
    """What a place has to do with its sentence."""
    before = flat[opens : mention.start]
    if in_later_bracket(before):
        return "aside"  # "two more communes were recognised (Long Hoa commune)"
    if _HELPED.search(before):
        return "aside"  # "it raised funds to build houses for needy households in Cao Bang province"
    if speaks_for(flat, opens, mention, passage.end):
        return "speaker"
    reports = body_follows(flat, mention) or _BODY_BEFORE.search(before)
    has_figures = bool(HAS_FIGURE.search(flat, passage.start, passage.end))
    opening = len(before) < _OPENING and (reports or not _BEHIND.search(before))
    if has_figures and (opening or _INTRODUCED.search(before)):
        return "subject"
    return "body" if reports else "figures" if has_figures else "mention"


@cache
def _bodies() -> Sifted:
    words = "|".join(row["pattern"] for row in rows("places/national") if row["kind"] == "body")
    reports = r"(?:reports?|figures?|data|statistics|information|assessment)\s(?:of|from|by)\s"
    said = rf"(?:According\sto\s|As\s)?(?:(?:By|In|From|Under|According\sto)\s(?:[Tt]he\s|an?\s)?(?:\w+\s)?{reports})?"
    below = rf"(?!(?i:{alternation(levels())})\b)"  # "the provincial State Treasury" is not that of the country
    return Sifted(rf"{said}(?:(?:[Tt]he|[Aa])\s)?(?:{below}[\w'-]+\s){{0,3}}?(?:{words})")


@cache
def parts_counted(country: str) -> Sifted:
    """Sentences about several parts of a country: "Only four counties", "Ten provinces".

    At home its states are none: "The resolution states".
    """
    parts = {level for level in levels(abroad=country != HOME).values() if ranks()[level] == 1}
    plural = alternation(
        [*(re.sub("y$", "ie", level) + "s" for level in parts), *(f"{level} governments" for level in parts)]
    )
    return Sifted(rf"\W*(?:[^.;:\n]{{1,60}}(?:,|\bthat)\s)?(?:(?!\d+(?:st|nd|rd|th)\b)[\w'-]+\s){{0,6}}?({plural})\b")


@cache
def _people_of(country: str) -> Sifted:
    """What opens with things of a country: "Vietnamese ports moved 4 tons"; its people may be anywhere."""
    words = alternation(word for word, land in people().items() if land == country) or "(?!)"
    return Sifted(
        rf"\W*(?:date\s\d{{4}}-\d\d-\d\d\W+)?(?:{words})\s(?!people\b|goods\b|citizens\b|nationals\b|workers\b|students\b|[Dd]ong\b)[a-z]+"
    )


@cache
def _seats() -> re.Pattern[str]:
    """Where the national press has its desks: a dateline from there says nothing about whom is written."""
    return re.compile("|".join(row["pattern"] for row in rows("places/national") if row["kind"] == "seat"))


@cache
def _nationwide() -> Sifted:
    return Sifted("|".join(row["pattern"] for row in rows("places/national") if row["kind"] == "all"))
