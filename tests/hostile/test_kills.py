"""Runs that are killed at random moments: a short round of what ``python -m tests.hostile.kills`` does at length."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.hostile.kills import kills


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
@pytest.mark.parametrize(("command", "times"), [("tabulate", 5), ("export", 3)])
def test_a_killed_run_does_no_harm(command: str, times: int, tmp_path: Path) -> None:
    assert kills(tmp_path, command, times) == []
