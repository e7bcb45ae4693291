"""Checks on a part and its whole: shares, N of M, ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from analysis.checks import arithmetic, grains
from analysis.checks.findings import Finding, digits, finding, measured, numeral, out_of, say, words
from analysis.checks.readings import RATIO, agrees, bases, judged, per_cent, said
from analysis.checks.sheet import Level, Sheet
from analysis.figure import Figure
from analysis.figure import words as subject_words
from analysis.intervals import HALVES, Interval

__all__ = ["bounds", "is_share", "over_whole", "part_whole_share", "share_grain"]

NAMED_BEFORE = 100  # figures; a whole that words name ("of the province's total revenue") can stand far above
NESTING = 3  # how many wholes up a share may refer to: 5% of a part of a part of a whole


def part_whole_share(sheet: Sheet, listed: Collection[str] = ()) -> Iterator[Finding]:
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
        linked = bool(wholes)
        wholes = wholes or list(_named_whole(sheet, share, count))
        yield from judged(
            sheet,
            "part_whole_share",
            share,
            [per_cent(part, whole) for whole in wholes],
            RATIO,
            [count, *(whole.figure for whole in wholes[:1])],
            linked=linked,
            bases=bases(sheet, share, part, wholes),
            swapped=(said(share, per_cent(whole, part)) for whole in wholes),
        )


def share_grain(sheet: Sheet) -> Iterator[Finding]:
    """A share of some things is of a whole number of them, so for a small number most shares are impossible.

    Needs the share's ``part_of`` (the number of things) and no count beside it.
    """
    for share in sheet.figures:
        whole = sheet.whole(share)
        if whole is None or sheet.subject(share) or not is_share(share) or share.qualifier != "exact":
            continue
        if not whole.counted or whole.role != share.role or share.role == "projected":
            continue
        n = int(whole.value)
        results = [grains.share_grain(digits(share), n, rounding) for rounding in HALVES]
        if any(result.ok for result in results):
            continue
        found = results[0]
        message = (
            f"{say(share)} is no whole number out of {numeral(whole.value)}: {numeral(found.low * n / 100)} would be "
            f"{numeral(found.low, 2)}% and {numeral(found.high * n / 100)} would be {numeral(found.high, 2)}%"
        )
        why = f"{say(share)} is {found.explanation}" if found.explanation else ""
        yield finding(
            "share_grain", share, message, found=Interval(found.low, found.high), explanation=why, others=[whole]
        )


def over_whole(sheet: Sheet) -> Iterator[Finding]:
    """More cases settled than there were, or a share above 100%, shows a slip, or cases carried over without a word.

    A target may be passed, so "N of M" counts only for caseloads, standings, parts, and indicators that cannot be
    passed; a per cent above 100 beside it shows that M was meant as a target.
    """
    for figure in sheet.figures:
        if is_share(figure) and figure.low > 100:
            if not words("gross_rate").fullmatch(figure.indicator):
                message = f"{say(figure)} is given as a share, and no share of a whole is above 100%"
                yield finding("over_whole", figure, message, found=Interval(Fraction(0), Fraction(100)))
        elif figure.out_of is not None and figure.measure == "amount" and figure.bounded and _capped(figure):
            part, whole = Level(figure), Level(figure, of=True)
            result = arithmetic.over_whole(part.as_operand("half_up"), whole.as_operand("half_up"))
            if not result.ok and not _passed_openly(sheet, figure):
                more = measured(part.value - whole.value, figure.unit)
                message = f"{out_of(part, whole)} is {more} more than there is in all"
                yield finding("over_whole", figure, message, found=Interval(result.low, result.high))


def bounds(sheet: Sheet) -> Iterator[Finding]:
    """A rank beyond the number of those ranked, or a score above the highest possible, belongs to another list."""
    for figure in sheet.figures:
        if figure.out_of is None:
            continue
        last = numeral(figure.out_of)
        if figure.measure == "rank" and not arithmetic.bounds(figure.value, figure.out_of).ok:
            message = f"There is no place {numeral(figure.value)} among {last}"
            yield finding("bounds", figure, message, found=Interval(Fraction(1), figure.out_of))
        elif figure.measure == "score" and figure.low > figure.out_of:
            message = f"A score of {numeral(figure.value)} lies above {last}, the highest possible"
            yield finding("bounds", figure, message, found=Interval(Fraction(0), figure.out_of))


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
    fitting = [
        near
        for near in sheet.sentences[part.sentence_start]
        if near.measure == "amount" and near.like(part) and near.bounded and near.role == part.role
        and near.value > largest and all(agrees(share, per_cent(one, Level(near)).compute) for one, share in shares)
    ]  # fmt: skip
    if shares and len(fitting) == 1:
        yield Level(fitting[0])


def _named_whole(sheet: Sheet, share: Figure, part: Figure) -> Iterator[Level]:
    """The one larger level before it whose subject has all words of the share's: "35.7% of total revenue"."""
    wanted = subject_words(share.subject)
    if share.part_of or part.part_of or not wanted or wanted <= subject_words(part.subject):
        return
    larger = [one for one in sheet.earlier(share, NAMED_BEFORE) if _sound(one) and one.like(part)]
    named = [one for one in larger if one.value > part.value and wanted <= subject_words(one.subject)]
    if len({one.value for one in named}) == 1:
        yield Level(named[0])


def _capped(figure: Figure) -> bool:
    if figure.whole in ("caseload", "standing", "part"):
        return True
    return bool(words("closed_indicator").fullmatch(figure.indicator))


def _passed_openly(sheet: Sheet, figure: Figure) -> bool:
    """Whether the report itself says that N of M is more than 100%, so that M is a target."""
    return any(one.value > 100 for one in sheet.qualifying(figure, measure="attainment"))
