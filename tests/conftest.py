"""Exports that several test modules look at, made once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import write_small_set


@dataclass(frozen=True)
class Exported:
    """An export: from where, and the folder of its pages."""

    notebooks: Path
    reports: Path
    pages: Path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Two notebooks on three small files, one of them hostile."""
    from analysis.exporter import export

    folder = tmp_path_factory.mktemp("small")
    notebooks, reports = write_small_set(folder)
    export(notebooks, reports, folder / "pages")
    return Exported(notebooks, reports, folder / "pages")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The project's own notebooks on its own reports."""
    from analysis.exporter import export

    root = Path(__file__).resolve().parent.parent
    pages = tmp_path_factory.mktemp("real") / "pages"
    export(root / "notebooks", root / "seeds", pages)
    return Exported(root / "notebooks", root / "seeds", pages)
