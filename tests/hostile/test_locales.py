"""The same tables whatever the language, the hash seed and the time zone of the computer."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests import ROOT

READ = """
import calendar, hashlib, locale, sys, time
name = sys.argv[1]
if name == "foreign months":
    # As under any other locale, which this computer need not have.
    calendar.month_name = calendar.month_abbr = ["", *(f"Month{n}" for n in range(1, 13))]
elif name:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        sys.exit(77)
import analysis
from analysis.formatting import period
tables = analysis.tabulate(analysis.read("seeds"))
text = "".join(table.to_json(orient="records", date_format="iso") for _, table in tables)
print(hashlib.sha256(text.encode()).hexdigest(), period("2024-01-01", "2024-05-31"))
"""


def made(language: str = "", **variables: str) -> str:
    """Return a digest of the tables of the seeds, and a period in words."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    line = [sys.executable, "-c", READ, language]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip(f"this computer has no locale {language}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def usual() -> str:
    """What is made under the plainest locale."""
    return made("C", PYTHONHASHSEED="0", TZ="UTC")


@pytest.mark.parametrize("language", ["foreign months", "tr_TR.UTF-8", "de_DE.UTF-8", "vi_VN.UTF-8", "ja_JP.UTF-8"])
def test_the_language_of_the_computer_changes_nothing(language: str, usual: str) -> None:
    assert made(language) == usual
    assert usual.endswith("January to May 2024\n")


@pytest.mark.parametrize(
    ("seed", "zone"), [("1", "Asia/Ho_Chi_Minh"), ("2", "Pacific/Kiritimati"), ("3", "UTC"), ("4", "America/St_Johns")]
)
def test_neither_do_its_hash_seed_and_time_zone(seed: str, zone: str, usual: str) -> None:
    assert made("C", PYTHONHASHSEED=seed, TZ=zone) == usual
