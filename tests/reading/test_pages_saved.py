"""Pages of one construction each: the text, and the date, that are read from them."""

from __future__ import annotations

import json

import pytest

from analysis.reading.web import read
from tests import CASES

PAGES = json.loads((CASES / "reading/pages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in PAGES])
def test_what_is_read_from_a_page(case: dict[str, str]) -> None:
    (found,) = read(case["page"].encode())
    assert found.text == case["text"]
    assert str(found.date or "") == case["date"]
