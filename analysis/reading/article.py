"""A plain text in, the sentences of its article out: without page furniture, with the headings of list items.

>>> text = "News\\n\\nTargets for 2024:\\n- Recruit 200 members;\\n- Growth of 11%.\\nSource\\nComment (0)"
>>> [(text[p.start:p.end], p.heading is not None) for p in passages(text)]
[('News', False), ('Targets for 2024:', False), ('- Recruit 200 members;', True), ('- Growth of 11%.', True)]
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

from analysis.lexicon import phrase, rows
from analysis.reading.sentences import Sentence, sentences
from analysis.sieve import Sifted

__all__ = ["Passage", "passages"]

# A line of its own without a stop: "Main targets for 2025" stands over what follows, to the next such line.
_TARGETS_AHEAD = re.compile(
    r"(?:[\w'-]+\s){0,4}?(?:targets|goals|objectives)(?:\s(?:for|of|in|to\sbe)\s[\w\s,'-]{0,40})?\d{4}", re.IGNORECASE
)
_TITLE_OF_TARGETS = re.compile(
    r"[^.:\n]*?\b(?:targets|goals|objectives)\s(?:of|for|in|by|to|until)\s[^.:\n]{0,40}\d{4}(?:\s(?:period|term|stage))?",
    re.IGNORECASE,
)
_OF_TARGETS = re.compile(  # a title and a numbered heading under it: "Orientation and targets", "II. Detailed targets"
    r"[^.:\n]{0,60}\b(?:targets|goals|objectives)\b[^.:\n]{0,60}\n(?:.*\n){0,8}?"
    r"\W*(?:[IVX]+|\d)\s?[.)]\s(?:General|Overall|Detailed|Specific|Main|Concrete)\s(?:targets|goals|objectives)\s*\n",
    re.IGNORECASE,
)
_TOLD = phrase("told_as_done")
_HEAD = 900  # characters in which a report shows by its headings what it lists
_FEW, _RARELY = 3, 8  # passages with numbers under a title of targets; of so many, one may tell what was done
_SECTION = re.compile(r"\W*(?:[IVX]+|[A-C])\s?[.)/-]\s[^\n]{8,160}(?<![.;,])")
_LINE_END = re.compile(r"[\r\n]")
_SHORT = 100  # letters of a heading
_LABELLED = re.compile(r"[A-Z][\w,& -]{2,40}:\s")  # "Economy: growth of 8%; ..." under a heading
_PARAGRAPH = 120  # letters of a line that is more than a headline
_WORDS, _MARKED = re.compile(r"[^\W\d_]+"), re.compile(r"[À-ỹ]")
_FOREIGN = 4  # words with Vietnamese marks, in small letters, in a line that is not English
_LEAST_BODY = 200  # a line "Source: ..." above the article does not end it


@dataclass(frozen=True)
class Passage:
    """A sentence or list item of the article, and the offsets of the heading that it stands under, if any.

    ``section`` is the numbered title that stands over it and its heading: "II. Tasks and targets for 2019". Where all
    of a report is a list of targets, its headline is both.
    """

    start: int
    end: int
    line: int
    item: bool
    first: bool
    heading: tuple[int, int] | None = None
    section: tuple[int, int] | None = None


@cache
def _furniture() -> tuple[tuple[str, Sifted], ...]:
    return tuple((row["action"], Sifted(row["pattern"])) for row in rows("pages/furniture"))


@lru_cache(maxsize=10)  # place, date and figures of a report are all read from its sentences
def passages(flat: str) -> tuple[Passage, ...]:
    """The sentences of the article in a plain text, in order.

    What stands around the article is left out by ``data/pages/furniture.csv``; a line that repeats an earlier one is
    the headline used as a caption.
    """
    kept: list[Passage] = []
    heading: tuple[int, int] | None = None
    section: tuple[int, int] | None = None
    skipped = -1
    seen: set[str] = set()
    read = 0
    for sentence in sentences(flat):
        if sentence.line == skipped:
            continue
        if sentence.first:
            line = flat[sentence.start : _line_end(flat, sentence.start)]
            whole = not _goes_on(flat, sentence.start + len(line))
            again = whole and line.strip(" .") in seen and not line.endswith(":")
            after = sentence.start + len(line) + 1
            counted = line.strip().isdigit() and flat[after : after + 1].islower()  # "7\nout of 13"
            action = "drop" if again else "" if counted else _action(line)
            seen.add(line.strip(" ."))
            if action == "end":
                action = "drop" if _is_mostly_ahead(flat, sentence.start, read) else "stop"
            if action == "stop" and read >= _LEAST_BODY:
                break
            if action:
                skipped = sentence.line
                continue
            read += len(line)
        if sentence.first and _SECTION.fullmatch(flat, sentence.start, _line_end(flat, sentence.start)):
            section = sentence.start, _line_end(flat, sentence.start)
        heading = _heading(flat, sentence, heading, kept)
        is_heading = heading == (sentence.start, sentence.end)
        kept.append(_passage(sentence, None if is_heading else heading, section))
    return tuple(_under_title(flat, kept))


def _under_title(flat: str, kept: list[Passage]) -> list[Passage]:
    """The passages, all under the headline where it announces targets and hardly anything tells of results."""
    if not kept:
        return kept
    start, end = kept[0].start, kept[0].end
    if not (_TITLE_OF_TARGETS.fullmatch(flat, start, end) or _OF_TARGETS.match(flat, start, start + _HEAD)):
        return kept
    counted = [p for p in kept[1:] if any(c.isdigit() for c in flat[p.start : p.end])]
    told = sum(_TOLD.search(flat, p.start, p.end) is not None for p in counted)
    if len(counted) < _FEW or _RARELY * told > len(counted):
        return kept
    return [kept[0], *(replace(p, heading=(start, end), section=(start, end)) for p in kept[1:])]


def _passage(sentence: Sentence, heading: tuple[int, int] | None, section: tuple[int, int] | None) -> Passage:
    return Passage(sentence.start, sentence.end, sentence.line, sentence.item, sentence.first, heading, section)


def _heading(
    flat: str, sentence: Sentence, current: tuple[int, int] | None, before: list[Passage]
) -> tuple[int, int] | None:
    """The heading in force: a sentence that ends in a colon opens a list, the first line outside the list ends it."""
    text = flat[sentence.start : sentence.end]
    if text.endswith(":") or (sentence.first and _TARGETS_AHEAD.fullmatch(text)):
        return sentence.start, sentence.end
    if current is None or sentence.item:
        return current
    if flat[current[1] - 1].isdigit():  # a line of its own
        return None if sentence.first and len(text) < _SHORT and text[-1:].isalnum() else current
    same_line_as_item = before and before[-1].line == sentence.line and before[-1].item
    follows_heading = bool(before) and (before[-1].start, before[-1].end) == current
    goes_on = before and before[-1].heading == current and before[-1].line == sentence.line
    unmarked = before and before[-1].heading == current and len(text) < _SHORT  # items whose bullets were lost
    listed = unmarked and flat[before[-1].end - 1] not in ".!?…"
    if same_line_as_item or follows_heading or goes_on or listed or text.endswith(";") or _LABELLED.match(text):
        return current
    return None


def _line_end(flat: str, start: int) -> int:
    end = _LINE_END.search(flat, start)  # of both marks at once: one that never comes is looked for in all the text
    return end.start() if end else len(flat)


def _goes_on(flat: str, end: int) -> bool:
    """Whether a line was broken in the midst of a sentence: it has no stop, and the next one is no new paragraph."""
    return flat[end - 1 : end] not in ".:;!?…" and flat[end : end + 1] == "\n" and flat[end + 1 : end + 2].strip() != ""


def _is_mostly_ahead(flat: str, start: int, read: int) -> bool:
    """Whether more paragraphs follow than were read: a source named so early ends no article."""
    starts, ahead = _paragraphs(flat)
    following = bisect(starts, start)
    rest = len(flat[start : starts[following]].splitlines()[0])
    return rest * (rest >= _PARAGRAPH) + ahead[following] > read


@lru_cache(maxsize=1)  # a page may name a source on every line
def _paragraphs(flat: str) -> tuple[list[int], list[int]]:
    """Where each line begins, and how many characters are in paragraphs from there on; the last of both is the end."""
    lines = flat.splitlines(keepends=True)
    long = (len(one.splitlines()[0]) for one in reversed(lines))
    ahead = [*accumulate((size * (size >= _PARAGRAPH) for size in long), initial=0)][::-1]
    return [*accumulate(map(len, lines), initial=0)], ahead


def _is_foreign(line: str) -> bool:
    """Whether a line is in Vietnamese, as what a site says beside its English pages is: names alone make none.

    >>> _is_foreign("Kể từ ngày mai, chuyên trang này ngưng đăng tin."), _is_foreign("Đắk Glei và Kon Plông met")
    (True, False)
    """
    if _MARKED.search(line) is None:
        return False
    words: list[str] = _WORDS.findall(line)
    marked = sum(word[:1].islower() and bool(_MARKED.search(word)) for word in words)
    return marked >= _FOREIGN and 3 * marked > len(words)


def _action(line: str) -> str:
    if _is_foreign(line):
        return "drop"
    return next((action for action, pattern in _furniture() if pattern.search(line)), "")
