"""The sieve lets nothing through its holes that it should keep: what a pattern of a table matches, passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from analysis.extraction import cues, exclusions, roles
from analysis.extraction.country import HOME
from analysis.extraction.times import expressions
from analysis.sieve import Quick, Sieve, _Words, needed
from tests import ROOT

PATHS = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "gold" / "invented").glob("*.txt")]
LINES = [line for path in PATHS for line in path.read_text(encoding="utf-8").splitlines() if line]
TABLES: dict[str, Callable[[], Sieve[Any]]] = {
    "exclusions": partial(exclusions._rules, HOME),
    "measures": cues._measure_cues,
    "roles": roles._role_cues,
    "times": expressions._rules,
}


def _patterns(rule: Any) -> tuple[re.Pattern[str], ...]:
    """What all has to match for a rule of a table to fit."""
    if isinstance(rule, cues.Cue):
        return tuple(sifted.pattern for sifted in rule.patterns)
    return (rule[1].pattern if isinstance(rule, tuple) else rule.pattern,)


@pytest.mark.parametrize("table", TABLES)
def test_what_matches_passes(table: str) -> None:
    sieve, matched = TABLES[table](), 0
    for line in LINES:
        passed = sieve.passed(line)
        for rule in sieve.items:
            patterns = _patterns(rule)
            if all(pattern.search(line) for pattern in patterns):
                matched += 1
                assert rule in passed, (rule, line)
    assert matched > 50


@pytest.mark.parametrize("table", TABLES)
def test_a_quick_pattern_finds_what_the_pattern_finds(table: str) -> None:
    for pattern in (pattern for rule in TABLES[table]().items for pattern in _patterns(rule)):
        quick = Quick(pattern)
        for line in LINES[::3]:
            assert [m.span() for m in quick.finditer(line)] == [m.span() for m in pattern.finditer(line)], pattern


def test_a_quick_pattern_knows_every_case_of_a_letter() -> None:
    for pattern, text in [("(?i)\\bköln", "KÖLN köln"), ("(?i:s)ee|[x-z]o|\\d+m", "ſee xo yo 55m zo"), ("a?b", "b ab")]:
        compiled = re.compile(pattern)
        found = [match.group() for match in Quick(compiled).finditer(text)]
        assert found == compiled.findall(text)
        assert len(found) > 1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?i)PLAN\b", "the plan"),
        (r"(?:rose|grew)?\sby", "up by"),
        (r"(?:ab)+c", "ababc"),
        (r"a{2,}b", "aaab"),
        (r"no\d{1,2}/20", "no7/20"),
        (r"[12]\d/7", "24/7"),
        (r"[^a]b|cd", "xb"),
        (r"(?>ab)c", "abc"),
        (r"(a)?(?(1)b|c)", "c"),
        (r"(?<=the )plan(?! of)", "plan"),
        (r"so far \(today\)", "so far (today)"),
    ],
)
def test_each_kind_of_part(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    assert Sieve([(1, [compiled])]).passed(text) == [1]
    assert not needed(compiled) or Sieve([(1, [compiled])]).passed("-") == []


def test_more_words_than_are_kept_pass_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.sieve._KEPT", 3)
    sieve = Sieve([("year", [re.compile(r"in\s20\d\d")]), ("article", [re.compile(r"art\.\d+")])])
    texts = ["seen in 2023", "art.5 of it", "2024 2025 in 1 22 333 4444 2026", "an article"] * 2
    assert [sieve.passed(text) for text in texts] == [["year"], ["article"], ["year"], []] * 2


def _words(*patterns: str) -> _Words:
    words = _Words()
    for pattern in patterns:
        words.bit(needed(re.compile(pattern))[-1])
    return words


def test_a_number_is_taken_apart_once_for_each_form_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    words = _words(r"in\s20\d\d")
    monkeypatch.setattr(type(words), "_of", lambda self, form: taken.append(form) or 0)
    words.held(" ".join(str(n) for n in range(1000, 9999)))
    assert taken == ["0000"]


def test_of_a_word_only_what_opens_with_two_of_its_letters_is_looked_up() -> None:
    asked: list[str] = []

    class Noted(dict[str, int]):
        def get(self, piece: str, other: Any = None) -> Any:
            asked.append(piece)
            return super().get(piece, other)

    words = _words("planned|planted", "%")
    words._pieces = Noted(words._pieces)
    assert (words.held("Bcdefghijklm"), asked) == (0, [])
    assert (words.held("Unplanned 5%"), asked) == (0b11, ["planned"])
