"""Exports that several test modules look at, made once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT
from tests.browser import write_small_set


@dataclass(frozen=True)
class Exported:
    """An export: from where, and the folder of its pages."""

    notebooks: Path
    reports: Path
    pages: Path

    def html(self) -> list[Path]:
        """Return the pages."""
        return sorted(self.pages.glob("*.html"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Two notebooks on three small files, one of them hostile."""
    from analysis.exporting.export import export

    folder = tmp_path_factory.mktemp("small")
    notebooks, reports = write_small_set(folder)
    export(notebooks, reports, folder / "pages")
    return Exported(notebooks, reports, folder / "pages")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The project's own notebooks on its own reports."""
    from analysis.exporting.export import export

    root = ROOT
    pages = tmp_path_factory.mktemp("real") / "pages"
    export(root / "notebooks", root / "seeds", pages)
    return Exported(root / "notebooks", root / "seeds", pages)


ONE_REPORT = (
    "An Lac\n28/12/2023\nIn 2023 An Lac district met 9 out of 10 targets. "
    "Revenue reached 5.2 billion VND, 104% of the plan. Of its 2,847 households 524 are poor, accounting for 18.4%."
)
NO_FIGURE = "Unity is strength. The 13th Congress said so in 2021."
NO_COMPARISON = {
    "past": "Xa An\n28/12/2023\nIn 2023 Xa An district admitted 41 Party members. The set targets were exceeded.",
    "ahead": "Yen Ho\n15/7/2024\nIn 2024 Yen Ho commune planted 3 hectares. In 2025 it strives to plant 15 pines.",
}
FOLDERS = {
    "one report": {"one": ONE_REPORT},
    "no figure": {"rhetoric": NO_FIGURE},
    "no comparison": NO_COMPARISON,
}


@pytest.fixture(scope="session", params=["development reports", *FOLDERS])
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The project's own notebooks on many reports, on one, and on some without a figure or a comparison."""
    from analysis.__main__ import main
    from analysis.reading.unread import ALL_READ, NOT_ALL_READ

    root, folder = ROOT, tmp_path_factory.mktemp("other")
    reports = root / "tests" / "gold" / "invented" if request.param not in FOLDERS else folder / "reports"
    if request.param in FOLDERS:
        reports.mkdir()
        for name, text in FOLDERS[request.param].items():
            (reports / f"{name}.txt").write_text(text, encoding="utf-8")
    arguments = {"--notebooks": root / "notebooks", "--to": folder / "pages"}
    options = [str(part) for pair in arguments.items() for part in pair]
    assert main(["export", str(reports), *options]) in (ALL_READ, NOT_ALL_READ)
    return Exported(root / "notebooks", reports, folder / "pages")
