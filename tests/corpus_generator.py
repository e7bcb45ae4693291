"""Any number of plausible reports with known gold, from a small grammar of the genre; the same for the same seed.

``python tests/corpus_generator.py 1000 FOLDER`` writes texts and gold, in the form of ``tests/gold``. Sentences, places
and numbers are invented. A place has a report for each of four years. A report in a hundred is an older one under
another name, one in fifty states a per cent of its plan that is not what its numbers give, one in nineteen tells last
year's number otherwise than last year's report.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Made", "generate", "made", "write"]

YEARS = (2021, 2022, 2023, 2024)
COPIES, WRONG, OTHERWISE = 100, 50, 19  # one report in so many is a copy, holds an error, tells last year otherwise
FIGURES = ("report", "number", "occurrence", "value", "unit", "measure", "role", "place", "period_year")
COMPARISONS = ("report", "place", "target", "achieved", "attainment", "verdict", "basis", "accept")
FINDINGS = ("report", "place", "severity", "stated")

FIRST = (
    "Ba Binh Cam Chau Dai Dong Duc Ha Hoa Huong Khe Kim Lac Lam Loc Long Minh Nam Ngoc Phu Quan Son Tan Thanh Thuy Tra"
)
LAST = "An Bang Cuong Dien Duong Giao Hai Hien Khanh Lap Lieu Mai Nghi Ninh Phong Quy Sa Tam Thinh Trung Vinh Xuyen Yen"

OPENINGS = (
    "On the afternoon of December {day}, the People's Committee of {place} district looked back on the tasks of {year} "
    "and discussed those of {after}.",
    "The Party Committee of {place} district met on December {day} to sum up its work in {year}.",
    "{place} district has just closed {year}; the conference of December {day} heard a frank account of it.",
)
FILLERS = (
    "Floods came early and prices of fertiliser stayed high, yet most villages kept to their crops.",
    "Departments shared the work more evenly than before, and the people were told early what was asked of them.",
    "Many roads that had waited for stone were closed to lorries and mended by those who live beside them.",
    "Schools opened on time, and the health stations were staffed on holidays.",
    "Some offices still answer letters late, and the head of the district asked them to mend their ways.",
    "The market was moved to the river bank, where there is room for those who come by boat.",
    "Delegates spoke above all of water, of roads to the upper hamlets and of young people who leave.",
    "The campaign to tidy up village lanes went on, led by the women's union and the youth union.",
)
CLOSINGS = (
    "At the conference, the district praised collectives and individuals for their work.",
    "The chair thanked the delegates and asked each office for a plan of its own before the new year.",
    "Delegates agreed with the report and signed the compact of emulation.",
)


@dataclass(frozen=True)
class Thing:
    """Something that is counted or measured, and between which numbers it lies."""

    words: str
    unit: str
    low: float
    high: float
    digits: int = 0
    said: str = ""
    scale: float = 1.0


THINGS = (
    Thing("Total budget revenue in the area", "VND", 90, 900, 1, " billion VND", 1e9),
    Thing("Total social investment capital", "VND", 800, 6000, 0, " billion VND", 1e9),
    Thing("Total food output", "t", 12_000, 90_000, 0, " tons"),
    Thing("The area of concentrated forest planted", "ha", 120, 2_400, 0, " ha"),
    Thing("The number of newly established enterprises", "count", 22, 190, 0, " enterprises"),
    Thing("The number of workers given new jobs", "count", 800, 4_800, 0, " workers"),
    Thing("The number of visitors to the district", "count", 20_000, 320_000, 0, " visitors"),
)
RATES = (
    Thing("The rate of trained workers", "%", 35, 79, 1, "%"),
    Thing("The rate of health insurance coverage", "%", 85, 97, 1, "%"),
    Thing("The rate of households with clean water", "%", 70, 98, 1, "%"),
)


@dataclass
class Made:
    """A report as it is written, with its gold."""

    name: str
    text: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    comparisons: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def say(self, *parts: str | tuple[str, float, str, str, str, int]) -> None:
        """Add words, and figures with what they are: how written, value, unit, measure, role, year."""
        for part in parts:
            if isinstance(part, str):
                self.text += part
                continue
            written, value, unit, measure, role, year = part
            core = re.match(r"[\d.,]*\d", written)
            assert core is not None
            row = {"number": core[0], "start": len(self.text), "value": value, "unit": unit, "measure": measure}
            self.figures.append({**row, "role": role, "period_year": year, "report": self.name})
            self.text += written

    def compare(self, target: float, achieved: float, attainment: float, verdict: str, basis: str) -> None:
        """Add a comparison to the gold."""
        cells = (("target", target), ("achieved", achieved), ("attainment", attainment))
        told = {name: repr(cell) for name, cell in cells}
        self.comparisons.append({**told, "verdict": verdict, "basis": basis, "report": self.name})


def generate(number: int, seed: int = 1) -> Iterator[Made]:
    """So many reports with their gold, one by one."""
    return (made(n, seed) for n in range(number))


def made(n: int, seed: int = 1) -> Made:
    """The n-th report of a seed."""
    if n % COPIES == COPIES - 1:
        return Made(f"r{n:06}", made(n - COPIES // 2 - 3, seed).text)  # all that can be said of it is that it is one
    place, year = _place(n // len(YEARS), seed), YEARS[n % len(YEARS)]
    dice = random.Random(f"{seed} {n}")
    report = Made(f"r{n:06}")
    named = {"place": place, "year": year, "after": year + 1, "day": dice.randint(5, 28)}
    report.say(f"{place} district in {year}\n\n", dice.choice(OPENINGS).format(**named), "\n\n")
    report.say(f"In {year}, the whole district worked in difficult conditions. ", dice.choice(FILLERS), "\n\n")
    wrong = n % WRONG == WRONG - 1
    chosen = dice.sample(THINGS, 5)
    ways: Sequence[Callable[..., None]] = (_of_plan, _beside_plan, _grown)
    for number, thing in enumerate(chosen):
        (_of_plan if number == 0 else dice.choice(ways))(report, dice, thing, year, wrong=wrong and number == 0)
        report.say(" ", dice.choice(FILLERS), "\n\n")
    _rate(report, dice, dice.choice(RATES), year)
    report.say(" ", dice.choice(FILLERS), "\n\n")
    _members(report, dice, n, seed)
    report.say(" ", dice.choice(FILLERS), "\n\n")
    others = [thing for thing in THINGS if thing not in chosen]  # of which an earlier report may tell a result
    _ahead(report, dice, [*chosen[:2], dice.choice(others)], year + 1)
    report.say(dice.choice(CLOSINGS), "\n")
    _name_places(report, place)
    return report


def write(reports: Iterator[Made], texts: Path, gold: Path | None = None) -> None:
    """Write the texts, and the gold beside them where a folder is given."""
    texts.mkdir(parents=True, exist_ok=True)
    kept: dict[str, list[dict[str, Any]]] = {"figures": [], "comparisons": [], "findings": []}
    for report in reports:
        Path(texts, f"{report.name}.txt").write_bytes(report.text.encode())
        if gold is not None:
            for name, rows in kept.items():
                rows += getattr(report, name)
    columns = {"figures": FIGURES, "comparisons": COMPARISONS, "findings": FINDINGS}
    for name, rows in kept.items() if gold is not None else ():
        assert gold is not None
        gold.mkdir(parents=True, exist_ok=True)
        with open(gold / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows)


def _place(number: int, seed: int) -> str:
    """A place's name, another one for each number as far as they go."""
    first, last = FIRST.split(), LAST.split()
    names = [f"{a} {b}" for a in first for b in last] + [f"{a} {b} {c}" for a in first for b in last for c in first]
    random.Random(seed).shuffle(names)
    return names[number % len(names)]


def _number(dice: random.Random, thing: Thing) -> float:
    drawn = round(dice.uniform(thing.low, thing.high), thing.digits)
    return drawn if thing.digits else int(drawn)


def _figure(thing: Thing, number: float, measure: str, role: str, year: int) -> tuple[str, float, str, str, str, int]:
    written = f"{number:,.{thing.digits}f}{thing.said}"
    return written, number * thing.scale, thing.unit, measure, role, year


def _percent(share: float, measure: str, year: int, role: str = "achieved") -> tuple[str, float, str, str, str, int]:
    return f"{share:.1f}%", round(share, 1), "%", measure, role, year


def _reached(dice: random.Random, plan: float, digits: int) -> tuple[float, float]:
    """What was reached of a plan, not quite all of it or more, and which per cent that is."""
    while True:
        reached = round(plan * dice.uniform(0.82, 1.32), digits or None)
        if abs(reached / plan - 1) > 0.005:
            return reached, round(100 * reached / plan, 1)


def _verdict(share: float) -> str:
    return "exceeded" if share > 100 else "met" if share == 100 else "missed"


def _of_plan(report: Made, dice: random.Random, thing: Thing, year: int, *, wrong: bool = False) -> None:
    """A result, its plan, and the per cent of the plan."""
    plan = _number(dice, thing)
    reached, share = _reached(dice, plan, thing.digits)
    stated = round(share + dice.choice((-1, 1)) * dice.uniform(6, 9), 1) if wrong else share
    report.say(f"{thing.words} reached ", _figure(thing, reached, "amount", "achieved", year), ", equal to ")
    report.say(_percent(stated, "attainment", year), " of the plan (")
    report.say(_figure(thing, plan, "amount", "target", year), ").")
    report.compare(plan * thing.scale, reached * thing.scale, reached / plan, _verdict(100 * reached / plan), "stated")
    if wrong:
        report.findings.append({"report": report.name, "severity": "error|warning", "stated": stated})


def _beside_plan(report: Made, dice: random.Random, thing: Thing, year: int, *, wrong: bool = False) -> None:
    """A result, and the per cent of a plan that is not told."""
    plan = _number(dice, thing)
    reached, share = _reached(dice, plan, thing.digits)
    report.say(f"{thing.words} was ", _figure(thing, reached, "amount", "achieved", year), ", reaching ")
    report.say(_percent(share, "attainment", year), " of the annual plan.")
    amount = reached * thing.scale
    report.compare(amount / share * 100, amount, share / 100, _verdict(share), "attainment")


def _grown(report: Made, dice: random.Random, thing: Thing, year: int, *, wrong: bool = False) -> None:
    """A result, and by how much it has grown."""
    up = round(dice.uniform(1.1, 19.8), 1)
    report.say(f"{thing.words} is ", _figure(thing, _number(dice, thing), "amount", "achieved", year), ", up ")
    report.say(_percent(up, "change", year), " over the same period last year.")


def _rate(report: Made, dice: random.Random, thing: Thing, year: int) -> None:
    """A rate, and the rate that was planned."""
    plan = _number(dice, thing)
    reached = round(plan + dice.choice((-1, 1)) * dice.uniform(0.3, 2.6), 1)
    report.say(f"{thing.words} reached ", _percent(reached, "share", year), ", while the plan was ")
    report.say(_percent(plan, "share", year, "target"), ".")
    report.compare(round(plan, 1), reached, reached / plan, _verdict(100 * reached / plan), "stated")


def _members(report: Made, dice: random.Random, n: int, seed: int) -> None:
    """Targets fulfilled out of all, and new members against the resolution and in the year before."""
    year = YEARS[n % len(YEARS)]
    whole = dice.randint(15, 30)
    part = dice.randint(whole - 6, whole - 1)
    members, share = _admitted(n, seed)
    report.say("By the end of the year, ", (f"{part} out of {whole}", part, "count", "amount", "achieved", year))
    report.say(" targets of the resolution had been fulfilled. The Party Committee admitted ")
    report.say((f"{members:.0f} new party members", members, "count", "amount", "achieved", year), ", reaching ")
    report.say(_percent(share, "attainment", year), " of the target.")
    report.compare(whole, part, part / whole, "missed|in progress", "out_of")
    report.compare(members / share * 100, members, share / 100, _verdict(share), "attainment")
    if n % len(YEARS):
        before = _admitted(n - 1, seed)[0] + (7 if n % OTHERWISE == 0 else 0)
        told = (f"{before:.0f} new party members", before, "count", "amount", "achieved", year - 1)
        report.say(f" In {year - 1}, the Party Committee admitted ", told, ".")
        if n % OTHERWISE == 0:
            report.findings.append({"report": report.name, "severity": "error|warning", "stated": before})


def _admitted(n: int, seed: int) -> tuple[float, float]:
    """How many members the n-th report tells, which the next one of its place tells again, and the per cent."""
    dice = random.Random(f"{seed} members {n}")
    return _reached(dice, dice.randint(60, 320), 0)


def _ahead(report: Made, dice: random.Random, things: Sequence[Thing], year: int) -> None:
    """The targets of the next year, as a list."""
    report.say(f"Main targets for {year}:\n\n")
    for thing in things:
        report.say(f"- {thing.words}: ", _figure(thing, _number(dice, thing), "amount", "target", year), ";\n\n")


def _name_places(report: Made, place: str) -> None:
    """The place into the gold, and which of the same numbers in the text each figure is."""
    for rows in (report.figures, report.comparisons, report.findings):
        for row in rows:
            row["place"] = place
    for row in report.figures:
        alike = re.finditer(rf"(?<![\d.,/]){re.escape(row['number'])}(?![\d/]|[.,]\d)", report.text)
        row["occurrence"] = 1 + sum(one.start() < row["start"] for one in alike)


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description="Write generated reports with their gold.")
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(generate(given.number, given.seed), given.folder / "texts", given.folder / "gold")


if __name__ == "__main__":
    main()
