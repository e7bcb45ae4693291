"""What a fresh checkout promises: a lock to trust, one version everywhere, tidy files, commands that exist."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import ROOT

TOP_LEVEL = {
    *("pyproject.toml", "requirements.lock", "requirements-test.lock", "Makefile", "LICENSE", "CITATION.cff"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *("analysis", "notebooks", "seeds", "tests"),
}
LOCKS = ("requirements.lock", "requirements-test.lock")
# What may be used beside the MIT licence, in the words of licences and classifiers. The copyleft of the MPL and of the
# LGPL ends with their own files, which are installed as they are.
LICENCES = re.compile(
    r"\b(?:MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|Mozilla|HPND|Unlicense|Zlib|CC0|0BSD|LGPL|BlueOak"
    r"|Artistic)\b"
)
MACHINE_PATH = re.compile(r"(?<![\w.:/])(?:/(?:home|Users|root|work)/|[A-Z]:\\Users\\)[\w.-]+")


def read(name: str) -> str:
    """Return a file of the checkout as text."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def project() -> dict[str, dict]:
    """Return pyproject.toml."""
    return tomllib.loads(read("pyproject.toml"))


@cache
def committed() -> tuple[str, ...]:
    """Return the paths that git tracks; skip where this is a plain copy, without git."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = tuple(name for name in listed.stdout.split("\0") if (ROOT / name).is_file())
    assert names, "git tracks no file here: run git add first"
    return names


def locked(*names: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Yield each requirement of the locks with its hashes."""
    text = "".join(read(name) for name in names or LOCKS)
    for line in re.sub(r"\s*\\\n\s*", " ", text).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            yield Requirement(requirement), hashes


def installer(name: str = "install") -> ModuleType:
    """Return .ci/install.py, or another of its kind, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_lock_pins_and_hashes_every_requirement() -> None:
    loose = [
        str(requirement)
        for requirement, hashes in locked()
        if not hashes
        or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)
        or [part.operator for part in requirement.specifier] != ["=="]
    ]
    assert not loose
    assert len(list(locked())) > 50


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_host(name: str) -> None:
    text = read(name)
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE), "an option, such as an index, stands in the lock"


def test_users_install_nothing_that_only_tests_need() -> None:
    users, tests = ({canonicalize_name(pin.name) for pin, _ in locked(name)} for name in LOCKS)
    assert not users & tests
    only_tests = {canonicalize_name(Requirement(one).name) for one in project()["dependency-groups"]["test"]}
    brought = {"packaging", "jsonschema", "openpyxl"}  # by what users need
    assert only_tests - users >= only_tests - brought
    assert {"pytest", "hypothesis", "mypy", "ruff", "selenium", "axe-playwright-python"} <= tests


@pytest.mark.parametrize("name", sorted({canonicalize_name(pin.name) for pin, _ in locked()}))
def test_the_licence_of_every_package_is_known_and_fits(name: str) -> None:
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("of another system, or not installed here")
    words = [said.get("License-Expression") or "", *(said.get_all("Classifier") or []), said.get("License") or ""]
    told = [word[:200] for word in words if "Licen" in word or word in (words[0], words[-1])]
    if not any(told):
        kept = (one for one in importlib.metadata.files(name) or () if one.name.startswith("LICEN"))
        told = [one.read_text(encoding="utf-8")[:200] for one in kept]
    assert LICENCES.search(" ".join(told)), f"{name}: {told}"
    choices = re.split(r"\bOR\b", words[0])  # one of several may be chosen
    assert not all(re.search(r"(?<!L)(?<!Lesser )\bA?GPL", choice) for choice in choices), words[0]


def test_what_no_vulnerability_service_knows_is_not_called_free_of_them() -> None:
    audit = installer("audit")
    judged = audit.judged
    a, b = ({"name": name, "version": "1", "vulns": []} for name in ("a", "B_b"))
    skipped = {"name": "a", "skip_reason": "Dependency not found and could not be audited: a (1)"}
    assert judged(json.dumps({"dependencies": [a, b]}), {"a", "b-b"})[0] == 0
    for answer in ("", "{}", json.dumps({"dependencies": []}), json.dumps({"dependencies": [skipped]})):
        code, told = judged(answer, {"a", "b-b"})
        assert code == 2 and told.startswith("Of 2 of 2 packages nothing is known: no vulnerability service")
    assert judged(json.dumps({"dependencies": [skipped, b]}), {"a", "b-b"})[1].startswith("Of 1 of 2 packages")
    found = {**a, "vulns": [{"id": "CVE-1"}]}
    assert judged(json.dumps({"dependencies": [found, b]}), {"a", "b-b"}) == (1, "Known vulnerabilities: a: CVE-1.")
    lock = audit.pinned(read("requirements.lock"))
    assert lock == {canonicalize_name(pin.name) for pin, _ in locked("requirements.lock")}


def test_lock_holds_what_the_project_asks_for() -> None:
    asked = [*project()["project"]["dependencies"], *project()["build-system"]["requires"]]
    asked += [requirement for group in project()["dependency-groups"].values() for requirement in group]
    extras = project()["project"]["optional-dependencies"]
    assert extras["all"] == [f"targets-and-results[{','.join(name for name in extras if name != 'all')}]"]
    asked += [requirement for name, extra in extras.items() if name != "all" for requirement in extra]
    pins: dict[str, list[str]] = {}
    for pin, _ in locked():
        pins.setdefault(canonicalize_name(pin.name), []).extend(part.version for part in pin.specifier)
    for requirement in map(Requirement, asked):
        versions = pins.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements.lock: run make lock"
        assert all(version in requirement.specifier for version in versions), f"{requirement}, but locked: {versions}"


# --- one version, one name --------------------------------------------------------------------------------------------


def test_versions_agree() -> None:
    version = project()["project"]["version"]
    assert re.findall(r"^version: (\S+)$", read("CITATION.cff"), re.MULTILINE) == [version]
    assert re.findall(r"^## \[(\d\S*)\]", read("CHANGELOG.md"), re.MULTILINE)[0] == version


def test_authors_agree() -> None:
    (author,) = project()["project"]["authors"]
    assert re.findall(r"^  - name: (.+)$", read("CITATION.cff"), re.MULTILINE) == [author["name"]]
    assert re.search(rf"^Copyright \(c\) \d{{4}} {author['name']}$", read("LICENSE"), re.MULTILINE)


def test_entry_points_exist() -> None:
    exporters = project()["project"]["entry-points"]["nbconvert.exporters"]
    for target in [*project()["project"]["scripts"].values(), *exporters.values()]:
        module, name = target.split(":")
        assert callable(getattr(importlib.import_module(module), name)), target


def imported(path: Path) -> set[str]:
    """Return the top-level modules that a module of the library imports from elsewhere."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
    return {name.split(".")[0] for name in names} - {"analysis", *sys.stdlib_module_names}


def test_imports_are_declared() -> None:
    extras = [one for extra in project()["project"]["optional-dependencies"].values() for one in extra]
    asked = [*project()["project"]["dependencies"], *extras]
    declared = {canonicalize_name(Requirement(one).name) for one in asked}
    owners = importlib.metadata.packages_distributions()
    undeclared = [
        f"{path.relative_to(ROOT)} imports {module}: add it to dependencies in pyproject.toml"
        for path in (ROOT / "analysis").rglob("*.py")
        for module in imported(path)
        if declared.isdisjoint(map(canonicalize_name, owners.get(module, [])))
    ]
    assert not undeclared


# --- tidy files -------------------------------------------------------------------------------------------------------


def test_top_level_holds_only_what_belongs_there() -> None:
    found = {name.split("/")[0] for name in committed()}
    assert {name for name in found if not name.startswith(".")} == TOP_LEVEL


def test_notebooks_are_committed_without_outputs() -> None:
    notebooks = [name for name in committed() if name.endswith(".ipynb")]
    assert notebooks
    for name in notebooks:
        cells = json.loads(read(name))["cells"]
        run = [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
        assert not run, f"{name} holds outputs: clear them (in JupyterLab: Edit > Clear Outputs of All Cells)"


def test_no_file_names_a_path_of_some_machine() -> None:
    named = []
    for name in committed():
        if name.endswith(".txt"):  # the texts of reports are data, whatever they say
            continue
        try:
            text = read(name)
        except UnicodeDecodeError:
            continue
        named += [f"{name}: {found.group()}" for found in MACHINE_PATH.finditer(text)]
    assert not named


@pytest.mark.parametrize("path", ["/".join(["", "home", "me", "reports"]), "\\".join(["C:", "Users", "me"])])
def test_machine_paths_are_recognised(path: str) -> None:
    assert MACHINE_PATH.search(f'open("{path}")')


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{document}: {link}"
        for document in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
        for link in re.findall(r"\]\(([^)#\s]+)", read(document)) + re.findall(r'src="([^"]+)"', read(document))
        if "://" not in link and not (ROOT / link).exists()
    ]
    assert not broken


# --- commands ---------------------------------------------------------------------------------------------------------


def targets() -> set[str]:
    """Return the targets that the Makefile explains."""
    return set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))


def commands(document: str) -> list[str]:
    """Return the lines of the document's fenced blocks."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", read(document), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_commands_in_the_documents_exist(document: str) -> None:
    named = [found[1] for line in commands(document) if (found := re.match(r"(?:\w+=\S+ )*make ([a-z]+)", line))]
    assert named
    assert set(named) <= targets()
    scripts = [word.replace("\\", "/") for line in commands(document) for word in line.split() if word[:3] == ".ci"]
    assert all((ROOT / script).is_file() for script in scripts)


def test_ci_runs_make_test() -> None:
    assert re.search(r"^(?:exec )?make test$", read(".ci/run"), re.MULTILINE)
    assert "test" in targets()
    assert os.name == "nt" or os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    ("version", "has_venv", "says"),
    [
        ((3, 9), True, "Python 3.9 is too old"),
        ((3, 9), False, "Python 3.9 is too old"),
        ((3, 11), False, "has no venv module"),
        ((3, 11), True, ""),
        ((4, 0), True, ""),
    ],
)
def test_set_up_refuses_in_one_sentence(version: tuple[int, int], has_venv: bool, says: str) -> None:
    said = installer().refusal(version, has_venv)
    assert says in said
    assert bool(says) == bool(said)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("found", "asked", "fits"),
    [((), "", False), ((3, 10), "", False), ((3, 11), "", True), ((4, 0), "", True), ((4, 0), "python3", False)],
)
def test_set_up_keeps_a_python_that_will_do(
    found: tuple[int, ...], asked: str, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON", asked)
    assert installer().fits(found) is fits


def test_set_up_ignores_line_ends_that_git_changes(tmp_path: Path) -> None:
    unix, windows, other = (tmp_path / name for name in ("unix", "windows", "other"))
    unix.write_bytes(b"one\ntwo\n")
    windows.write_bytes(b"one\r\ntwo\r\n")
    other.write_bytes(b"one\nthree\n")
    digest = installer().digest
    assert digest(unix) == digest(windows) != digest(other)
