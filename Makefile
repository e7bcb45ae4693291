# Each target first sets up .venv from requirements.lock (about a minute, once), so any of them can be the first; those
# that test add requirements-test.lock.
# Another Python: PYTHON=python3.12 make report
# Other reports:  make report REPORTS=path/to/reports TO=path/to/pages

PYTHON ?= python3
REPORTS :=
VENV := .venv/bin/python
# Everything was made, but a file was not read: the command has said which, and why.
SOME_NOT_READ = [ $$? -eq 3 ]

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests report tables docs lab test scores ablate checks picture lock audit clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## set up .venv, and nothing else
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, \
	or name the one to use, for example PYTHON=python3.12 make report." >&2; exit 1; }
	@$(PYTHON) .ci/install.py

setup-tests: setup # adds what the tests need
	@$(PYTHON) .ci/install.py --tests

report: TO := reports
report: setup ## run the notebooks on REPORTS and write them as pages to TO (seeds, reports/)
	@$(VENV) -m analysis export $(if $(REPORTS),"$(REPORTS)") --to "$(TO)" || $(SOME_NOT_READ)

tables: TO := tables
tables: setup ## write the tables of REPORTS as files to TO (seeds, tables/)
	@$(VENV) -m analysis tabulate "$(or $(REPORTS),seeds)" --to "$(TO)" --force || $(SOME_NOT_READ)

docs: setup ## write the documentation to docs/: a tutorial, the guide, and a reference made from the data files
	@$(VENV) .ci/docs.py

lab: setup ## open the notebooks, on REPORTS, in JupyterLab
	@$(VENV) -m analysis lab $(if $(REPORTS),"$(REPORTS)")

test: setup-tests ## check style, types and imports, and run the tests (some of them: ARGS="-k intervals")
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	$(dir $(VENV))lint-imports --no-logo
	$(VENV) -m pytest $(ARGS)

scores: setup-tests ## score the tables against the gold, and write the scores into README
	@$(VENV) tests/benchmarks/accuracy.py --write

ablate: setup-tests ## switch off each row of the data files, and say what changes (some files: FILES=cues/role_cues)
	@$(VENV) tests/benchmarks/ablate.py $(FILES)

checks: setup-tests ## write the page on the checks anew from their rules and cases
	@$(VENV) .ci/checks_page.py

picture: setup ## draw README's picture anew from the seeds
	@$(VENV) .ci/picture.py

lock: setup ## write both locks anew from pyproject.toml (newest versions: UPGRADE=--upgrade)
	@command -v uv >/dev/null || $(VENV) -m pip install -qq --disable-pip-version-check uv
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(VENV) .ci/lock.py $(UPGRADE)

audit: setup ## list what users install in sbom.json, with licences, and ask a vulnerability service about all of it
	@$(VENV) .ci/audit.py

clean: ## remove what the other targets made, .venv included
	rm -rf .venv reports tables docs sbom.json .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find analysis tests -name __pycache__ -prune -exec rm -rf {} +
