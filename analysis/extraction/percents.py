"""A per cent that no cue decides in, what it most likely measures out: by the signs around it, each with its weight.

A bare "reached 12.6%" is a share of something, growth, or a part of a plan. The noun far before it, the size of the
number and the per cent before it tell which, together and none alone. The weights stand in
``data/cues/percent_signs.csv``.

>>> from analysis.extraction.figures import extract_figures
>>> told = "Sugar output gained 7%, and crafts 12.1%. The rate of trained workers was 61%."
>>> extract_figures(told)["measure"].tolist()
['change', 'change', 'share']
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import cache

from analysis.extraction.candidate import Candidate
from analysis.extraction.cues import Decision
from analysis.lexicon import phrase, rows

__all__ = ["MEASURES", "SURE", "is_open", "likeliest", "signs", "weigh"]

MEASURES = ("share", "change", "attainment", "margin")
BY_SIGNS = "signs"  # the decision taken here
_UNDECIDED = ("unit", BY_SIGNS)  # those that no cue takes
SURE, DOUBTED = 0.7, 0.5  # chances from which a per cent is no longer the share that it is by default; or may be none
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[%()/:;,.0-]")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_LEVEL = phrase("names_a_level")
_MOVES = phrase("says_it_moved")
WHOLE_PASSED = "size above 100"
_NEAR, _AFTER, _GAP = 6, 4, 8  # words before a number, tokens behind it, tokens since the last one
_REACH, _FIGURES = 300, 8  # characters before a number, figures on each side of it: as far as a reader looks
_ALL = 100
_AT = ("next", "second", "behind")
SIZES = ((1, "below 1"), (5, "below 5"), (15, "below 15"), (30, "below 30"), (60, "below 60"), (100, "below 100"))


def weigh(flat: str, figures: Sequence[Candidate], previous: Sequence[Candidate], roles: Collection[str]) -> list[int]:
    """Give each per cent whose measure is open the one that the signs around it speak for; which of them they are.

    Args:
        flat: the plain text.
        figures: the figures of one sentence.
        previous: those of the sentence before.
        roles: the roles of the figures that are weighed; a target is of the kind of its result, where that is told.
    """
    weighed = []
    for n, figure in enumerate(figures):
        if figure.role.word not in roles or not is_open(figures, n):
            continue
        measure, chance = likeliest(signs(flat, figures, n, previous))
        if measure == figure.measure.word or chance < DOUBTED:
            continue
        figure.else_measure = measure
        if chance >= SURE:
            figure.else_measure, figure.measure = figure.measure.word, Decision(measure, BY_SIGNS, f"{chance:.0%}")
            weighed.append(n)
    return weighed


def is_open(figures: Sequence[Candidate], n: int) -> bool:
    """Whether it is open what a per cent measures: no cue has decided, and nothing tells that it is a share.

    Shares are a part of another figure, "60% of" something, a rate by its name ("bad debts at 1.2%"), and what one
    number beside it makes of another ("210 of 230 cases, reaching 91.3%"); above 100 that is for the audit to ask.

    Args:
        figures: the figures of one sentence.
        n: which of them it is.
    """
    figure = figures[n]
    undecided = figure.unit == "%" and figure.measure.cue in _UNDECIDED and figure.number.out_of is None
    if not undecided or figure.part_of is not None or figure.words.right.startswith(" of "):
        return False
    return not (_LEVEL.search(_behind_moves(figure.words.left)) or _works_out(figure, _beside(figures, n)))


def _behind_moves(words: str) -> str:
    """The words behind the last that says that something grew or fell."""
    return words[max((found.end() for found in _MOVES.finditer(words)), default=0) :]


def _beside(figures: Sequence[Candidate], n: int) -> Sequence[Candidate]:
    return figures[max(0, n - _FIGURES) : n + _FIGURES + 1]


def _works_out(figure: Candidate, beside: Sequence[Candidate]) -> bool:
    """Whether a per cent is what one number beside it makes of another."""
    told = [d.number for d in beside if d.unit not in ("%", "pp") and d.number.value]
    counts = [*(number.value for number in told), *(number.out_of for number in told if number.out_of)]
    return any(
        abs(_ALL * one / other - figure.number.value) <= figure.number.step for one in counts for other in counts
    )


def likeliest(found: Set[str], weights: Mapping[str, tuple[float, ...]] | None = None) -> tuple[str, float]:
    """The measure that some signs speak for, and its chance between 0 and 1.

    Args:
        found: the signs around a per cent.
        weights: of each sign for each of ``MEASURES``, where not those of the file.

    >>> likeliest({"before structure", "size below 60"})[0]
    'share'
    """
    table = _weights() if weights is None else weights
    sums = [sum(column) for column in zip(table[""], *(table[one] for one in found if one in table), strict=True)]
    if WHOLE_PASSED in found:  # nothing is more than all of itself
        sums[MEASURES.index("share")] = -math.inf
    chances = [math.exp(one - max(sums)) for one in sums]
    best = max(range(len(MEASURES)), key=lambda n: chances[n])
    return MEASURES[best], chances[best] / sum(chances)


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    """The weights of each sign for each measure; those of no sign at all stand beside an empty one."""
    return {row["sign"]: tuple(float(row[name] or 0) for name in MEASURES) for row in rows("cues/percent_signs")}


def signs(flat: str, figures: Sequence[Candidate], n: int, previous: Sequence[Candidate]) -> set[str]:
    """What stands around a per cent and may say what it measures: words, its size, the figures beside it.

    Args:
        flat: the plain text.
        figures: the figures of one sentence.
        n: which of them it is.
        previous: the figures of the sentence before.
    """
    figure, last = figures[n], figures[n - 1] if n else None
    told = next((d.measure.word for d in reversed(previous) if d.unit == "%"), "none")
    around = {*_of_number(figure), *_of_last(flat, figure, last), *_of_list(figure, _beside(figures, n))}
    return {f"sentence before {told}", *around, *_of_words(flat, figure)}


def _of_words(flat: str, figure: Candidate) -> set[str]:
    start = max(figure.words.start, figure.number.start - _REACH)
    before = _tokens(flat[start : figure.number.start])
    behind = _tokens(figure.words.right[:_REACH])[:_AFTER]
    found = {f"before {word}" for word in before}
    found |= {f"clause {word}" for word in _tokens(figure.words.wide[-_REACH:])}
    found |= {f"near {word}" for word in before[-_NEAR:]}
    found |= {f"after {word}" for word in behind}
    return found | {
        f"{name} {word}" for name, word in zip(_AT, (*before[-1:], *before[-2:-1], *behind[:1]), strict=False)
    }


def _of_number(figure: Candidate) -> Iterator[str]:
    value = abs(figure.number.value)
    yield "size " + next((size for limit, size in SIZES if value < limit), "100" if value == 100 else "above 100")
    yield f"decimals {len(figure.number.digits.rpartition('.')[2]) if '.' in figure.number.digits else 0}"


def _of_last(flat: str, figure: Candidate, last: Candidate | None) -> Iterator[str]:
    if last is None:
        yield "last none"
    elif last.unit == "%":
        yield f"last {last.measure.word}"
        gap = len(_tokens(flat[last.number.end : figure.number.start]))
        yield f"last {last.measure.word}, {min(gap, _GAP)} tokens before"
    else:
        yield f"last {last.unit if last.unit in ('VND', 'USD', 'count') else 'other'}"


def _of_list(figure: Candidate, beside: Sequence[Candidate]) -> Iterator[str]:
    bracket = figure.words.bracket
    if bracket:
        alone = bracket[1] - bracket[0] - 1 <= figure.number.end - figure.number.start
        yield "in brackets, alone" if alone else "in brackets"
    undecided = [d for d in beside if d.unit == "%" and d.measure.cue in _UNDECIDED]
    alike = [d.number.value for d in undecided if d.bracketed == figure.bracketed]
    if len(alike) > 1 and abs(float(sum(alike)) - _ALL) <= 1:
        yield "adds up to 100"


def _tokens(words: str) -> list[str]:
    return _TOKEN.findall(_NUMBER.sub("0", words.lower()))
