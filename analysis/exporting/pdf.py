"""Pages as PDF files, printed by a Chromium or Chrome that is installed.

No library prints a page as a browser does; a browser is on nearly every computer, so none is brought along.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.exporting.leash import leash, on_leash
from analysis.writing.together import temporary

__all__ = ["BROWSER", "PrintError", "browser", "printed"]

BROWSER = "ANALYSIS_BROWSER"
"""The environment variable that names a browser to print with."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_ELSEWHERE = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    ),
}
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--disable-background-networking",
)
_PATIENCE = 120  # seconds for a page
_LONGEST_PATH = 60  # bytes of a folder, so that the path of a socket in it has less than 104
# A browser would write the address of this computer's folder into the file; the style sheet spells the link out.
_TO_OTHER_PAGES = re.compile(r'(<a [^>]*?)\bhref="(?!#|https?:)')


class PrintError(UserError):
    """No PDF can be made; the message is one sentence that says what to do."""


def browser() -> str:
    """The program to print with: the one that ANALYSIS_BROWSER names, else the first that is found.

    Raises:
        PrintError: there is none.
    """
    named = os.environ.get(BROWSER)
    candidates = [named] if named else [*_NAMES, *map(os.path.expandvars, _ELSEWHERE.get(sys.platform, ()))]
    found = next(filter(None, map(shutil.which, candidates)), None)
    if found is None:
        raise PrintError(
            f"There is no {named or 'Chromium, Chrome or Edge'} to print with: install one, name yours in {BROWSER}, "
            "or leave out --pdf and print the pages from any browser."
        )
    return found


def printed(pages: Mapping[str, str], program: str, jobs: int = 2) -> dict[str, bytes]:
    """Each page as a PDF file, by the file's name.

    Args:
        pages: HTML by the file's name, which ends in ``.html``.
        program: the browser; see :func:`browser`.
        jobs: how many to print at the same time.

    Raises:
        PrintError: the browser failed.
    """
    with (
        temporary() as folder,
        ThreadPoolExecutor(max(jobs, 1)) as pool,
        leash() as held,
    ):
        wanted = {
            f"{name.removesuffix('.html')}.pdf": pool.submit(_print, program, page, name, folder / str(number), held)
            for number, (name, page) in enumerate(pages.items())
        }
        try:
            return {name: one.result() for name, one in wanted.items()}
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _own(folder: Path) -> dict[str, str]:
    """The environment of a browser that keeps its temporary files there too, so that they go with the others."""
    fits = len(os.fsencode(folder)) <= _LONGEST_PATH
    return {**os.environ, "TMPDIR": str(folder)} if fits else dict(os.environ)


def _print(program: str, page: str, name: str, folder: Path, held: int) -> bytes:
    """One page, with a profile of its own, as two browsers cannot share one."""
    folder.mkdir()
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_bytes(_TO_OTHER_PAGES.sub(r'\1data-href="', page).encode("utf-8", "replace"))
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # root has no sandbox to run in
    files = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", source.as_uri()]
    try:
        command = on_leash([program, *_FLAGS, *alone, "--no-pdf-header-footer", *files])
        told: dict[str, Any] = {"stdin": held, "capture_output": True, "start_new_session": True, "env": _own(folder)}
        done = subprocess.run(command, timeout=_PATIENCE, check=False, **told)
        failed = f"exit code {done.returncode}"
    except (OSError, subprocess.TimeoutExpired) as error:
        failed = str(error)
    if not target.exists():
        raise PrintError(f"{program} could not print {name} ({failed}); leave out --pdf and print it from any browser.")
    return target.read_bytes()
