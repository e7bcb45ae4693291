"""A report's sentences in, one by one; whom each of them and each of its numbers is about out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from analysis.extraction.candidate import Candidate
from analysis.extraction.hints import UNDECIDED
from analysis.extraction.places.gazetteer import ranks
from analysis.extraction.places.mentions import Atlas
from analysis.extraction.places.names import Mention, lies_in
from analysis.extraction.places.of_report import (
    body_follows,
    dateline_of,
    in_later_bracket,
    parts_counted,
    speaks_for,
)
from analysis.lexicon import alternation, number_words, phrase
from analysis.reading.reports import Place
from analysis.sieve import Sifted

__all__ = ["Topic"]

_LEAD_IN = phrase("place_leads_in")
_COMMITTEE_OF, _ACCORDING_TO = phrase("committee_of"), phrase("according_to")
_SET_APART = Sifted(r"\b(?:of|to|by|with|from|such\sas|like)\s(?:the\s)?$|^Only\s$")
_BY_OTHERS = re.compile(r"\W*[A-Z][a-z]+\s(?:[a-z]+\s)?by\s")  # "Chosen by the Committee of An Khe, the commune ..."
_OPENING = phrase("opening_words")
_JOINT = re.compile(r"\s(?:provinces|cities|districts|towns|communes|wards)\b")
_MEETS = phrase("holds_a_meeting")
_PARTS_COUNTED = phrase("parts_counted")
_GENERIC, _PART_OPENS = phrase("place_by_level"), phrase("part_of_country_opens")
_BODY_LEVEL = {"provincial": "province"}
_COUNTRY = Sifted(r"\b(?:nation(?:al|wide)|whole country|entire country|country's)\b", re.IGNORECASE)
_SPEAKS_OF_IT = Sifted(r"\b(?:nationwide|the\s(?:whole\s|entire\s)?country)\b")
_UNIT_ITEM = phrase("unit_item")
_MANY = 4  # places in one sentence that make a list
_SEVERAL = 3  # places with which the sentences of one line open, of which then none is what follows is about


class Topic:
    """The place in force: that of the line, else that of the section, else that of the report."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.section = atlas.main
        self.source = atlas.source
        self.line_place: Place | None = None
        self.line = -1
        self._first = True  # whether a sentence is the first of its line
        self.known = {place.level: place for place in reversed(atlas.localities)}
        self.passing: dict[str, Place] = {}
        self._named: dict[str, Place] = {}  # in the line so far, the last one that was the only one of its level
        self._before: tuple[int, Place | None, Place | None] = (0, self.line_place, self.section)
        self._led: dict[tuple[int, int], bool] = {}
        self._of_country: Place | None = None  # where the sentence speaks of all of it
        self._turned: set[Place] = set()  # places that sentences of the line so far open with
        self._section_before = self.section  # the line's
        self._names = {mention.place.name for mention in atlas.mentions}

    def enter(self, flat: str, start: int, end: int, line: int) -> None:
        """Read on to a sentence: a place in its opening changes the topic, of its line or of the section."""
        self._first = line != self.line
        self._led.clear()
        self._of_country = self.atlas.country if _SPEAKS_OF_IT.search(flat, start, end) else None
        if line != self.line:
            if len(self._turned) >= _SEVERAL:  # "An Khe led with 9 tons. Ban Mai had 8. ...": none is a topic
                self.section = self._section_before
            self.line, self.line_place, self._named, self._turned = line, None, {}, set()
            self._section_before = self.section
        named = self._named
        self._named = named | self._alone(flat, start, end)
        self._before = (start, self.line_place, self.section)
        if unit := _UNIT_ITEM.match(flat, start, end):
            inside = self.atlas.within(start, unit.end())
            self.line_place = inside[0].place if inside else Place(unit["name"])
            return
        opening = self._opening(flat, start, end)
        counted = parts_counted(self.atlas.home).match(flat, start, end) or self._counts_parts(flat, start, end)
        if counted and not (opening and opening.start < counted.end()) and not _THOSE.search(counted.group()):
            if self._national:
                self.line_place = self.section = self.atlas.main
                return
            if self.atlas.country and _NUMBERED.search(counted.group()):
                self.line_place = self.atlas.country  # "46 of 63 provinces", in a report on one of them
                return
        if opening:
            self._before = (opening.start, *self._before[1:])
            named_too = {mention.place for mention in self.atlas.within(opening.start, end)}
            meets = bool(_MEETS.match(flat, opening.end, end))
            meets = meets or flat[start:end].strip(" .:") == flat[opening.start : opening.end]  # a heading
            self._turn(opening.place, meets=meets, listed=len(named_too) >= _MANY)
            return
        named_here = self.atlas.within(start, min(end, start + 140))
        if speaker := next((mention for mention in named_here if speaks_for(flat, start, mention, end)), None):
            self.line_place = speaker.place
            return
        if _PART_OPENS.match(flat, start, end):
            self.line_place = Place("", "region")
            return
        if _TELLS_OF_COUNTRY.search(flat, max(start - 1, 0), min(end, start + 140)):
            self.line_place = self.atlas.country
            return
        spoken = _GENERIC.search(flat, start, min(end, start + 90))
        level = (spoken["level"] or spoken["body"]).lower() if spoken else ""
        level = _BODY_LEVEL.get(level, level)
        if not level:
            return
        alone = self._alone(flat, start, spoken.start()) if spoken else {}
        if place := alone.get(level) or named.get(level) or self.known.get(level) or self.passing.get(level):
            self._turn(place)
        elif level == "province" and self._lies_below(level) and _ALL_OF_IT.match(flat, start, end):
            name = self.atlas.main.province if self.atlas.main else ""
            self.line_place = Place(name, level)

    def _lies_below(self, level: str) -> bool:
        """Whether what the report is about is smaller than a level that it speaks of, and names no place of."""
        known, own = ranks().get(level), ranks().get(self.atlas.main.level) if self.atlas.main else None
        return known is not None and own is not None and known < own

    def _alone(self, flat: str, start: int, end: int) -> dict[str, Place]:
        """The places that a sentence names, by level, where it names one of that level only."""
        places = {mention.place for mention in self.atlas.within(_behind_dateline(flat, start, end), end)}
        levels = Counter(place.level for place in places)
        return {place.level: place for place in places if levels[place.level] == 1}

    def _counts_parts(self, flat: str, start: int, end: int) -> re.Match[str] | None:
        """Where a sentence that names no place counts provinces: "granted to 29 districts in 18 provinces"."""
        return None if self.atlas.within(start, end) else _PARTS_COUNTED.search(flat, start, end)

    @property
    def _national(self) -> bool:
        """Whether the report is on the country."""
        return self.atlas.main is not None and self.atlas.main == self.atlas.country

    def _opening(self, flat: str, start: int, end: int) -> Mention | None:
        """The place that a sentence opens with; "the An Khe - Song Trau tax office" is of neither."""
        named = self.atlas.within(_behind_dateline(flat, start, end), min(end, start + 140))
        joint = [one for one, other in pairwise(named) if flat[one.end : other.start].strip() == "-"]
        joint += [m for one, other in pairwise(named) if flat[one.end : other.start] == " and " for m in (one, other)]
        joint += _together(flat, named) if len(named) > 1 else ()
        holders = [other for one, other in pairwise(named) if lies_in(flat, one, other)]
        free = (mention for mention in named if mention not in joint and mention not in holders)
        free = (mention for mention in free if mention.place.level != "region")  # it holds for its own words alone
        return next((mention for mention in free if _opens(flat, start, mention)), None)

    def _turn(self, place: Place, *, meets: bool = False, listed: bool = False) -> None:
        """A place of the report, a peer of the section's place, and one that holds a meeting open a section.

        The first of a list of places does not: "Among localities, An Khe collected 51% of its plan, Ban Mai 50%, ...".
        """
        self.line_place = place
        self._turned.add(place)
        if listed and not meets:
            return
        self.passing[place.level] = place
        level = ranks().get(self.section.level) if self.section else None
        peer = self.section is None or (level is not None and level == ranks().get(place.level))
        if place in self.atlas.localities or (peer and self._first) or meets:
            self.section = place
            self.known[place.level] = place

    def place_of(self, flat: str, start: int, figure: Candidate) -> tuple[Place | None, str]:
        """The place that a figure is about, and where that comes from; another's level is the country's or nobody's.

        Args:
            flat: the plain text.
            start: where the figure's sentence starts.
            figure: the figure; its gap to an average is its own.
        """
        offset = figure.number.opens
        if self._of_country and figure.measure.word != "rank" and _NATIONWIDE.match(flat, figure.number.end):
            return self._of_country, "sentence"
        if figure.role.word == "benchmark" and figure.measure.word != "margin":
            national = _COUNTRY.search(flat, max(start, offset - 60), offset)
            return (self.atlas.country, "sentence") if national and self.atlas.country else (None, "")
        place, source = self.place_at(flat, start, offset)
        return place, source if place or source == UNDECIDED else ""

    def place_at(self, flat: str, start: int, offset: int) -> tuple[Place | None, str]:
        """The place that the words at an offset of a sentence are about, and where that comes from."""
        mentions = self.atlas.within(_behind_dateline(flat, start, offset), offset)
        if not mentions and _OF_COUNTRY.search(flat, start, offset):
            return self.atlas.country, "sentence"
        if mentions and _OWN_BRACKET.fullmatch(flat, mentions[-1].end, offset):
            return mentions[-1].place, self._source(mentions[-1].place, "sentence")
        together = _together(flat, mentions) if len(mentions) > 1 else ()
        for previous, mention in reversed(list(zip([None, *mentions], mentions, strict=False))):
            if ";" in flat[mention.end : offset] and _NUMBER.search(flat, start, mention.start):
                continue  # a place named behind another number is that number's, up to the semicolon
            if mention in together:
                continue  # none of them did it alone
            held = previous is not None and lies_in(flat, previous, mention)
            leads = self._leads_in(flat, start, mention.start) or _owns(flat, start, mention)
            if not held and not mention.aside and leads:
                return mention.place, self._source(mention.place, "sentence")
        turned, line_place, section = self._before
        if offset >= turned:
            line_place, section = self.line_place, self.section
        if line_place and not line_place.name:
            return None, UNDECIDED  # "throughout the province", which is nowhere named
        if line_place:
            return line_place, self._source(line_place, "section")
        if section is None or section == self.atlas.main:
            return section, self.source
        return section, self._source(section, "section")

    def is_named_by(self, words: str) -> bool:
        """Whether words name a place of the report, or an office of one, and nothing that could be measured."""
        names = all(word[:1].isupper() or word in ("of", "and", "the") for word in words.split())
        pairs = ((f"{words} ", f"{name} ") for name in self._names)
        return bool(words) and names and any(said.startswith(name) or name.startswith(said) for said, name in pairs)

    def _leads_in(self, flat: str, start: int, end: int) -> bool:
        """Whether what stands before a place may lead in a number's own; each number of a long sentence asks again."""
        if (start, end) not in self._led:
            self._led[start, end] = bool(_LEAD_IN.search(flat[start:end]))
        return self._led[start, end]

    def in_order(
        self, flat: str, start: int, listed: Iterable[Sequence[Candidate]]
    ) -> dict[int, tuple[Place | None, str]]:
        """The places of figures listed behind as many places, each its own: "Ba Be and Na Ri raised 4 and 9 billion".

        Args:
            flat: the plain text.
            start: where the sentence starts.
            listed: the lists of figures of the sentence.

        Returns:
            the place and where it comes from, by the offset of the figure.
        """
        found: dict[int, tuple[Place | None, str]] = {}
        for figures in (group for group in listed if len(group) > 1):
            mentions = self.atlas.within(start, figures[0].number.opens)
            gaps = [flat[one.end : other.start] for one, other in pairwise(mentions)]
            apart = [n for n, gap in enumerate(gaps, start=1) if not _LISTED.fullmatch(gap)]
            mentions = mentions[apart[-1] if apart else 0 :]
            if len(mentions) == len(figures):
                for figure, mention in zip(figures, mentions, strict=True):
                    found[figure.number.start] = mention.place, self._source(mention.place, "sentence")
        return found

    def behind(self, flat: str, figures: Sequence[Candidate]) -> dict[int, tuple[Place | None, str]]:
        """The places of figures each told before its own: "11 of 13 targets in An Khe city, 9 of 12 in Ba Che town".

        Args:
            flat: the plain text.
            figures: the figures of the sentence.

        Returns:
            the place and where it comes from, by the offset of the figure; nothing unless two places are told so.
        """
        found: dict[int, tuple[Place | None, str]] = {}
        for figure, following in zip(figures, [*figures[1:], None], strict=False):
            end = following.number.opens if following else figure.number.end + 80
            mention = next(iter(self.atlas.within(figure.number.end, end)), None)
            if mention and _IN_PLACE.fullmatch(flat, figure.number.end, mention.start):
                found[figure.number.start] = mention.place, self._source(mention.place, "sentence")
        return found if len({place for place, _ in found.values()}) > 1 else {}

    def _source(self, place: Place, said: str) -> str:
        """Where a place comes from: a name that no level word vouches for is inferred to be one."""
        names = {place.name, place.name.removesuffix(f" {place.level.title()}")}
        return said if names & self.atlas.vouched else "inferred"


def _behind_dateline(flat: str, start: int, end: int) -> int:
    """Where a sentence begins, without the town and province that only say where its writer sat."""
    dateline = dateline_of(flat, start, end)
    return dateline.end() if dateline else start


_OF_COUNTRY = Sifted(
    r"(?:^|[.,;:]\s|\bthat\s|\n)\W*[Tt]he\s(?:(?:whole|entire)\scountry\b|ministry\s(?:has|had|also)\b|country's\s(?!\w+est\b|most\b|leading\b))[^,;]*$"
)
_TELLS_OF_COUNTRY = Sifted(  # and its line goes on to
    r"(?:^|[.,;:]\s|\bthat\s|\n)\W*[Tt]he\s(?:(?:whole|entire)\scountry\s(?:has|had|have|saw|reached|built|completed)|"
    r"country's\s(?:total|overall|public|state))\b"
)
_ALL_OF_IT = re.compile(r"\W*(?:(?:in|across|over|for)\s)?(?:the\s)?(?:whole|entire)\s|\W*throughout\s", re.IGNORECASE)
_NATIONWIDE = re.compile(  # "3,787 communes and 61 districts nationwide", not "first in the country"
    r"(?!\s(?:st|nd|rd|th)\b)(?:\s(?!(?:in|among|of|while|compared|than)\b)[\w%'-]+){0,7}?\s"
    r"(?:nationwide|(?:across|throughout|all\sover)\sthe\s(?:whole\s|entire\s)?country)\b"
)
_LISTED = re.compile(
    r"(?:\s(?:district|town|city|commune|ward|province|county))?(?:,|\sand|,\sand)\s(?:the\s)?", re.IGNORECASE
)
_IN_PLACE = re.compile(r"(?:\s?[a-z-]+(?:\s[a-z-]+){0,2})?\s(?:in|at)\s(?:the\s)?")
_NUMBER = re.compile(r"\d")
_THOSE = re.compile(r"\b(?:the|both|these|those)\s(?:two\s|three\s|four\s|five\s)?[a-z]+\Z")  # not all that there are
_NUMBERED = re.compile(rf"\b(?:\d+|{alternation(number_words())})\s(?:\w+\s)?\w+$")
_OWN_BRACKET = re.compile(r"\s?\(\s?(?:(?:only|about|over|up|down|by|with|at)\s){0,2}")  # "An Khe (58 per cent)"


def _owns(flat: str, start: int, mention: Mention) -> bool:
    """Whether what a clause is about is told to be of a place: "The revenue of Thach Ha district reached ..."."""
    owned = _OF.search(flat[start : mention.start]) if _IS_SO_MUCH.match(flat, mention.end) else None
    return owned is not None and not _WHO.search(owned.group())  # who gives to others speaks of them


_IS_SO_MUCH = phrase("verb_of_level")
_OF = re.compile(
    r"(?:\A|[.;,:]\s|\n|\b(?:and|while|whereas|but|that)\s)\W*[A-Za-z](?:[^,;:.\d\n]|\d+(?=\smonths\sof\s)){2,80}\sof\s(?:the\s)?\Z"
)
_WHO = re.compile(
    r"\b(?:[A-Z]\w*\s(?:Committee|Council|Department|Board|Party)|[Cc]hairman|[Ss]ecretary|leaders?|authorities|people)\b"
)


_MEETING_OF = re.compile(r"\b(?:meeting|session|sitting|congress|conference)\sof\s(?:the\s)?\Z")


def _together(flat: str, named: Sequence[Mention]) -> list[Mention]:
    """The places that one word for their level joins: "Moc Chau, Yen Chau and Mai Son districts"."""
    found: list[Mention] = []
    for n in range(1, len(named)):
        if not _JOINT.match(flat, named[n].end) or "and" not in flat[named[n - 1].end : named[n].start]:
            continue
        first = n
        while first and flat[named[first - 1].end : named[first].start] in (", ", " and ", ", and "):
            first -= 1
        found += named[first : n + 1] if first < n else ()
    return found


def _opens(flat: str, start: int, mention: Mention) -> bool:
    """Whether a place is named in the opening of a sentence as its subject, not behind "of" or "by"."""
    before = flat[start : mention.start]
    if mention.aside or in_later_bracket(before):
        return False
    of_meeting = _MEETING_OF.search(before) and body_follows(flat, mention)
    of_body = of_meeting or (_COMMITTEE_OF.search(before) and not _BY_OTHERS.match(before))
    if _SET_APART.search(before) and not of_body and not _ACCORDING_TO.search(before):
        return False
    return bool(_OPENING.fullmatch(before))
