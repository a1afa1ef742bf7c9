# Two commands do everything: `make demo` shows it, `make test` proves it.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check bench sample sbom clean

demo: .venv/.installed
	@$(BIN)/send-dashboard demo

test: .venv/.test
	@$(BIN)/python tests/run_all.py

check: .venv/.test
	@$(BIN)/python tests/run_all.py --only-checks

bench: .venv/.test
	@$(BIN)/python -m tests.bench.run_bench

sample: .venv/.installed
	@$(BIN)/python data/sample/make_sample.py
	@$(BIN)/python -m data.benchmarks.make_packaged

sbom: .venv/.test
	@$(BIN)/python -m tests.releasing.sbom

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Say which with: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { \
	  rm -rf .venv; \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  apt-get -qq update && apt-get -qq install -y python3-venv >/dev/null && \
	  $(PYTHON) -m venv .venv; } || \
	  { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing (once; about a minute)..."
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/.test: .venv/.installed
	@echo "Installing what the tests need (once)..."
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv var build dist .mypy_cache .ruff_cache .pytest_cache
