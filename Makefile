# Each target first sets up .venv from requirements.lock (about a minute, once), so any of them can be the first.
# Another Python: PYTHON=python3.12 make report
# Other reports:  make report REPORTS=path/to/reports TO=path/to/pages

PYTHON ?= python3
REPORTS :=
VENV := .venv/bin/python
# Everything was made, but a file was not read: the command has said which, and why.
SOME_NOT_READ = [ $$? -eq 3 ]

.DEFAULT_GOAL := help
.PHONY: help setup report tables lab test scores ablate checks picture lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## set up .venv, and nothing else
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, \
	or name the one to use, for example PYTHON=python3.12 make report." >&2; exit 1; }
	@$(PYTHON) .ci/install.py

report: TO := reports
report: setup ## run the notebooks on REPORTS and write them as pages to TO (seeds, reports/)
	@$(VENV) -m analysis export $(if $(REPORTS),"$(REPORTS)") --to "$(TO)" || $(SOME_NOT_READ)

tables: TO := tables
tables: setup ## write the tables of REPORTS as files to TO (seeds, tables/)
	@$(VENV) -m analysis tabulate "$(or $(REPORTS),seeds)" --to "$(TO)" --force || $(SOME_NOT_READ)

lab: setup ## open the notebooks, on REPORTS, in JupyterLab
	@$(VENV) -m analysis lab $(if $(REPORTS),"$(REPORTS)")

test: setup ## check style, types and imports, and run the tests (some of them: ARGS="-k intervals")
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	$(dir $(VENV))lint-imports --no-logo
	$(VENV) -m pytest $(ARGS)

scores: setup ## score the tables against the gold, and write the scores into README
	@$(VENV) tests/benchmarks/accuracy.py --write

ablate: setup ## switch off each row of the data files, and say what changes (some files: FILES=cues/role_cues)
	@$(VENV) tests/benchmarks/ablate.py $(FILES)

checks: setup ## write the page on the checks anew from their rules and cases
	@$(VENV) .ci/checks_page.py

picture: setup ## draw README's picture anew from the seeds
	@$(VENV) .ci/picture.py

lock: setup ## write requirements.lock anew from pyproject.toml (newest versions: UPGRADE=--upgrade)
	@command -v uv >/dev/null || $(VENV) -m pip install -qq --disable-pip-version-check uv
	@PATH="$(CURDIR)/.venv/bin:$$PATH" uv pip compile pyproject.toml --extra all --group test --group lock $(UPGRADE) --quiet \
	  --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header \
	  --output-file requirements.lock

clean: ## remove what the other targets made, .venv included
	rm -rf .venv reports tables .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find analysis tests -name __pycache__ -prune -exec rm -rf {} +
