# The commands of this project; each makes .venv and installs what it needs first.
#
#   make demo         the whole service with a demo authority, on http://localhost:8501
#   make test         every test, on SQLite and on a real PostgreSQL
#   make lint types   format, lint, strict types, migrations equal the tables in code
#   make check        lint, types, then the tests
#   make coverage     the same, and that rules, actions, access, trail and clocks are tested through
#   make soak         the tests with the large counts
#   make bench        the benchmarks; make bench-matching those of matching, with its peers
#   make screenshots  every page for every role, to docs/pictures/
#
#   make migration WHY="what it is for"   write the next migration from the tables in code
#   make first-migration                  write the first one anew (only before anybody has data)
#   make locks                            choose the newest allowed versions of what is depended on

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test coverage lint types collected check soak bench bench-matching screenshots migration first-migration locks chromium

# what Python compiled is kept, so that the many processes of a test run do not compile it again
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
PYTEST := $(BIN)/python -m pytest --numprocesses 3 --dist loadgroup
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

# ---- what people run

demo: .venv/run.stamp
	@$(BIN)/mash-triage demo

test: .venv/test.stamp chromium
	@$(PYTEST)

coverage: .venv/test.stamp chromium
	@$(PYTEST) --cov --cov-config=.ci/coverage.ini --cov-report=term

soak: .venv/test.stamp chromium
	@MASH_SOAK=1 $(PYTEST)

lint: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/test.stamp
	$(BIN)/mypy
	$(BIN)/python .ci/new_migration.py --check

# beside lint and types, which leave a processor idle: no worker then has to compile every test
collected: .venv/test.stamp
	@words=$$($(BIN)/python -m pytest --collect-only -qq 2>&1) || { echo "$$words"; exit 1; }

check: lint types test

bench: .venv/bench.stamp
	@$(BIN)/python -m benchmarks

bench-matching: .venv/bench.stamp
	@nice -n 10 $(BIN)/python -m benchmarks.matching $(SIZE)

screenshots: .venv/test.stamp chromium
	@$(BIN)/python .ci/screenshots.py

# ---- what is written by a command

migration: .venv/test.stamp
	@$(BIN)/python .ci/new_migration.py "$(WHY)"

first-migration: .venv/test.stamp
	@$(BIN)/python .ci/new_migration.py --first

locks: .venv/run.stamp
	@$(INSTALL) uv
	@$(BIN)/$(LOCK) --quiet -o locks/run.txt
	@$(BIN)/$(LOCK) --quiet --extra test -o locks/test.txt
	@$(BIN)/$(LOCK) --quiet --extra test --extra bench -o locks/bench.txt

# ---- what is installed; a stamp says that it was

.venv/bin/python:
	@.ci/venv $(PYTHON)

.venv/%.stamp: locks/%.txt pyproject.toml | .venv/bin/python
	@echo "Installing what is locked in $< ..."
	@$(INSTALL) --require-hashes -r $<
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

chromium:
	@.ci/chromium
