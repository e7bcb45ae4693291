"""Addresses: of figures and other words in the pages of their reports, and what the files of pages are called.

>>> link("a report:17", base="")
'report-a%20report.html#f17'
"""

from __future__ import annotations

import os
import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote

__all__ = ["LINKS", "link", "page_link", "report_file", "slug", "words_link"]

LINKS = "ANALYSIS_LINKS"
"""The environment variable that says where the reports' pages are, seen from the page that links to them."""

_LONGEST_NAME = 200  # bytes; file systems allow 255, and a name is written with a suffix at first


def link(figure_id: str, base: str | None = None) -> str:
    """The address of a figure in its report's page, escaped for a URL.

    Args:
        figure_id: as in the tables.
        base: what comes before the page's name; by default the environment variable ANALYSIS_LINKS, or ``../reports/``.

    >>> link("2023/Q4 50%:8", base="../reports/")
    '../reports/report-2023%2FQ4%2050%25.html#f8'
    """
    report, _, start = figure_id.rpartition(":")
    return f"{page_link(report, base)}#f{quote(start, safe='')}"


def words_link(report: str, start: int, base: str | None = None) -> str:
    """The address of a finding's words that hold no figure; ``base`` as for :func:`link`."""
    return f"{page_link(report, base)}#s{start}"


def page_link(report: str, base: str | None = None) -> str:
    """The address of a report's page, escaped for a URL; ``base`` as for :func:`link`."""
    before = os.environ.get(LINKS, "../reports/") if base is None else base
    return before + quote(report_file(report), safe="", errors="surrogateescape")


def report_file(report: str) -> str:
    """The name of the file that holds a report's page.

    >>> report_file("001_x")
    'report-001_x.html'
    """
    stem = report.encode("utf-8", "surrogateescape")
    if len(stem) <= _LONGEST_NAME:
        return f"report-{report}.html"
    return f"report-{stem[: _LONGEST_NAME - 17].decode('utf-8', 'ignore')}-{sha256(stem).hexdigest()[:16]}.html"


def slug(words: str, longest: int = 60) -> str:
    """The words as a part of a file's name: plain letters and digits, hyphens between them; empty where none is left.

    >>> slug("Đắk Lắk & <Buôn Ma Thuột>"), slug("…")
    ('dak-lak-buon-ma-thuot', '')
    """
    plain = unicodedata.normalize("NFKD", words.replace("đ", "d").replace("Đ", "D"))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:longest].strip("-")
