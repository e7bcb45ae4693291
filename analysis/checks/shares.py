"""Checks on a part and its whole: shares, N of M, ranks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from analysis.checks import arithmetic, grim, ordering
from analysis.checks.findings import Recomputation, words
from analysis.checks.readings import RATIO, bases, judged, said
from analysis.checks.results import Level, Result, quotient, say
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.intervals import HALVES, Interval

__all__ = ["is_share", "over_whole", "part_whole_share", "share_grain"]

NAMED_BEFORE = 100  # figures; a whole that words name ("of the province's total revenue") can stand far above
_OF_WHICH = re.compile(r"\s?\)?\s*of (?:which|them|these|whom)\b")  # "160 works, 131 (81.9%) of which"
_OF_TOTAL = re.compile(r"\s*of\s(?:the\s|its\s)?(?:total|whole|entire|overall)\b")
_TOTAL = re.compile(r"\b(?:total|whole|overall)\b", re.IGNORECASE)
_TOTAL_NUMBER = re.compile(
    r"\s*of\s(?:[\w'’]+\s){0,3}?total\snumber\sof\s(?P<things>[a-z-]+(?:\s[a-z-]+)?)(?=[,;.(]|$)"
)
_INCLUDING = re.compile(r"\b(?:including|of\swhich|among\s(?:them|which))\s(?:[a-z]+\s){0,2}$")
_THE_OTHER_WAY = "the two may have changed places, or be of different things"
_SLIP = 100  # times; what is larger still is a slip of the scale, which has a check of its own
NESTING = 3  # how many wholes up a share may refer to: 5% of a part of a part of a whole


def part_whole_share(sheet: Sheet, listed: Collection[str] = ()) -> Iterator[Recomputation]:
    """A share beside a count and its whole is their quotient; otherwise one of the three is of something else.

    Needs the share's ``about`` (the count) and the count's ``part_of`` or its own "of M". Where the link leads to
    something smaller than the part, the whole is the one of which the other parts of the list have their shares; where
    there is none, the share's own words may name a whole, and only another reading that fits makes it a finding.
    Shares of class lists are left to the classes, which know more bases.

    Args:
        sheet: the figures of a report.
        listed: ids of shares that a class list has already judged.
    """
    for share in sheet.figures:
        count = sheet.subject(share)
        if not is_share(share) or count is None or share.figure_id in listed or not _sound(count) or count.unit == "%":
            continue
        part, wholes = Level(count), list(_wholes(sheet, share, count)) or list(_whole_of_list(sheet, count))
        wholes = wholes or list(_total_of_these(sheet, share, count))
        linked = bool(wholes) and not _of_other_things(sheet, share)
        wholes = wholes or list(_named_whole(sheet, share, count))
        wholes = list(_fitting_total(sheet, share, part, wholes)) or wholes
        yield from judged(
            sheet,
            "part_whole_share",
            share,
            [(partial(arithmetic.part_whole_share, part, whole, share), [count, whole.figure]) for whole in wholes],
            RATIO,
            linked=linked,
            bases=bases(sheet, share, part, wholes),
            swapped=(said(share, quotient(whole, part)) for whole in wholes),
        )


def _of_other_things(sheet: Sheet, share: Figure) -> bool:
    """Whether a per cent behind a count may name its class, or is a result with its target: "14 firms (over 80%)"."""
    bound = share.qualifier not in ("exact", "about") and share.measure_cue.startswith("unit")
    target = sheet.after(share)
    return bound or (target is not None and target.unit == "%" and sheet.words_after(share).strip() == "/")


def share_grain(sheet: Sheet) -> Iterator[Recomputation]:
    """A share of some things is of a whole number of them, so for a small number most shares are impossible.

    Needs the number of things, which is the share's ``part_of`` or stands right before it ("of the 28 organizations,
    33.3%"), and no count beside the share.
    """
    for share in sheet.figures:
        whole = _things(sheet, share)
        if whole is None or not is_share(share) or share.qualifier != "exact":
            continue
        if not whole.counted or whole.role != share.role or share.role == "projected":
            continue
        result = grim.share_grain(share, whole, HALVES)
        if result.decided:
            yield Recomputation("share_grain", share, result, others=[whole])


def over_whole(sheet: Sheet) -> Iterator[Recomputation]:
    """More cases settled than there were, or a share above 100%, shows a slip, or cases carried over without a word.

    A target may be passed, so "N of M" counts only for caseloads, standings, parts, and indicators that cannot be
    passed; a per cent above 100 beside it shows that M was meant as a target.
    """
    for figure in sheet.figures:
        if is_share(figure) and figure.low > 100:
            if not words("gross_rate").fullmatch(figure.indicator):
                message = f"{say(figure)} is given as a share, and no share of a whole is above 100%"
                unsaid = "note" if figure.measure_cue.startswith("unit") and not _says_of_what(sheet, figure) else ""
                yield Recomputation("over_whole", figure, Result(False, Interval.of(0, 100), message), severity=unsaid)
        elif figure.out_of is not None and figure.measure == "amount" and figure.bounded and _capped(figure):
            result = ordering.over_whole(Level(figure), Level(figure, of=True))
            if not result.ok and not _passed_openly(sheet, figure):
                yield Recomputation("over_whole", figure, result)
        elif (whole := _told_including(sheet, figure)) is not None:
            result = replace(ordering.over_whole(Level(figure), Level(whole)), explanation=_THE_OTHER_WAY)
            if not result.ok:
                yield Recomputation("over_whole", figure, result, others=[whole], severity="warning")


def _told_including(sheet: Sheet, part: Figure) -> Figure | None:
    """The number right before a part that is told to include it: "460 species, including 510 of timber"."""
    whole = sheet.whole(part) if _sound(part) else None
    beside = whole is not None and whole is sheet.before(part) and whole.like(part) and _sound(whole)
    beside = beside and whole is not None and part.value < _SLIP * whole.value
    return whole if beside and _INCLUDING.search(sheet.words_before(part)) else None


def _says_of_what(sheet: Sheet, share: Figure) -> bool:
    """Whether a bare per cent is told as one of a whole: "12 (125%)" alone may be one of a plan, or of last year."""
    count = sheet.subject(share)
    of_whole = count is not None and (count.out_of is not None or bool(count.part_of))
    return of_whole or sheet.words_after(share).lstrip(" )").startswith("of ")


def is_share(figure: Figure) -> bool:
    """Whether it is a share that is reported, not aimed at."""
    return figure.measure == "share" and figure.unit == "%" and figure.role != "target" and figure.bounded


def _sound(part: Figure) -> bool:
    return part.measure == "amount" and part.role != "target" and part.bounded and part.value > 0


def _wholes(sheet: Sheet, share: Figure, part: Figure) -> Iterator[Level]:
    """What the share can be a share of: the M of "N of M", and the wholes that the part belongs to.

    A whole smaller than its part is a link gone wrong.
    """
    if part.out_of is not None:
        yield Level(part, of=True)
    things = sheet.before(part)
    if things is not None and _OF_WHICH.match(sheet.words_after(share)) and things.like(part) and _sound(things):
        yield from [Level(things)] if things.value >= part.value and sheet.after(part) is share else []
    for start in (part, share):
        whole, above = sheet.whole(start), 0
        while whole is not None and above < NESTING:
            if whole.like(part) and whole.measure == "amount" and whole.bounded and whole.value >= part.value:
                yield Level(whole)
                if whole.out_of is not None:
                    yield Level(whole, of=True)
            whole, above = sheet.whole(whole), above + 1


def _whole_of_list(sheet: Sheet, part: Figure) -> Iterator[Level]:
    """The one level of the sentence of which every other part of the same list has the share stated for it."""
    listed = [one for one in sheet.parts.get(part.part_of, ()) if one.sentence_start == part.sentence_start]
    others = [(one, sheet.qualifying(one, measure="share")) for one in listed if one is not part]
    shares = [(Level(one), found[0]) for one, found in others if found and is_share(found[0])]
    largest = max((one.value for one in listed), default=part.value)
    row = [near for near in sheet.sentences[part.sentence_start] if near.measure == "amount" and near.like(part)]
    sized = [near for near in row if near.bounded and near.low > 0]  # at most so many may be none, and has no shares
    larger = [Level(near) for near in sized if near.role == part.role and near.value > largest]
    fitting = [
        whole
        for whole in larger
        if all(arithmetic.part_whole_share(one, whole, share, HALVES).ok for one, share in shares)
    ]
    if shares and len(fitting) == 1:
        yield fitting[0]


def _named_whole(sheet: Sheet, share: Figure, part: Figure) -> Iterator[Level]:
    """The one larger level before it whose subject has all words behind the share: "35.7% of total revenue"."""
    whole = re.match(r"\s+of\s([^,;:.(]*)", sheet.words_after(share))
    wanted = subject_words(whole[1] if whole else "")
    if share.part_of or part.part_of or not wanted or wanted <= subject_words(part.subject):
        return
    larger = [one for one in sheet.earlier(share, NAMED_BEFORE) if _sound(one) and one.like(part)]
    named = [one for one in larger if one.value > part.value and wanted <= subject_words(one.subject)]
    if len({one.value for one in named}) == 1:
        yield Level(named[0])


def _total_of_these(sheet: Sheet, share: Figure, part: Figure) -> Iterator[Level]:
    """The largest level told of the very things whose total a share is of: "7.4% of the total number of cows"."""
    named = _TOTAL_NUMBER.match(sheet.words_after(share))
    if named is None or share.part_of or part.part_of:
        return
    larger = [one for one in sheet.earlier(share, NAMED_BEFORE) if _sound(one) and one.like(part)]
    told = re.compile(rf"\s(?:of\s)?{re.escape(named['things'])}\b")
    same = [one for one in larger if one.place == share.place and told.match(sheet.words_after(one))]
    whole = max(same, key=lambda one: one.value, default=part)
    if whole.value > part.value:
        yield Level(whole)


def _fitting_total(sheet: Sheet, share: Figure, part: Level, wholes: Sequence[Level]) -> Iterator[Level]:
    """The level told before as a total that a share "of the total" fits, where it fits none of those linked to it."""
    if not wholes or not _OF_TOTAL.match(sheet.words_after(share)):
        return
    if any(arithmetic.part_whole_share(part, whole, share, HALVES).ok for whole in wholes):
        return
    larger = [one for one in sheet.earlier(share, NAMED_BEFORE) if _sound(one) and one.like(part.figure)]
    larger = [one for one in larger if one.value > part.figure.value]
    totals = [Level(one) for one in larger if _TOTAL.search(one.sentence, 0, max(0, one.start - one.sentence_start))]
    yield from [one for one in totals if arithmetic.part_whole_share(part, one, share, HALVES).ok][:1]


def _things(sheet: Sheet, share: Figure) -> Figure | None:
    """The things that a share without a count is a share of."""
    about = sheet.subject(share)
    if about is None or about is not sheet.before(share) or sheet.words_after(share).lstrip().startswith("of "):
        return sheet.whole(share) if about is None else None
    introduced = " ".join(sheet.words_before(about).split()[-2:])
    return about if words("of_all").fullmatch(introduced) else None


def _capped(figure: Figure) -> bool:
    if figure.whole in ("caseload", "standing", "part"):
        return True
    return bool(words("closed_indicator").fullmatch(figure.indicator))


def _passed_openly(sheet: Sheet, figure: Figure) -> bool:
    """Whether the report itself says that N of M is more than 100%, so that M is a target."""
    return any(one.value > 100 for one in sheet.qualifying(figure, measure="attainment"))
