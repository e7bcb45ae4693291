"""A report in, the places that it speaks of out, and the one that it is about.

>>> from analysis.reading.reports import from_text
>>> atlas = Atlas.of(from_text("Van Truc District met 21 targets. Van Truc admitted 183 members."))
>>> atlas.main
Place(name='Van Truc', level='district', province='')
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

from analysis.extraction.country import HOME, country_of
from analysis.extraction.hints import UNDECIDED, Choice
from analysis.extraction.places.gazetteer import abbreviations, levels, look_up, ranks, vietnamese_levels
from analysis.extraction.places.names import (
    CAP,
    UPPER,
    Mention,
    bare_names,
    cap_not_after,
    in_full,
    is_namesake,
    is_no_place,
    settled,
    standing,
    times_named,
)
from analysis.extraction.places.of_report import land, main_place
from analysis.extraction.places.spoken_of import generic
from analysis.extraction.subdivisions import in_country, is_part
from analysis.extraction.times.report_date import dated
from analysis.lexicon import alternation, expand, likely, phrase, rows
from analysis.reading.article import passages
from analysis.reading.reports import Place, Report
from analysis.reading.sentences import plain
from analysis.sieve import Sifted

__all__ = ["Atlas"]

_NAME = rf"{CAP}(?:\s{CAP}){{0,3}}"
_IN_LINE = rf"{CAP}(?:[ ]{CAP}){{0,3}}"
_OPENING_NAME = _NAME.replace(CAP, cap_not_after(r"\w"), 1)
_KIND = (
    r"(?:(?:island|mountainous|border|coastal|highland|agricultural|administrative|metropolitan|rural|urban|suburban|"
    r"lowland|midland|remote)\s)?"
)


@cache
def _levelled(abroad: bool) -> tuple[re.Pattern[str], ...]:
    """Names with a level word: "Lam Quy District", "district of Lam Quy", "Lam Quy, a poor district", "xã Lam Quy"."""
    level = alternation(levels(abroad=abroad))
    return (
        re.compile(rf"(?P<name>{_OPENING_NAME})\s{_KIND}(?P<level>(?i:{level}))\b"),
        re.compile(rf"\b(?P<level>(?i:{likely(levels(abroad=abroad))}(?:{level})))\sof\s(?P<name>{_NAME})"),
        re.compile(
            rf"(?P<name>{_OPENING_NAME})(?:,|\s(?:is|was))\s(?:an?\s|one\sof\sthe\s|the\s(?!(?:whole|entire|{level})\b))"
            rf"(?:(?!{level})[\w-]+\s){{0,4}}?(?P<level>{level})s?\b"
        ),
        re.compile(rf"\b(?P<level>(?i:{alternation(vietnamese_levels())}))[ ](?P<name>{_IN_LINE})"),
    )


_NUMBERED = re.compile(r"\b(?P<level>Province|Region|Ward)\s\d{1,2}(?![\d.,]\d)")  # the whole is the name
_SHOUTED = re.compile(  # a dateline in capitals
    r"(?:[^\n]{0,80}\n){0,4}?[^A-Z\n]{0,40}(?P<name>[A-Z]{3,}(?:\s[A-Z]{2,}){0,3})\s(?P<level>CITY|TOWN|PROVINCE|COUNTY)"
    r"(?:,\s[^-–—\n]{0,20})?\s?[-–—]"
)
_CAPITALS = re.compile(  # the same at home, where the gazetteer knows the name
    rf"(?:^|\n)[^\w\n]*(?P<name>[{UPPER}]{{2,}}(?:[\s-][{UPPER}]{{2,}}){{0,3}})(?:\sCITY|\sPROVINCE)?"
    r"(?:\s?\([\w/. ]{2,12}\))?\s[-–—]{1,2}\s(?=[^\W\d_])"
)


_LISTED = re.compile(
    rf"(?:,|\band|:|\bsuch\sas)\s(?P<name>{CAP}\s{CAP}(?:\s{CAP})?)\s(?:only\s|has\s|with\s|reached\s|\()?(?=\d)"
    rf"(?!(?:19|20)\d\d\b)"
)
_UNITS = re.compile(r"\b(?:districts|towns|cities|communes|wards|provinces|localities|[Uu]nits)\b[^\n]*$")
_ASIDE = phrase("place_aside")
_HELD_IN, _HAS_NUMBER = phrase("meeting_held_in"), phrase("place_has_number")
_IN, _BODY_MEETS = re.compile(r"\b[Ii]n\s\Z"), phrase("a_body_meets_there")
_ACCORDING_TO = phrase("according_to")
_OPENS = re.compile(r"(?:^|[.\n])\s*(?:The\s)?$")
_HEADLINE = 500  # characters in which a report has begun
_TITLE = re.compile(rf"\s*(?P<name>{CAP}(?:\s{CAP}){{1,2}})(?=:|'s\b|,?\s[a-z])")


@dataclass(frozen=True)
class Atlas:
    """The places of one report: those it is about, all that it names, and the names that a level word vouches for.

    ``choice`` is what ``main`` was chosen from; ``source`` is where it comes from: ``reports.toml``, ``inferred``, or
    ``undecided`` where the evidence is divided.
    """

    main: Place | None
    source: str
    localities: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    vouched: frozenset[str] = frozenset()
    choice: Choice[Place] = field(default_factory=lambda: Choice(None))
    home: str = HOME  # the country that the report is from, by its two letters; empty for an unknown one abroad

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @property
    def country(self) -> Place | None:
        """The country that the report is from."""
        return land(self.home)

    @classmethod
    def of(cls, report: Report, spans: Sequence[tuple[int, int]] | None = None) -> Atlas:
        """The atlas of a report, from its settings and its text.

        Args:
            report: the report.
            spans: the offsets of its article; found in the text where they are not given.
        """
        flat = plain(report.text)
        if spans is None:
            spans = [(passage.start, passage.end) for passage in passages(flat)]
        date = dated(report).date
        known = {place.name: place for place in report.places}
        home = country_of(flat)
        votes = {name: count for name, count in _votes(flat, home).items() if not _shadowed(name, known)}
        for name in bare_names(flat, spans, date) if home == HOME else _parts(flat, home):
            if not _shadowed(name, known):
                votes.setdefault(name, Counter())
        written = _CAPITALS.search(flat, 0, _HEADLINE) if home == HOME else None
        if written and look_up(name := written["name"].title()) and not _shadowed(name, known):
            votes.setdefault(name, Counter())
        spoken = Counter(match.group(1).lower() for match in generic(home).finditer(flat))
        if name := _headline_name(flat, spans, votes, spoken):
            votes.setdefault(name, Counter())
        provinces = {place.province or place.name for place in report.places}
        times = Counter(
            name for found in standing(flat, votes if spoken else ()) for at, end, name in found if flat[at:end] == name
        )
        found = {
            name: _settled(Place(name, _own_level(flat, name, count, spoken, times)), flat, date, provinces, home)
            for name, count in votes.items()
        }
        for short, unit in abbreviations().items() if home == HOME else ():
            if times_named(flat, short):
                found[short], votes[unit.name] = Place(unit.name, unit.level), Counter({unit.level: 1})
        capitals = {name.upper(): place for name, place in found.items() if home == HOME and name.upper() in flat}
        found |= capitals  # "PEOPLE'S COMMITTEE OF LONG AN PROVINCE", above a report
        vouched = frozenset(known) | capitals.keys() | {name for name, count in votes.items() if count}
        mentions = _without_owners(flat, list(_mentions(flat, {**found, **known}, vouched, home != HOME)))
        if home != HOME and (shouted := _SHOUTED.match(flat)) and (place := found.get(shouted["name"].title())):
            mentions = (Mention(shouted.start("name"), shouted.end("level"), place), *mentions)
        if report.places:
            return cls(report.places[0], "reports.toml", report.places, mentions, vouched, home=home)
        choice = main_place(flat, passages(flat), mentions)
        whole = [(0, len(flat))]
        if home == HOME and [*spans] != whole and choice.ranked and not choice.ranked[0][0].name:
            return cls.of(report, whole)  # "the district" without a name: a picture beside the article may tell it
        if home == HOME:
            small = choice.value is not None and choice.value.level != "country"  # that of a place only where it opens
            regions = [m for m in _regions(flat) if not small or _OPENS.search(flat, max(0, m.start - 9), m.start)]
            mentions = tuple(sorted((*mentions, *regions), key=lambda mention: mention.start))
            wider = main_place(flat, passages(flat), mentions) if regions and not choice.value else choice
            choice = wider if wider.value and wider.value.level == "region" else choice
        main = choice.value
        source = "inferred" if main else UNDECIDED if choice.undecided and choice.ranked[0][0].name else ""
        return cls(main, source, (main,) if main else (), mentions, vouched, choice, home)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two offsets."""
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def _headline_name(
    flat: str, spans: Sequence[tuple[int, int]], votes: Mapping[str, Counter[str]], spoken: Counter[str]
) -> str:
    """The name that the headline opens with, where a report speaks of "the district" and names no other district.

    No other name without a word of administration is a place: a headline may open with a person or a product.
    """
    named = {level for count in votes.values() for level in count}
    named |= {unit.level for name in votes for unit in look_up(name)}
    found = _TITLE.match(flat, *spans[0]) if spans else None
    if found is None or not spoken.keys() - named or is_namesake(flat, *found.span("name")):
        return ""
    name = _cleaned(found["name"])
    return name if " " in name else ""


def _parts(flat: str, home: str) -> set[str]:
    """The parts of a country abroad that a text names, with no level word to vouch for them."""
    return {found.group() for found in in_country(home).finditer(flat) if not is_namesake(flat, *found.span())}


def _shadowed(name: str, known: dict[str, Place]) -> bool:
    return any(set(name.split()) <= set(other.split()) for other in known)


def _votes(flat: str, home: str) -> dict[str, Counter[str]]:
    """Names of places, each with the levels that the text gives it; none for a bare name.

    A city whose name is no other's without the word "City" keeps it: "Ho Chi Minh" alone is a person.
    """
    votes: dict[str, Counter[str]] = {}
    of_old: list[tuple[str, str]] = []  # names of what is no more: "of the former Lam Quy district"
    abroad = home != HOME
    known = levels(abroad=abroad) | vietnamese_levels()
    for pattern in _levelled(abroad):
        for match in pattern.finditer(flat):
            if abroad and match["name"].isupper():
                continue  # a headline, or a dateline, whose name is read as other lines write it
            cleaned = _cleaned(_last_line(match["name"]), abroad=abroad)
            if match["name"].isupper() and match.group() not in abbreviations():
                cleaned = _in_capitals(match["name"])
            if name := _without_compass(cleaned, home):
                level = known[" ".join(match["level"].lower().split())]
                if _FORMER.search(flat, max(0, match.start() - 10), match.start()):
                    of_old.append((in_full(name, level), level))
                    continue
                votes.setdefault(in_full(name, level), Counter())[level] += 1
    for name, level in of_old:
        if name not in votes or level in votes[name]:
            votes.setdefault(name, Counter())[level] += 1
    for match in _NUMBERED.finditer(flat) if abroad else ():
        votes.setdefault(match.group(), Counter())[match["level"].lower()] += 1
    if abroad and (shouted := _SHOUTED.match(flat)):
        level = levels(abroad=True)[" ".join(shouted["level"].lower().split())]
        votes.setdefault(shouted["name"].title(), Counter())[level] += 1
    for match in _LISTED.finditer(flat):
        name = _cleaned(match["name"])
        if name and _UNITS.search(flat[max(0, match.start() - 400) : match.start() + 1]):
            votes.setdefault(name, Counter())
    return votes


_FORMER = re.compile(r"\b(?:former|old)\s\Z")


def _settled(place: Place, flat: str, date: dt.date | None, provinces: Iterable[str], home: str) -> Place:
    """A place as the gazetteer knows it; abroad as the report has it."""
    return settled(place, flat, date, provinces) if home == HOME else place


def _own_level(flat: str, name: str, count: Counter[str], spoken: Counter[str], times: Counter[str]) -> str:
    """The level of a name: the highest that it bears, or a higher one that the report speaks of and mostly omits."""
    general = spoken.most_common(1)[0][0] if spoken else ""
    if not count:
        opens = general and name in flat[:_HEADLINE] and re.match(rf"\W*{re.escape(name)}\b", flat[:_HEADLINE])
        return general if opens and flat.count(name) > 1 else ""
    level = min(count, key=lambda word: (ranks()[word], -count[word]))
    higher = general and ranks()[general] < ranks()[level] and not spoken[level]  # "the commune" may well be it
    return general if higher and times[name] >= 3 * count.total() else level


def _without_owners(flat: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions but those that only say whose the next place is: "in Song Lam's An Khe district"."""
    owners = {
        one.start
        for one, other in pairwise(mentions)
        if flat[one.end : other.start] == "'s " and ranks().get(one.place.level, 9) < ranks().get(other.place.level, 0)
    }
    return tuple(mention for mention in mentions if mention.start not in owners)


def _regions(flat: str) -> Iterable[Mention]:
    """Where the regions of the country are named for themselves, not to say where a province lies."""
    for row in rows("places/regions"):
        for match in _region(row["pattern"]).finditer(flat):
            yield Mention(match.start(), match.end(), Place(row["name"], "region"))


@cache
def _region(pattern: str) -> Sifted:
    return Sifted(
        rf"\b{pattern}\b(?!\s(?:\w+\s|(?:[A-Z]\w*\s){{2,3}})?(?:province|city|district|town|commune|localit))"
    )


_COMPASS = re.compile(r"(?:Central|Upper|Lower|Greater|(?:North|South|East|West)(?:ern)?)\b")


def _cleaned(name: str, *, abroad: bool = False) -> str:
    """The name without the words that only look like a part of it; nothing where no name is left."""
    words = name.split()
    compass = words.pop(0) if abroad and len(words) > 1 and _COMPASS.match(name) else ""
    for owner in [n for n, word in enumerate(words[:-1], start=1) if word.endswith("'s")][-1:]:
        words = words[owner:]  # "Kenya's Lam Quy"
    while words and is_no_place(words[0].removesuffix("'s")):
        words.pop(0)  # "Accordingly Lam Quy"
    while words and is_no_place(words[-1].removesuffix("'s")):
        words.pop()
    shouted = name.isupper() and len(name) > 8  # a headline in capitals
    if shouted or any(map(is_no_place, words)) or not words or (len(words) == 1 and len(words[0]) < 4):
        return ""
    return " ".join(filter(None, [compass, *words])).removesuffix("'s")


def _last_line(name: str) -> str:
    """The known name with which a line begins, without the end of the line above: a menu, "In Vietnamese"."""
    last = name.rpartition("\n")[2]
    return last if last != name and look_up(last) else name


def _in_capitals(name: str) -> str:
    """The known name that one written in capitals ends with: "THE PEOPLE'S COMMITTEE OF LONG AN PROVINCE"."""
    words = name.title().split()
    tails = (" ".join(words[n:]) for n in range(len(words)))
    return next((tail for tail in tails if look_up(tail)), "")


def _without_compass(name: str, home: str) -> str:
    """The name of a part of the country without where it lies, which is no part of it: "Southern Attapeu"."""
    bare = _COMPASS.sub("", name).strip()
    return bare if bare != name and is_part(bare, home) and not is_part(name, home) else name


_TOLD_IN = phrase("told_at_meeting")
_ON_DAY = re.compile(expand(r"\s(?:city\s)?on\s(?:\d{1,2}(?:st|nd|rd|th)?\s)?{month}\b"))  # "told in Hue on May 4"


def _mentions(flat: str, places: dict[str, Place], vouched: frozenset[str], abroad: bool) -> Iterable[Mention]:
    """Where places are named; a lower place of the same name keeps its level in its name: "Quang Lam City"."""
    if not places:
        return
    read = 0
    for (start, end, name), *_ in standing(flat, places):
        if start < read:  # inside another one
            continue
        place, behind = places[name], _level_behind(abroad).match(flat, end)
        read = behind.end() if behind else end
        said = levels(abroad=abroad)[" ".join(behind["level"].lower().split())] if behind else ""
        if said and place.level and ranks()[said] > ranks()[place.level]:
            place = Place(f"{place.name} {said.title()}", said, place.province)
        before = max(0, start - 60), start
        aside = name not in vouched and bool(_ASIDE.search(flat, *before)) and not _HAS_NUMBER.match(flat, end)
        aside = (aside and not _ACCORDING_TO.search(flat, *before)) or bool(_HELD_IN.search(flat, *before))
        aside = aside or bool(_TOLD_IN.search(flat, *before) and _ON_DAY.match(flat, read))
        aside = aside or bool(_BODY_MEETS.match(flat, read) and _IN.search(flat[before[0] : start]))
        yield Mention(start, read, place, aside)


@cache
def _level_behind(abroad: bool) -> re.Pattern[str]:
    return re.compile(rf"\s{_KIND}(?P<level>(?i:{alternation(levels(abroad=abroad))}))\b")
