"""Checks on sums: the parts of a whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain, combinations, groupby, islice, takewhile

from analysis.checks import arithmetic
from analysis.checks.brackets import bracketed
from analysis.checks.classes import class_base, partition_of
from analysis.checks.findings import Recomputation, words
from analysis.checks.results import Level, say, value_of
from analysis.checks.sheet import Sheet
from analysis.comparison.figure import Figure
from analysis.comparison.figure import words as subject_words
from analysis.formatting import number
from analysis.intervals import HALVES, Interval

__all__ = ["UNLIKELY", "Made", "made_up", "said_of", "sum_total"]

MOST = Fraction(3, 2)  # parts that make up more than this of their whole overlap, or belong to another one
CLOSE = 200  # times a total is larger than what its rounding leaves open, where a slip in a part is looked for
LISTED = 20  # figures behind an amount among which its parts are looked for
REACH = 6  # figures before a total, or sentences after it, among which its parts are looked for
UNLIKELY = Fraction(1, 40)  # a smaller chance that numbers add up is none
RIGHT_BEFORE = 4  # words up to a total in which one says that it is the total of what stands before
SLIPPED = 5  # times a total is larger than what its parts may lack, where nothing but a word ties them to it
FEW = 3  # sentences after a total in which its parts follow one another
LEAST = 20  # below that, numbers that follow one another add up by chance


def sum_total(sheet: Sheet) -> Iterator[Recomputation]:
    """Parts that exclude one another do not exceed their whole, and a part and its opposite make it up.

    Needs ``part_of``. Parts that one thing can belong to at once (women, young people) are told only where they make up
    the whole; parts of which nobody knows whether they overlap give a warning only. A list that nothing links to the
    amount before it is told where it makes up that amount, and not otherwise.
    """
    known = set()
    for one in made_up(sheet):
        known.add(one.whole.figure.figure_id)
        levels = [Level(part) for part in one.parts]
        result = arithmetic.sum_total(levels, one.whole, HALVES)
        whole = one.whole.figure
        yield Recomputation("sum_total", whole, result, stated=one.whole.value, others=one.parts, tie=one.tie)
    for whole, linked in _linked(sheet):
        if whole.figure_id not in known:
            yield from _of_linked(sheet, whole, linked)
    for whole, parts in chain(_in_all(sheet), bracketed(sheet)):
        result = arithmetic.sum_total([Level(part) for part in parts], Level(whole), HALVES)
        near = abs(value_of(result.found) - whole.value) * SLIPPED < whole.value
        if near and whole.figure_id not in known:
            listed = whole.start < parts[0].start and _TOTAL.search(f"{sheet.words_before(whole)} {whole.subject}")
            told = result if result.ok or not listed else replace(result, explanation=_LEFT_OUT)
            yield Recomputation("sum_total", whole, told, others=parts, tie="" if listed else "beside")


def _of_linked(sheet: Sheet, whole: Figure, linked: Sequence[Figure]) -> Iterator[Recomputation]:
    """Parts that links name and that do not make up their whole, where that can be no list of some of them."""
    parts, totals = _to_opposite(sheet, _inside(sheet, linked, whole)), _totals(whole)
    if _overlap(sheet, parts):
        return
    if slip := _slip(linked, totals[0]):
        result = arithmetic.sum_total([Level(part) for part in linked], totals[0])
        yield Recomputation("sum_total", whole, replace(result, explanation=slip), others=linked)
    if slip or len(parts) < 2:
        return
    levels, written = [Level(part) for part in parts], [total.as_operand("half_up") for total in totals]
    result, apart = arithmetic.sum_total(levels, totals[0]), partition_of(sheet, parts)
    over = not arithmetic.sum_total(levels, totals[-1], complete=False).ok
    opposite = any(words("negated").search(said_of(sheet, part)) for part in parts)
    every = result.ok or _whole_in_shares(sheet, parts)
    reached = apart == "outcome" and len(parts) == 2 and not opposite  # targets that were passed, and those just met
    due = (opposite and result.high < written[0].low) or result.ok != (every or reached)
    if (not over and not due) or (over and not apart and result.low > MOST * written[-1].high):
        return
    why = "" if (over and apart) or (every and not over) else ("some may be counted twice" if over else _LEFT_OUT)
    tie = "explicit" if every and not result.ok else ""
    yield Recomputation("sum_total", whole, replace(result, explanation=why), others=parts, tie=tie)


_LEFT_OUT = "the list may leave out a part"
_TOTAL = re.compile(r"\b(?:[Tt]otal|[Aa]ltogether|[Ii]n\sall)\b")


def _whole_in_shares(sheet: Sheet, parts: Sequence[Figure]) -> bool:
    """Whether each part is told with its share of the whole, and the shares make up 100%: then no part is left out."""
    own = ([one for one in sheet.qualifiers.get(part.figure_id, ()) if one.measure == "share"] for part in parts)
    shares = [told[0] for told in own if told]
    left = abs(sum((one.value for one in shares), Fraction(-100)))
    return len(shares) == len(parts) and 2 * left <= sum((one.step for one in shares), Fraction(0))


@dataclass(frozen=True)
class Made:
    """A whole that its parts make up, and what ties them to it beyond their own links."""

    whole: Level
    parts: Sequence[Figure]
    tie: str = ""


@lru_cache(maxsize=1)  # three checks in a row ask for those of one sheet
def made_up(sheet: Sheet) -> list[Made]:
    """The wholes of a report that their parts make up: linked ones, and amounts that the list after them gives."""
    found = []
    for whole, linked in _linked(sheet):
        parts = _inside(sheet, linked, whole)
        some = not partition_of(sheet, parts) and not _overlap(sheet, parts)
        made = ((total, _making_up(parts, total, some=some)) for total in _totals(whole) if len(parts) > 1)
        found += list(islice((Made(total, added) for total, added in made if added), 1))
    taken = {part.figure_id for one in found for part in (one.whole.figure, *one.parts)}
    for whole, parts in bracketed(sheet):
        if whole.figure_id not in taken and _adds_up(sheet, parts, whole):
            taken |= {part.figure_id for part in (whole, *parts)}
            found.append(Made(Level(whole), parts, "beside"))
    for row in sheet.sentences.values():
        for n, figure in enumerate(row):
            apart = figure.figure_id not in taken and not sheet.parts.get(figure.figure_id)
            if apart and figure.measure == "amount" and (figure.value >= LEAST or figure.out_of):
                after = row[n + 1 : n + 1 + LISTED]
                added = _beginning([one for one in after if not one.part_of and _is_alike(one, figure)], Level(figure))
                if added:
                    taken |= {one.figure_id for one in added}
                    found.append(Made(Level(figure), added, "arithmetic"))
    found += [one for one in _running(sheet) if one.whole.figure.figure_id not in taken]
    known = {one.whole.figure.figure_id for one in found} | sheet.parts.keys()
    known |= {one.figure.figure_id for one in class_base(sheet)}
    found += [one for one in _nearby(sheet) if one.whole.figure.figure_id not in known]
    known |= {one.whole.figure.figure_id for one in found}
    found += [one for one in _far(sheet) if one.whole.figure.figure_id not in known]
    return [one for one in found if one.whole.figure.low > 0]  # at most so much may be nothing, and has no shares


def _nearby(sheet: Sheet) -> Iterator[Made]:
    """Totals beside their parts, and those whose parts the sentences after them list, if that is no chance."""
    rows = list(sheet.sentences.values())
    for n, row in enumerate(rows):
        for at, figure in enumerate(row):
            if not _may_be_total(figure):
                continue
            above = [each[-LISTED:] for each in rows[max(n - 2, 0) : n]]
            before = [*chain.from_iterable(above), *row[max(at - LISTED, 0) : at]][-LISTED:]
            lines = [row[at + 1 : at + 1 + LISTED], *(each[:LISTED] for each in rows[n + 1 : n + 1 + LISTED])]
            beside = [row[max(at - REACH, 0) : at], *above[-1:]]
            if not _can_be_made_up(sheet, figure, chain(before, *beside, *lines)):
                continue
            lists = _lists(sheet, figure, before, beside, lines)
            adding = [parts for parts in lists if _adds_up(sheet, parts, figure)]
            named = [parts for parts in adding if _is_named(figure, parts)]
            for parts in (named or adding)[:1]:
                if named or _by_chance(figure, parts, len(lists)) <= UNLIKELY:
                    yield Made(Level(figure), parts, "arithmetic")


def _can_be_made_up(sheet: Sheet, whole: Figure, some: Iterable[Figure]) -> bool:
    """Whether the two smallest of the figures around a whole are not too much for it: most lists need no look then."""
    alike = {one.figure_id for one in _alike_of(sheet, whole, some)}
    least = sorted(sheet.about[id] for id in alike)[:2]
    if len(least) < 2 or least[0] < 0:
        return len(least) == 2
    return sum(least) - sheet.about[whole.figure_id] <= float(whole.step) * (LISTED + 1)


def _may_be_total(figure: Figure) -> bool:
    """Whether other figures may make it up: an amount of some size, or a share that others are parts of."""
    if figure.measure == "share" and figure.unit == "%":
        return figure.bounded and figure.value < 100
    return figure.measure == "amount" and figure.bounded and figure.value >= LEAST


def _lists(
    sheet: Sheet,
    whole: Figure,
    before: Sequence[Figure],
    beside: Sequence[Sequence[Figure]],
    lines: Sequence[Sequence[Figure]],
) -> Sequence[Sequence[Figure]]:
    """What may be the parts of a whole.

    Those right before it, those right after it, all of a sentence near it, and the first of each line of a list; of
    counts also those that count the same as the whole, where the list tells something else between them.
    """
    ahead, back = (_alike_of(sheet, whole, some) for some in (before, chain.from_iterable(lines[:FEW])))
    back = [one for one in back if not one.part_of]
    alike = [_alike_of(sheet, whole, each) for each in (*beside, *lines)]
    firsts = [line[0] for line in takewhile(bool, alike[len(beside) + 1 :])]
    found = [ahead[-n:] for n in range(2, min(len(ahead), REACH) + 1)]
    found += [line for line in alike[: len(beside) + REACH] if len(line) > 1]
    found += [some[:n] for some in (back, firsts) for n in range(2, min(len(some), LISTED) + 1)]
    if whole.measure == "share":
        found += [line[n : n + 2] for line in alike[len(beside) :][:FEW] for n in range(min(len(line) - 1, REACH))]
    if whole.unit == "count":
        same, after = ([one for one in some if _same_thing(one, whole)] for some in (ahead, back))
        found += [same[-n:] for n in range(2, min(len(same), REACH) + 1)]
        found += [after[:n] for n in range(2, min(len(after), REACH) + 1)]
    return list({tuple(map(id, parts)): parts for parts in found}.values())


def _alike_of(sheet: Sheet, whole: Figure, some: Iterable[Figure]) -> list[Figure]:
    kinds, kind = sheet.kinds, sheet.kinds[whole.figure_id]
    return [one for one in some if kinds[one.figure_id] == kind]


def _same_thing(part: Figure, whole: Figure) -> bool:
    return bool(subject_words(part.subject) & subject_words(whole.subject))


def _adds_up(sheet: Sheet, parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether they make up the whole, and none of them is so small that it makes no difference to it."""
    about = sheet.about  # most do not, which floats show at once
    off = abs(sum([about[part.figure_id] for part in parts]) - about[whole.figure_id])
    if off > float(whole.step) * (len(parts) + 1) or min(part.value for part in parts) < whole.step:
        return False
    added = sum((part.value for part in parts), Fraction(0))
    return abs(added - whole.value) <= whole.step * len(parts) and any(
        arithmetic.sum_total([Level(part) for part in parts], Level(whole), rule).ok for rule in HALVES
    )


def _is_named(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether each part bears the name of the whole: members, and members who did this or that."""
    name = subject_words(whole.subject)
    return bool(name) and all(name <= subject_words(part.subject) for part in parts)


def _by_chance(whole: Figure, parts: Sequence[Figure], tried: int) -> Fraction:
    """How likely it is that one of so many lists adds up by chance.

    Numbers that add up as they are written do so whatever the words before them leave open.
    """
    apart = abs(sum(part.value for part in parts) - whole.value)
    return tried * (whole.step + 2 * apart) / whole.value


def _far(sheet: Sheet) -> Iterator[Made]:
    """Totals that stand far above the sentence with their parts, and those of which each part is told to be one."""
    levels: dict[str, list[Figure]] = defaultdict(list)
    for one in sorted(sheet.figures, key=lambda one: one.value):
        if one.measure == "amount" and _may_be_total(one):
            levels[one.unit].append(one)
    for row in sheet.sentences.values():
        for parts in _runs(row):
            some = levels[parts[0].unit]
            added, step = sum((part.value for part in parts), Fraction(0)), max(part.step for part in parts)
            first = bisect_left(some, added - step * len(parts), key=lambda one: one.value)
            for whole in some[first : first + FEW]:
                apart = whole.start < parts[0].start and len({whole.unit, *(part.unit for part in parts)}) == 1
                if apart and _adds_up(sheet, parts, whole) and _by_chance(whole, parts, len(some)) <= UNLIKELY:
                    yield Made(Level(whole), parts, "arithmetic")
                    break
    for whole_id, found in sheet.qualifiers.items():
        above, parts = sheet.by_id.get(whole_id), [one for one in found if one.measure == "amount"]
        if above is not None and len(parts) > 2 and above.unit == parts[0].unit and _adds_up(sheet, parts, above):
            yield Made(Level(above), parts, "arithmetic")


def _runs(row: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """Three amounts of one unit or more that follow one another in a sentence."""
    for _, each in groupby((one for one in row if one.measure == "amount" and one.bounded), key=lambda one: one.unit):
        run = list(each)
        if FEW <= len(run) <= LISTED:
            yield run


def _running(sheet: Sheet) -> Iterator[Made]:
    """A total that something new brings up to it ("bringing the total to"), with what there was before."""
    rows = list(sheet.sentences.values())
    for n, row in enumerate(rows):
        for figure in row:
            if figure.measure != "amount" or not words("brought_to").search(sheet.words_before(figure)):
                continue
            near = [one for each in rows[max(n - 2, 0) : n + 1] for one in each if one.start < figure.start]
            levels = [one for one in near if one.measure == "amount" and one.like(figure) and one.bounded][-4:]
            whole = Level(figure)
            pairs = (pair for pair in combinations(levels, 2) if len(_beginning(pair, whole)) == 2)
            yield from islice((Made(whole, pair, "arithmetic") for pair in pairs), 1)


def _linked(sheet: Sheet) -> Iterator[tuple[Figure, Sequence[Figure]]]:
    """Each whole with the parts of its kind, two or more, that links name."""
    for whole_id, found in sheet.parts.items():
        whole = sheet.by_id.get(whole_id)
        parts = [] if whole is None else [part for part in found if _is_alike(part, whole)]
        if whole is not None and len(parts) > 1:
            yield whole, parts


def _in_all(sheet: Sheet) -> Iterator[tuple[Figure, Sequence[Figure]]]:
    """A total that a word names as that of what stands before it in the sentence: "80 and 20, a total of 100"."""
    for row in sheet.sentences.values():
        for n, whole in enumerate(row):
            last = " ".join(sheet.words_before(whole).split()[-RIGHT_BEFORE:])
            if whole.measure == "amount" and whole.qualifier == "exact" and words("in_all").search(last):
                parts = [one for one in row[:n] if _is_alike(one, whole) and not sheet.whole(one)]
                yield from [(whole, parts)] if len(parts) > 1 else []


def _totals(whole: Figure) -> list[Level]:
    return [Level(whole)] + ([Level(whole, of=True)] if whole.out_of else [])


def _overlap(sheet: Sheet, parts: Sequence[Figure]) -> bool:
    return any(words("overlapping").search(said_of(sheet, part)) for part in parts)


def _slip(parts: Sequence[Figure], total: Level) -> str:
    """Which number is a thousand times off, if with it set right the parts make up the total; a slip of a scale word.

    All parts together have to come out, and the total has to be known well, so that nothing is left to chance.
    """
    written = total.as_operand("half_up")
    if written.high - written.low > total.value / CLOSE:
        return ""
    for rule in HALVES:
        levels = [part.as_operand(rule) for part in parts]
        added = sum(levels, Interval.of(0))
        whole = total.as_operand(rule)
        for factor in (Fraction(1000), Fraction(1, 1000)):
            off = [part for part, one in zip(parts, levels, strict=True) if (added + one * (factor - 1)).meets(whole)]
            if len(off) == 1 or added.meets(whole * factor):
                named = say(off[0] if off else total)
                return f"{named} is off by a factor of {number(max(factor, 1 / factor))}"
    return ""


def _beginning(row: Sequence[Figure], total: Level) -> Sequence[Figure]:
    """The figures, from the first of a row on, that make up the total."""
    whole, added = total.as_operand("half_up"), Interval.of(0)
    for n, one in enumerate(row, 1):
        added += one.as_operand("half_up")
        if added.low > whole.high:
            break
        if n > 1 and added.meets(whole):
            return row[:n]
    return ()


def _inside(sheet: Sheet, alike: Sequence[Figure], whole: Figure) -> Sequence[Figure]:
    """The parts that can be added up.

    One that is larger than the whole is a link gone wrong, unless all are known to exclude one another.
    """
    inside = [part for part in alike if part.value <= max(whole.value, whole.out_of or 0)]
    return alike if len(alike) > 2 and partition_of(sheet, alike) else inside


def _to_opposite(sheet: Sheet, parts: Sequence[Figure]) -> Sequence[Figure]:
    """The parts up to the one that is the opposite of another; what follows both is said of something else again."""
    for n, part in enumerate(parts[1:], 2):
        if words("negated").search(part.subject) and not words("negated").search(parts[0].subject):
            return parts[:n]
    return parts


def _is_alike(part: Figure, whole: Figure) -> bool:
    same = part.measure in ("amount", "share") and part.like(whole) and part.place == whole.place
    same = same and (part.role == whole.role or (part.is_result and whole.is_result) or part.measure == "share")
    return same and part.bounded and whole.bounded


def _making_up(parts: Sequence[Figure], total: Level, *, some: bool) -> Sequence[Figure]:
    """The parts that make up the total: all, or ``some``, without those at either end, which may belong elsewhere."""
    for rule in HALVES:
        levels, whole = [part.as_operand(rule) for part in parts], total.as_operand(rule)
        for step in (1, -1):
            sums = list(accumulate(levels[::step]))
            for n in range(len(parts), 1 if some else len(parts) - 1, -1):
                if sums[n - 1].meets(whole):
                    return sorted(parts[::step][:n], key=lambda part: part.start)
    return ()


def said_of(sheet: Sheet, part: Figure) -> str:
    """The words that say what a figure counts: its subject and what follows it."""
    return f"{part.subject} {sheet.words_after(part)}"
