# `make` lists the targets. All of them work from a fresh clone: what they need is installed first.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv demo demo-recognition pages check test verify lint bench faults lock clean

# The first Python here that is new enough and can make environments; `make PYTHON=…` names another.
PYTHON = $(shell for it in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$it -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && echo $$it && break; done)

# Where it is set, each of the processes that a test starts would compile the engine again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

venv: $(READY) ## Install everything into .venv, pinned and checked by hash

$(READY): requirements-dev.lock pyproject.toml
	@python="$(PYTHON)"; if [ -z "$$python" ]; then \
	  echo "error: no Python 3.11 or later with its venv module is on the PATH." >&2; \
	  echo "Install one (on Debian: apt install python3 python3-venv), or name it:" >&2; \
	  echo "  make PYTHON=/path/to/python3.11" >&2; exit 1; fi; \
	test -x $(BIN)/python || { echo "Making $(VENV) with $$($$python --version)" >&2; \
	  $$python -m venv --clear $(VENV); }
	@echo "Installing what requirements-dev.lock names (a minute, the first time)" >&2
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## Half a year of mentoring through real Kafka and PostgreSQL, then the boards
	@mkdir -p out
	@$(BIN)/badge-engine demo --events examples/half-year.jsonl --export out/awards.jsonl \
	  --report out/report.json --show
	@cat examples/demo.txt

demo-recognition: $(READY) ## Two years of a guild of mentors, the same way: a checklist, who is ready, a verified draw, a fairness report
	@$(BIN)/python -m examples.recognition.demo

CHECK =
AS_TOLD =
pages: $(READY) ## Open the pages in a browser, with both histories, as anybody (CHECK=1: load each once)
	@$(BIN)/badge-web demo --events examples/half-year.jsonl --people examples/people.jsonl \
	  --events examples/recognition/history.jsonl --people examples/recognition/people.jsonl \
	  --under aurora=recognition \
	  $(if $(CHECK),--check) $(if $(AS_TOLD),--as-told)

# Most tests wait for processes of their own. Those of a file share what it started.
PROCESSES = 2
PYTEST = $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

QUICK = tests/unit tests/project/code tests/verification/defects/test_edits.py
check: lint ## Lint, and the tests that need nothing started: under a minute
	@$(PYTEST) -m "not kafka" $(QUICK)

TESTS =
test: $(READY) ## Run all tests but the long ones, or some: make test TESTS="tests/unit -k level"
	@$(PYTEST) $(if $(TESTS),$(TESTS),-m "not verify")

FULL =
verify: $(READY) ## Run the long tests, seeded defects and faults: 20 minutes (FULL=1: an hour and a half)
	@$(PYTEST) -m "verify or hypothesis" --hypothesis-profile $(if $(FULL),full,verify)
	@$(MAKE) --no-print-directory faults MINUTES=$(if $(FULL),30,3) SEED=7
	@$(if $(FULL),$(MAKE) --no-print-directory faults MINUTES=30)
	@$(if $(FULL),$(BIN)/python -m tests.end_to_end.kill --events 50000)
	@$(if $(FULL),$(BIN)/python -m tests.integration.replay.killed --kills 20)
	@$(if $(FULL),$(BIN)/python -m tests.verification.defects)

lint: $(READY) ## Check style, formatting, types and layers; all four, whichever fails
	@failed=; check() { echo "$$*"; $(BIN)/"$$@" || failed="$$failed $$1"; }; \
	check ruff check . ; \
	check ruff format --check . ; \
	check mypy ; \
	check lint-imports --no-logo ; \
	test -z "$$failed" || { echo "error: failed:$$failed" >&2; exit 1; }

bench: $(READY) ## Measure how many events a second this machine processes
	@$(BIN)/python -m benchmarks.run

MINUTES = 5
BROKERS = 1
RATE = 150
faults: $(READY) ## Break everything around the engine, then check every award (MINUTES=5 SEED= BROKERS=1)
	@mkdir -p out
	@$(BIN)/python -m tests.verification.faults.run --minutes $(MINUTES) --brokers $(BROKERS) --rate $(RATE) \
	  $(if $(SEED),--seed $(SEED)) --report out/faults.json

# They name no package index, so that they work behind any mirror. Versions
# that still fit are kept; `make lock UPGRADE=1` takes the latest of everything.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header $(if $(UPGRADE),--upgrade)

lock: $(READY) ## Write the lock files from pyproject.toml
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@$(COMPILE) pyproject.toml --extra web --extra notifier --extra governance --constraint requirements.lock \
	  --output-file requirements-web.lock
	@$(COMPILE) pyproject.toml --extra web --extra notifier --extra governance --group dev --constraint requirements-web.lock \
	  --output-file requirements-dev.lock
	@$(COMPILE) --group build --constraint requirements-dev.lock \
	  --output-file requirements-build.lock
	@git diff --stat -- 'requirements*.lock'

clean: ## Remove everything that make has created, the environment too
	rm -rf $(VENV) out dist build .hypothesis .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
