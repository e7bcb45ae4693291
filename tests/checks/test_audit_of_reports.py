"""The audit of whole reports: random consistent ones raise no error, and a figure moved beyond rounding is caught.

Counts are drawn, per cents computed and rounded by any of the rules, sentences written and read by the library as it
reads any report. Nothing here knows how the library computes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

import analysis
from analysis.reading.reports import Reports, from_text

RULES = {
    "half_up": ROUND_HALF_UP,
    "half_down": ROUND_HALF_DOWN,
    "half_even": ROUND_HALF_EVEN,
    "truncate": ROUND_DOWN,
}
REPORTS = 60  # for each rule
FEWEST, CAUGHT = 200, Fraction(95, 100)


@dataclass(frozen=True)
class Stated:
    """A number as a report states it: its digits, how far its operands' rounding reaches, and which way contradicts.

    Fewer petitions resolved, or a list that leaves out a part, contradicts nothing; more does.
    """

    digits: str
    slack: Fraction = Fraction(0)
    upward: bool = False

    def moved(self, chance: random.Random) -> str:
        """The digits of a number that no rounding makes of the same operands."""
        places = len(self.digits.partition(".")[2])
        step = Fraction(1, 10**places)
        least = int(self.slack / step) + 2
        by = chance.randint(least, least + 12)
        value = Fraction(self.digits.replace(",", ""))
        value += by * step if self.upward or value <= by * step or chance.random() < 0.5 else -by * step
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.{places}f}"


def rounded(value: Fraction, places: int, rule: str) -> str:
    """The digits of a number under a rounding rule, by the decimal module."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding=RULES[rule]):f}"


Draw = tuple[str, list[Stated]]


def shares(chance: random.Random, rule: str) -> Draw:
    """A part of a whole."""
    whole = chance.randint(300, 90_000)
    part = chance.randint(whole // 10, whole)
    share = rounded(Fraction(100 * part, whole), chance.randint(1, 2), rule)
    return f"{part:,}/{whole:,} dossiers were settled on time ({{}}%).", [Stated(share)]


def attainments(chance: random.Random, rule: str) -> Draw:
    """A result, its target, and the per cent of it."""
    target = chance.randint(100, 4_000)
    result = chance.randint(target // 2, target * 3 // 2)
    per_cent = rounded(Fraction(100 * result, target), chance.randint(1, 2), rule)
    text = (
        f"The district admitted {result:,} new party members, reaching {{}}% of the target ({target:,} party members)."
    )
    return text, [Stated(per_cent)]


def grades(chance: random.Random, rule: str) -> Draw:
    """The yearly classification, with the count and the share of each grade."""
    counts = [chance.randint(*span) for span in ((100, 300), (1_500, 4_000), (60, 200), (5, 30))]
    words = ("excellently completed their tasks", "completed their tasks well", "completed their tasks",
             "did not complete their tasks")  # fmt: skip
    listed = [f"{count:,} party members {said} ({{}}%)" for count, said in zip(counts, words, strict=True)]
    made = [Stated(rounded(Fraction(100 * count, sum(counts)), 2, rule)) for count in counts]
    return f"In 2023, {', '.join(listed[:-1])} and {listed[-1]}.", made


def caseloads(chance: random.Random, rule: str) -> Draw:
    """N of M, which never passes M."""
    whole = chance.randint(20, 900)
    return f"The district received {whole}/{whole} citizens; {{}}/{whole} petitions were resolved.", [
        Stated(str(chance.randint(whole - 3, whole)), slack=Fraction(4), upward=True)
    ]


def parts(chance: random.Random, rule: str) -> Draw:
    """Forms of discipline, which exclude one another and make up their whole."""
    few = [chance.randint(2, 19) for _ in range(3)]
    text = (
        f"Inspection commissions disciplined {sum(few)} party members, including reprimands for {few[0]} party "
        f"members, warnings for {few[1]} party members and expulsions for {{}} party members."
    )
    return text, [Stated(str(few[2]), upward=True)]


def margins(chance: random.Random, rule: str) -> Draw:
    """An amount of money, its target, and by how much the target is passed; the amounts are rounded as well."""
    target = Fraction(chance.randint(2_000, 9_000), 10)
    result = target * Fraction(chance.randint(1_050, 1_900), 1_000)
    told, aim = rounded(result, 1, rule), rounded(target, 1, rule)
    per_cent = rounded(100 * (result / target - 1), 1, rule)
    text = f"Budget revenue reached {told} billion VND, exceeding the target ({aim} billion VND) by {{}}%."
    return text, [Stated(per_cent, slack=Fraction(3, 10))]


def changes(chance: random.Random, rule: str) -> Draw:
    """A count, the count of the year before, and the change."""
    before = chance.randint(300, 9_000)
    after = chance.randint(before + before // 10, before * 2)
    per_cent = rounded(Fraction(100 * (after - before), before), 1, rule)
    text = (
        f"In 2023, the town welcomed {after:,} visitors, an increase of {{}}% compared to 2022 ({before:,} visitors)."
    )
    return text, [Stated(per_cent)]


def harvests(chance: random.Random, rule: str) -> Draw:
    """A harvest and the two crops that make it up, each with its growth."""
    before = [chance.randint(3_000, 90_000) for _ in range(2)]
    after = [level * chance.randint(1_010, 1_190) // 1_000 for level in before]
    whole = rounded(Fraction(100 * sum(after), sum(before)) - 100, 1, rule)
    grown = [rounded(Fraction(100 * new, old) - 100, 1, rule) for new, old in zip(after, before, strict=True)]
    text = (
        f"In 2023, rice output reached {sum(after):,} tons, an increase of {{}}%, of which the winter crop was "
        f"{after[0]:,} tons, an increase of {grown[0]}%, and the summer crop was {after[1]:,} tons, an increase of "
        f"{grown[1]}%."
    )
    return text, [Stated(whole, slack=Fraction(2, 10))]


def revenues(chance: random.Random, rule: str) -> Draw:
    """Revenue and the two sources that make it up, each with its per cent of the estimate."""
    estimates = [chance.randint(300, 9_000) for _ in range(2)]
    results = [level * chance.randint(810, 1_390) // 1_000 for level in estimates]
    whole = rounded(Fraction(100 * sum(results), sum(estimates)), 1, rule)
    reached = [rounded(Fraction(100 * done, aim), 1, rule) for done, aim in zip(results, estimates, strict=True)]
    text = (
        f"In 2023, budget revenue was {sum(results):,} billion VND, equal to {{}}% of the estimate, of which domestic "
        f"revenue was {results[0]:,} billion VND, equal to {reached[0]}% of the estimate, and import-export revenue "
        f"was {results[1]:,} billion VND, equal to {reached[1]}% of the estimate."
    )
    return text, [Stated(whole, slack=Fraction(1))]


def surpluses(chance: random.Random, rule: str) -> Draw:
    """Revenue and the two sources that make it up, each with how far it passed its estimate."""
    estimates = [chance.randint(1_000, 9_000) for _ in range(2)]
    results = [level * chance.randint(1_030, 1_390) // 1_000 for level in estimates]
    whole = rounded(Fraction(100 * sum(results), sum(estimates)) - 100, 1, rule)
    over = [rounded(Fraction(100 * done, aim) - 100, 1, rule) for done, aim in zip(results, estimates, strict=True)]
    text = (
        f"In 2023, revenue was {sum(results):,} billion VND, {{}}% above the estimate, of which domestic revenue was "
        f"{results[0]:,} billion VND, {over[0]}% above the estimate, and customs revenue {results[1]:,} billion VND, "
        f"{over[1]}% above the estimate."
    )
    return text, [Stated(whole, slack=Fraction(1))]


def doublings(chance: random.Random, rule: str) -> Draw:
    """A count that is said to have doubled, which it did to the half."""
    before = chance.randint(30, 400)
    after = before * chance.randint(155, 245) // 100
    text = f"The number of cooperatives doubled from {before:,} in 2020 to {{}} in 2023."
    return text, [Stated(str(after), slack=Fraction(before), upward=True)]


def ranks(chance: random.Random, rule: str) -> Draw:
    """A rank, that of the year before, and the places between."""
    before = chance.randint(30, 63)
    after = chance.randint(4, before - 9)
    text = f"In 2023, the index of the province ranked {after}th, up {{}} places from 2022 ({before}th)."
    return text.replace("2th", "2nd").replace("3th", "3rd").replace("1th", "1st"), [Stated(str(before - after))]


def terms(chance: random.Random, rule: str) -> Draw:
    """A count that grew over a term, and what was added."""
    before = chance.randint(10, 80)
    added = chance.randint(12, 90)
    text = f"The number of clubs rose from {before} to {before + added}, {{}} more than in 2020."
    return text, [Stated(str(added))]


def conversions(chance: random.Random, rule: str) -> Draw:
    """An amount in dong, and in brackets in dollars at the rate of some year."""
    dong, rate = chance.randint(200, 9_000), chance.randint(14_000, 26_000)
    dollars = rounded(Fraction(dong * 1_000, rate), 1, rule)
    text = f"In 2023, exports of the province reached {dong:,} billion VND ({{}} million USD)."
    return text, [Stated(dollars, slack=Fraction(dollars) * 4, upward=True)]


KINDS: tuple[Callable[[random.Random, str], Draw], ...] = (
    shares, attainments, grades, caseloads, parts, margins, changes, harvests, revenues, surpluses, doublings, ranks,
    terms, conversions,
)  # fmt: skip


def totals(chance: random.Random, rule: str) -> Draw:
    """Two amounts and their total, which a word names."""
    few = [chance.randint(200, 900) for _ in range(2)]
    text = f"The town sold houses worth ${few[0]} million and land worth ${few[1]} million, a total of ${{}} million."
    return text, [Stated(str(sum(few)), slack=Fraction(2))]


def yearly(chance: random.Random, rule: str) -> Draw:
    """A rate at the beginning and at the end of a term, and by how much it falls a year."""
    after = Fraction(chance.randint(20, 60), 10)
    before = after + Fraction(chance.randint(160, 260), 10)
    fall = rounded((before - after) / 4, 1, rule)
    text = f"The poverty rate fell from {float(before):.1f}% in 2015 to {float(after):.1f}% in 2019."
    return f"{text} On average it falls by {{}} points a year.", [Stated(fall, slack=Fraction(22, 10), upward=True)]


def sectors(chance: random.Random, rule: str) -> Draw:
    """The amounts of the sectors, and their shares in a sentence of their own."""
    made = [chance.randint(1_500, 4_500) for _ in range(3)]
    told = [rounded(Fraction(100 * one, sum(made)), 2, rule) for one in made]
    text = (
        f"In 2023, the economy made {sum(made):,} billion VND, of which agriculture made {made[0]:,} billion VND, "
        f"industry {made[1]:,} billion VND and services {made[2]:,} billion VND. In 2023, agriculture accounts for "
        f"{{}}%, industry accounts for {told[1]}% and services account for {told[2]}%."
    )
    return text, [Stated(told[0])]


def rises(chance: random.Random, rule: str) -> Draw:
    """An area, and how much it has grown, in number and in per cent."""
    before = chance.randint(9_000, 90_000)
    more = before * chance.randint(20, 300) // 1_000
    per_cent = rounded(Fraction(100 * more, before), 1, rule)
    text = f"In 2023, the maize area was {before + more:,} ha, up {more:,} ha ({{}}%) against 2022."
    return text, [Stated(per_cent, slack=Fraction(1, 10))]


ASKED: tuple[tuple[str, Callable[[random.Random, str], Draw]], ...] = (
    ("sum_total", totals), ("change", yearly), ("change", rises), ("share_of_amounts", sectors),
)  # fmt: skip


def draws(rule: str) -> list[tuple[random.Random, list[Draw]]]:
    """Reports of two to four sentences of different kinds."""
    made = []
    for seed in range(REPORTS):
        chance = random.Random(f"{rule} {seed}")
        kinds = chance.sample(KINDS, chance.randint(2, 4))
        made.append((chance, [kind(chance, rule) for kind in kinds]))
    return made


def written(sentences: list[Draw], moved: tuple[int, int] | None = None, chance: random.Random | None = None) -> str:
    """The report; with one of its numbers moved."""
    told = []
    for n, (text, numbers) in enumerate(sentences):
        digits = [
            number.moved(chance) if moved == (n, k) and chance is not None else number.digits
            for k, number in enumerate(numbers)
        ]
        told.append(text.format(*digits))
    return "\n\n".join(told)


def grave(texts: list[str]) -> dict[str, list[str]]:
    """The errors and warnings of some reports, by report."""
    tables = analysis.tabulate(Reports([from_text(text, f"r{n}") for n, text in enumerate(texts)]))
    found: dict[str, list[str]] = {f"r{n}": [] for n in range(len(texts))}
    for row in tables.findings.itertuples():
        if row.severity != "note":
            found[str(row.report)].append(f"{row.severity} {row.check}: {row.message} {row.explanation}")
    return found


@pytest.mark.parametrize("rule", RULES)
def test_consistent_reports_raise_no_error(rule: str) -> None:
    texts = [written(sentences) for _, sentences in draws(rule)]
    found = [line for lines in grave(texts).values() for line in lines]
    assert [line for line in found if line.startswith("error")] == []
    if rule != "truncate":  # cut digits are reported as such
        assert found == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_sentence_is_caught_when_one_of_its_numbers_is_moved(kind: Callable[..., Draw]) -> None:
    texts = []
    for seed in range(FEWEST // len(KINDS) + 12):
        chance = random.Random(f"{kind.__name__} {seed}")
        draw = kind(chance, "half_up")
        texts.append(written([draw], (0, chance.randrange(len(draw[1]))), chance))
    found = grave(texts)
    missed = [text for n, text in enumerate(texts) if not found[f"r{n}"]]
    assert 1 - Fraction(len(missed), len(texts)) >= CAUGHT, missed[:3]


@pytest.mark.parametrize(("check", "kind"), ASKED)
def test_what_no_link_ties_together_is_asked_about_when_it_is_moved_and_else_told_in_order(
    check: str, kind: Callable[[random.Random, str], Draw]
) -> None:
    moved, kept = [], []
    for seed in range(30):
        chance = random.Random(f"{check} {seed}")
        draw = kind(chance, "half_up")
        kept.append(written([draw]))
        moved.append(written([draw], (0, 0), chance))
    for texts, tabled in ((kept, "recomputations"), (moved, "findings")):
        tables = analysis.tabulate(Reports([from_text(text, f"r{n}") for n, text in enumerate(texts)]))
        told = getattr(tables, tabled)
        assert told.loc[told["check"] == check, "report"].nunique() >= CAUGHT * len(texts), tabled
        wrong = tables.findings.query("severity == 'error' or (severity == 'note' and check == @check)")
        assert tabled == "findings" or wrong.empty, wrong["message"].tolist()


def test_one_moved_number_in_a_report_is_caught() -> None:
    texts = []
    for rule in RULES:
        for chance, sentences in draws(rule):
            n = chance.randrange(len(sentences))
            texts.append(written(sentences, (n, chance.randrange(len(sentences[n][1]))), chance))
    found = grave(texts)
    missed = [text for n, text in enumerate(texts) if not found[f"r{n}"]]
    assert len(texts) >= FEWEST
    assert 1 - Fraction(len(missed), len(texts)) >= CAUGHT, missed[:3]


def test_a_sum_is_told_in_the_scale_of_what_it_is_held_beside() -> None:
    text = (
        "In 2023, total budget revenue of the district reached 50,500 million VND, including domestic revenue of "
        "20,250 million VND and land revenue of 30,300 million VND."
    )
    redone = analysis.tabulate(Reports([from_text(text, "r")])).recomputations
    (told,) = redone.loc[redone["check"] == "sum_total", "arithmetic"]
    assert told.startswith("The parts add up to 20,250 million VND + 30,300 million VND = 50,550 million VND,")
