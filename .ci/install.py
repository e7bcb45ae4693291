"""Makes .venv from requirements.lock and puts this package in it; does nothing where that is already so.

Every target of the Makefile runs it first; without make, run `python3 .ci/install.py` (Windows: `py .ci\\install.py`).
With `--tests` it adds what the tests need, which users do without.
It needs the standard library alone. It uses uv where uv is installed, and pip otherwise.
It keeps to old syntax, so that an old Python gets a sentence rather than a traceback.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TESTS = ROOT / "requirements-test.lock"
PROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = shutil.which("uv")


def main():
    """Leave .venv holding what the lock names, and this package."""
    started = time.monotonic()
    lock, project, tests = digest(LOCK), digest(PROJECT), digest(TESTS)
    # The folder belongs to the stamp: a virtual environment that is copied or moved does not work.
    wanted = [str(ROOT), lock, project] + ([tests] if "--tests" in sys.argv[1:] else [])
    found = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    usable = fits(venv_version()) and (not found or found[0] == str(ROOT))
    if usable and found[: len(wanted)] == wanted:
        return
    if not usable:
        has_venv = UV or (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"))
        problem = refusal(sys.version_info[:2], has_venv)
        if problem:
            sys.exit(problem)
    if STAMP.exists():
        STAMP.unlink()  # Without its stamp, a .venv that is interrupted half-way is set up again next time.
    if not usable or found[1:2] != [lock]:
        say("Setting up .venv with {}: about a minute, once.".format("uv" if UV else "pip"))
        if not usable:
            create()
        # The lock is complete, so there is nothing to resolve, and nothing without a hash gets in.
        install("what requirements.lock lists", "--no-deps", "--require-hashes", "-r", str(LOCK))
    if wanted[3:] and (not usable or found[3:] != wanted[3:]):
        say("Adding what the tests need.")
        install("what requirements-test.lock lists", "--no-deps", "--require-hashes", "-r", str(TESTS))
    install("this package", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    say("Set up .venv in {:.0f} s.".format(time.monotonic() - started))


def digest(path):
    """Return the SHA-256 of the file's text; its line ends do not count, as git may change them."""
    return hashlib.sha256(b"\n".join(path.read_bytes().splitlines())).hexdigest()


def venv_version():
    """Return the version of the Python in .venv, such as (3, 12); empty where it does not run or cannot install."""
    code = "import sys; print(*sys.version_info[:2])" + ("" if UV else "; import pip")
    try:
        # -I: nothing that the caller's environment or folder holds passes for the pip in .venv.
        ran = subprocess.run([str(PYTHON), "-I", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return ()
    return tuple(int(part) for part in ran.stdout.split()) if ran.returncode == 0 else ()


def fits(version):
    """Tell whether a Python of this version will do: new enough, and the one that PYTHON=... asks for, if it does."""
    return version >= OLDEST and (not os.environ.get("PYTHON") or version == sys.version_info[:2])


def refusal(version, has_venv):
    """Return why a Python of this version cannot make the virtual environment, or an empty string if it can."""
    other = "for example PYTHON=python3.12 make report"
    if version < OLDEST:
        return "Python {}.{} is too old for this project: install Python {}.{} or newer and name it, {}.".format(
            *version, *OLDEST, other
        )
    if not has_venv:
        return (
            "This Python has no venv module: install it (on Debian and Ubuntu: apt install python3-venv), "
            "or name another Python, {}.".format(other)
        )
    return ""


def create():
    """Make an empty .venv, in place of any that is there."""
    if UV:
        command = [UV, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    run(command, "Could not make the virtual environment {}: see the message above.".format(VENV))


def install(what, *arguments):
    """Install into .venv."""
    if UV:
        command = [UV, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    run(command + list(arguments), "Could not install {} into {}: see the message above.".format(what, VENV))


def run(command, failure):
    """Run a command; stop with the sentence where it fails."""
    if subprocess.call(command, cwd=str(ROOT)) != 0:
        sys.exit(failure)


def say(message):
    """Print to the terminal at once, and not into what a command prints as its result."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted: .venv is incomplete; the next run sets it up again.")
