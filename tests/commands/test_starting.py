"""What is loaded before anything is asked for: by the import, by the help of the commands, by completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests import ROOT

HEAVY = {
    *("pandas", "numpy", "pyarrow", "matplotlib", "jinja2", "tomlkit", "babel", "py3langid", "charset_normalizer"),
    *("nbconvert", "nbclient", "nbformat", "jupyter_client", "IPython", "ipywidgets", "asyncio", "traitlets", "tqdm"),
    *("trafilatura", "lxml", "bs4", "pdfplumber", "pdfminer", "docx", "openpyxl", "mistune"),
}
LISTED = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
HELP = """
import contextlib, io
from analysis.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main([*{words}, "--help"]) == 0
"""


def loaded(program: str) -> set[str]:
    """The packages that a program has loaded when it ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", f"{program}\n{LISTED}"]
    return set(json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout))


@pytest.mark.parametrize("command", ["", *("init", "check", "tabulate", "review", "export", "lab", "completion")])
def test_help_loads_nothing_heavy(command: str) -> None:
    assert not HEAVY & loaded(HELP.replace("{words}", repr(command.split())))


def test_the_import_loads_nothing_and_a_name_all_that_tables_need() -> None:
    assert not HEAVY & loaded("import analysis; assert 'read' in dir(analysis)")
    # As long as pandas is what it loads first of all, an import beside that of pandas costs nothing to speak of.
    heavy = HEAVY & loaded("import analysis; analysis.tabulate")
    assert "pandas" in heavy and not heavy & {"matplotlib", "nbconvert", "IPython", "trafilatura", "openpyxl", "docx"}


def test_what_does_not_exist_is_told_as_python_does() -> None:
    import analysis

    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'tabulated'"):
        _ = analysis.tabulated  # type: ignore[attr-defined]
    assert set(analysis.__all__) == set(dir(analysis)) and all(getattr(analysis, name) for name in analysis.__all__)
    assert analysis.checks.__name__ == "analysis.checks"
