"""How long reading and comparing takes: ``python tests/benchmarks/speed.py [--beside PYTHON]``.

Prints characters a second from text to figures and the share of each step, for the seeds repeated to about a million
characters; beside it, on the same texts, what finds less: one regular expression for digits, spaCy's blank English
tokenizer (words alone), quantulum3 (numbers and units) and LexNLP (amounts), those that the named Python has
(``pip install spacy quantulum3 lexnlp``); the time of the other tables; and whether the cost of one report grows with
its length and no faster.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402

import analysis  # noqa: E402
from analysis.extraction.numbers import scan  # noqa: E402
from analysis.extraction.places.mentions import Atlas  # noqa: E402
from analysis.extraction.times.reference import Timeline  # noqa: E402
from analysis.extraction.times.report_date import dated  # noqa: E402
from analysis.reading.article import passages  # noqa: E402
from analysis.reading.reports import Report, Reports, from_text  # noqa: E402
from analysis.reading.sentences import plain  # noqa: E402

MILLION = 10**6
LINKS = ("figure_id", "about", "part_of")
# Run by a Python that may have them: the texts come in, separated by a byte that no text holds, the seconds go out.
BESIDE = {
    "spaCy, words": "import spacy; read = spacy.blank('en').tokenizer",
    "quantulum3": "from quantulum3 import parser; read = parser.parse",
    "LexNLP, amounts": "from lexnlp.extract.en import amounts; read = lambda text: list(amounts.get_amounts(text))",
}
TIMED = """
import sys, time
texts = sys.stdin.buffer.read().decode().split("\\0")
read(texts[0])
start = time.process_time()
for text in texts:
    read(text)
print(time.process_time() - start)
"""
# In the order in which extraction takes them, so that each finds cached what it finds cached there.
STEPS: dict[str, Callable[[Report], object]] = {
    "sentences": lambda report: passages(plain(report.text)),
    "date": dated,
    "places": Atlas.of,
    "times": lambda report: Timeline.of(plain(report.text), passages(plain(report.text)), dated(report).date),
    "numbers": lambda report: scan(report.text),
}


def timed(step: Callable[[], object]) -> tuple[float, object]:
    """Seconds of this process, whatever else runs beside it, and the result."""
    start = time.process_time()
    result = step()
    return time.process_time() - start, result


def copies(seeds: Iterable[Report], name: str) -> Reports:
    """The seeds again and again, each copy with a last line of its own, so that none is known from the one before."""
    texts = [report.text for report in seeds]
    times = range(max(1, MILLION // sum(map(len, texts))))
    return Reports([from_text(f"{text}\n{name} {n}", f"{name}-{n}-{m}") for n in times for m, text in enumerate(texts)])


def as_one_report(figures: pd.DataFrame, times: int) -> pd.DataFrame:
    """The figures of some reports as those of one long report, so many times one after the other."""
    made = []
    for n in range(times):
        for m, (_, rows) in enumerate(figures.groupby("report", sort=False)):
            ids = {name: rows[name].where(rows[name] == "", f"{n}-{m}-" + rows[name]) for name in LINKS}
            moved = {name: rows[name] + (n * 100 + m) * MILLION for name in ("start", "end", "sentence_start")}
            made.append(rows.assign(report="long", **ids, **moved))
    return pd.concat(made, ignore_index=True)


def shares(reports: Reports, whole: float) -> dict[str, float]:
    """The share of each step in the seconds that the whole took, the step taken alone."""
    spent = dict.fromkeys(STEPS, 0.0)
    for report in reports:
        for name, step in STEPS.items():
            spent[name] += timed(lambda step=step, report=report: step(report))[0]
    found = {name: seconds / whole for name, seconds in spent.items()}
    return found | {"cues, links, subjects, rows": 1 - sum(found.values())}


def beside(python: str, code: str, reports: Iterable[Report]) -> float | None:
    """The seconds that another reader takes for the same texts; None where that Python does not have it."""
    texts = "\0".join(report.text for report in reports).encode()
    done = subprocess.run([python, "-c", code + TIMED], input=texts, capture_output=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def print_others(python: str, reports: Reports, speed: float) -> None:
    """Print the speed of what finds less, and how much of it is ours, from text to figures."""
    some = Reports(reports[:10])  # quantulum3 would take minutes for all of them
    digits, _ = timed(lambda: [re.findall(r"\d[\d.,]*", report.text) for report in reports])
    others = {"a pattern, digits": sum(len(report.text) for report in reports) / digits}
    for name, code in BESIDE.items():
        seconds = beside(python, code, reports if name.startswith("spaCy") else some)
        read = sum(len(report.text) for report in (reports if name.startswith("spaCy") else some))
        if seconds is None:
            print(f"{name:<18}not installed for {python}; name a Python that has it with --beside")
        else:
            others[name] = read / seconds
    for name, other in others.items():
        print(f"{name:<18}{other:21,.0f} characters a second; ours is {speed / other:.3f} of it")


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description="How long reading and comparing takes.")
    parser.add_argument("--beside", metavar="PYTHON", default=sys.executable, help="a Python that has the others")
    python = parser.parse_args().beside
    seeds = analysis.read(ROOT / "seeds")
    analysis.extract_figures(seeds)  # reads the vocabularies
    reports = copies(seeds, "copy")
    characters = sum(len(report.text) for report in reports)
    seconds, figures = timed(lambda: analysis.extract_figures(reports))
    print(
        f"extract_figures  {seconds:6.2f} s  {characters / seconds:12,.0f} characters a second, {len(reports)} reports"
    )
    for name, share in shares(copies(seeds, "again"), seconds).items():
        print(f"  {name:<28} {share:4.0%}")
    print_others(python, reports, characters / seconds)
    spent = seconds
    seconds, comparisons = timed(lambda: analysis.compare_targets(figures))
    spent += seconds
    print(f"compare_targets  {seconds:6.2f} s  {len(figures):,} figures")
    seconds, ahead = timed(lambda: analysis.outlook(figures))
    spent += seconds
    print(f"outlook          {seconds:6.2f} s")
    seconds, _ = timed(lambda: analysis.audit(figures, comparisons, None, ahead))
    print(f"audit            {seconds:6.2f} s  {seconds / (spent + seconds):.0%} of all tables")
    few = analysis.extract_figures(seeds)
    for times in (1, 4, 16):
        one = as_one_report(few, times)
        seconds, _ = timed(lambda one=one: analysis.audit(one))
        print(f"audit of one report of {len(one):>6,} figures: {seconds / len(one) * 1000:.2f} ms a figure")
    for times in (1, 2, 4):
        text = "\n".join(report.text for report in seeds) * times
        seconds, _ = timed(lambda text=text: analysis.extract_figures(text))
        print(
            f"report of {len(text):>9,} characters: {seconds:6.2f} s, {seconds / len(text) * MILLION:.2f} s a million"
        )


if __name__ == "__main__":
    main()
