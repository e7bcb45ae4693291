"""Text full of numbers, marks or names costs no more for each of its figures than other text, however much there is.

Counted in calls of functions, never in seconds; and what one call could read again and again is so long here that a
test which reads it so would not end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product

import pytest

from analysis.extraction.figures import extract_figures
from analysis.extraction.numbers import scan
from analysis.extraction.places.mentions import Atlas
from analysis.extraction.places.names import standing
from analysis.reading.article import passages
from analysis.reading.reports import from_text
from analysis.reading.sentences import plain

_NAMES = [
    f"{first}{end} {second}nh" for first, end, second in product(("Ba", "Lo", "Khu", "Tho"), "nmtc", ("Xi", "Du"))
]
DENSE: dict[str, Callable[[int], str]] = {
    "numbers": lambda n: "5 " * n,
    "per cents": lambda n: "5% " * n,
    "strokes": lambda n: "1/" * n,
    "open brackets": lambda n: "(5 " * n,
    "words": lambda n: "five " * n,
    "N of M": lambda n: "5 out of 6 " * n,
    "short lines": lambda n: "".join(f"- It built {k} houses.\n" for k in range(n)),
    "targets": lambda n: "".join(f"The target was {k} cows, it had {k + 3}, 104% of the plan. " for k in range(n)),
    "communes": lambda n: "".join(f"{k % 9}/{k % 9 + 4} communes, {k % 100}% of the total; " for k in range(n)),
    "places": lambda n: "".join(f"{_NAMES[k % len(_NAMES)]} commune {k % 90 + 5}%, " for k in range(n)),
}
LONG = {
    "stops": "." * 100_000,
    "exclamation marks": "!" * 100_000,
    "capitals with apostrophes": "A'" * 30_000,
    "groups of thousands": "1" + ".000" * 20_000,
    "digits": "7" * 20_000,
    "blanks": "5 " + " " * 100_000,
}
PER_FIGURE = 750  # calls


def calls_for(text: str) -> int:
    """How many calls of functions, of Python and of C, reading a text takes."""
    calls = 0

    def count(_frame: object, event: str, _called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    extract_figures("It admitted 9 members.")  # what is read once
    sys.setprofile(count)
    try:
        extract_figures(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", DENSE)
def test_a_figure_of_dense_text_costs_what_others_cost(kind: str) -> None:
    few, many = (f"In the year:\n{DENSE[kind](n)}\nThat was all {n}.\n" for n in (150, 600))
    before, after = calls_for(few), calls_for(many)
    assert after < 4.2 * before
    assert after < PER_FIGURE * (len(extract_figures(many)) + 600)


@pytest.mark.parametrize("kind", LONG)
def test_a_run_is_not_read_again_from_its_middle(kind: str) -> None:
    report = from_text(f"Tan Phuoc province\n{LONG[kind]}\nIt admitted 9 members.")
    assert scan(report.text)[-1].text == "9"
    assert passages(plain(report.text))
    assert Atlas.of(report).main


def test_no_name_is_tried_where_another_stands() -> None:
    names = [f"Xa {n}" for n in range(100_000)]  # of one initial, and of one first word
    found = [one for one, *_ in standing(", ".join(names), names)]
    assert [name for _, _, name in found] == names


def test_the_longest_name_that_stands_as_whole_words_is_the_place() -> None:
    text = "Lam Quy Dong district, Lam Quy district and Lam Quyet district: Lam  Quy had 9 members, Lam Quyen 8."
    places = [mention.place.name for mention in Atlas.of(from_text(text)).mentions]
    assert places == ["Lam Quy Dong", "Lam Quy", "Lam Quyet", "Lam Quy"]


def test_a_table_in_one_line_is_read_in_pieces() -> None:
    pieces = [line[p.start : p.end] for line in ["12 " * 200] for p in passages(line)]
    assert [len(piece.split()) for piece in pieces] == [40, 40, 40, 40, 40]
