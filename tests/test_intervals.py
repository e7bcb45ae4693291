"""Exact intervals: what is written is inside, and arithmetic loses no value."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.intervals import Interval, exact, qualified, step_of, written

numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    ends = sorted([exact(draw(numbers)), exact(draw(numbers))])
    return Interval(*ends)


@given(intervals(), intervals(), st.fractions(0, 1, max_denominator=50), st.fractions(0, 1, max_denominator=50))
def test_the_result_holds_every_combination(a: Interval, b: Interval, s: Fraction, t: Fraction) -> None:
    x, y = a.low + s * (a.high - a.low), b.low + t * (b.high - b.low)
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    if y and not b.low <= 0 <= b.high:
        assert (a / b).contains(x / y)


@pytest.mark.parametrize(
    ("digits", "low", "high"), [("34.6", "34.55", "34.65"), ("408", "407.5", "408.5"), ("0.70", "0.695", "0.705")]
)
def test_a_written_number_is_known_to_half_its_last_digit(digits: str, low: str, high: str) -> None:
    assert written(digits) == Interval.of(low, high)


@pytest.mark.parametrize(
    ("digits", "qualifier", "role", "expected"),
    [
        ("641,000", "over", "achieved", Interval.of(641_000, 642_000)),
        ("4,700", "almost", "achieved", Interval.of(4_600, 4_700)),
        ("65", "about", "achieved", Interval.of(64, 66)),
        ("75", "over", "target", Interval.of(75, inf)),
        ("10", "at_least", "target", Interval.of(10, inf)),
        ("2", "under", "target", Interval.of(0, 2)),
        ("95", "at_most", "target", Interval.of(0, 95)),
        ("123", "exact", "achieved", Interval.of(123)),
    ],
)
def test_qualifiers_round_results_and_bound_targets(digits: str, qualifier: str, role: str, expected: Interval) -> None:
    assert qualified(digits, qualifier, role=role) == expected


def test_floats_are_read_by_their_digits() -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert step_of("58.70") == Fraction(1, 100)
    assert Interval.of(1, inf).contains(10**30)
    assert not Interval.of(0, 1).meets(Interval.of(2, 3))


@given(intervals(), intervals(), st.tuples(*[st.booleans()] * 4))
def test_an_end_is_open_where_no_two_values_reach_it(a: Interval, b: Interval, opens: tuple[bool, ...]) -> None:
    assume(not a.is_point and not b.is_point)
    a, b = Interval(a.low, a.high, *opens[:2]), Interval(b.low, b.high, *opens[2:])
    inside = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high) if a.contains(x) and b.contains(y)]
    for made, of in ((a + b, Fraction.__add__), (a - b, Fraction.__sub__), (a * b, Fraction.__mul__)):
        for end in (made.low, made.high):
            zero = of is Fraction.__mul__ and end == 0 and (a.contains(0) or b.contains(0))
            assert made.contains(end) == (zero or end in {of(x, y) for x, y in inside})
