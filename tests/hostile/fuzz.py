"""Texts without end, until the time is up: ``python -m tests.hostile.fuzz --minutes 10``; what broke, as JSON lines.

Where atheris is installed, ``--atheris`` lets it make the choices, after the code that they reach.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
import traceback
from collections import Counter
from types import FunctionType

import analysis
from analysis.reading.reports import Reports, from_text
from tests.hostile.invariants import broken, lively, pages
from tests.hostile.texts import Choose, text_from, written

SLOW = 3.0  # seconds for a text of a few hundred words: a hang, however small

found: Counter[str] = Counter()
made = 0


def one(choose: Choose, with_pages: bool) -> None:
    """Make one text, or two, and print what does not hold of them, once for each kind."""
    global made
    made += 1
    texts = [text_from(choose) for _ in range(1 + (choose(4) == 0))]
    started, wrong = time.process_time(), []
    try:
        reports = Reports([from_text(text, f"r{n}") for n, text in enumerate(texts)])
        tables = analysis.tabulate(reports)
        wrong += broken(tables, reports)
        if with_pages and not wrong:
            wrong += [tag for page in pages(tables, reports).values() for tag in lively(page)]
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        wrong.append(f"{type(error).__name__} in {last.name}, line {last.lineno} of {last.filename}: {error}")
    if (took := time.process_time() - started) > SLOW:
        wrong.append(f"slow: {took:.0f} s for {sum(map(len, texts))} characters")
    for told in wrong:
        kind = "".join(letter for letter in told.partition(":")[2] or told if not letter.isdigit())[:40]
        found[kind] += 1
        if found[kind] == 1:
            print(json.dumps({"wrong": told, "texts": texts}, ensure_ascii=True), flush=True)


def main() -> None:
    """Fuzz until the time is up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true")
    given = parser.parse_args()
    ends = time.monotonic() + 60 * given.minutes
    if given.atheris:
        import os

        import atheris

        def test(data: bytes) -> None:
            provider = atheris.FuzzedDataProvider(data)
            one(lambda n: provider.ConsumeIntInRange(0, n - 1), with_pages=False)
            if time.monotonic() > ends:
                told()
                os._exit(0)

        analysis.tabulate(" ".join(written()))  # loads what is loaded late
        for thing in gc.get_objects():  # all else is others' to try, and there is ten times as much of it
            if isinstance(thing, FunctionType) and str(thing.__module__).startswith("analysis"):
                atheris.instrument_func(thing)
        # Long texts from the start: without its control of lengths, which begins with texts of two or three choices.
        atheris.Setup([sys.argv[0], "-max_len=4096", "-len_control=0", "-rss_limit_mb=8000"], test)
        atheris.Fuzz()
    rng = random.Random(given.seed)
    while time.monotonic() < ends:
        one(rng.randrange, with_pages=made % 20 == 0)
    told()


def told() -> None:
    """Print how much was tried and found."""
    print(json.dumps({"texts": made, "kinds": len(found), "found": found.most_common(20)}), flush=True)


if __name__ == "__main__":
    main()
