# Every target does its own set-up: Debian packages (packages.txt), a virtual environment, the installed wheel.
# A step is done again only when what it depends on has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
WORKERS ?= $(shell n=$$(nproc); echo $$(( n > 4 ? 4 : n )))

# Directories are named too, so that a deleted file is noticed.
SOURCES := $(shell find actions loop runtime vm deskhand -name __pycache__ -prune -o -print)

export PYTHON

.PHONY: help demo test lint bench soak doctor clean packages packages-test

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: packages $(VENV)/installed ## Start a desktop, open Chromium on it, fill a form by mouse and keyboard
	$(BIN)/deskhand demo --output out/demo

test: packages-test lint $(VENV)/installed $(VENV)/tested-with ## Lint, then all tests against the installed wheel
	TEST_INSTALLED_WHEEL=1 $(BIN)/pytest -n $(WORKERS) --dist loadfile --timeout 300 -q tests

lint: $(VENV)/installed ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict -p deskhand
	$(BIN)/lint-imports --no-cache

bench: packages-test $(VENV)/installed $(VENV)/tested-with ## Measure, side by side with other tools
	$(BIN)/python tests/bench/run.py

soak: packages-test $(VENV)/installed $(VENV)/tested-with ## The long sweeps: every keycode, many episodes of every MiniWoB++ task
	$(BIN)/python tests/bench/keycodes.py
	$(BIN)/python -m tests.bench.miniwob --seeds 20

doctor: $(VENV)/installed ## Say what is here and what is missing
	$(BIN)/deskhand doctor

clean: ## Remove what make has made (not the Debian packages)
	rm -rf $(VENV) dist build out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

packages:
	@.ci/packages run

packages-test:
	@.ci/packages run test

# A recipe's last act is its stamp. pip needs groups (25.1); Debian 12 brings 23.0.
$(VENV)/made:
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/packages
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Try: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making the virtual environment $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/tools: $(VENV)/made pyproject.toml
	@echo "Installing the libraries and the tools"
	@$(PIP) install --group dev
	@touch $@

$(VENV)/wheel: $(VENV)/tools $(SOURCES) pyproject.toml README.md LICENSE
	@rm -rf dist
	@$(PIP) wheel --no-build-isolation --no-deps --wheel-dir dist .
	@touch $@

# pyautogui brings python3-xlib 0.15, which overwrites the files of python-xlib 0.33.
$(VENV)/installed: $(VENV)/wheel
	@echo "Installing $$(echo dist/*.whl)"
	@$(PIP) uninstall --yes deskhand 2>/dev/null
	@$(PIP) install "$$(echo dist/*.whl)[all]"
	@$(BIN)/python -c 'import sys, Xlib; sys.exit(Xlib.__version__ != (0, 33))' || \
		$(PIP) install --force-reinstall --no-deps 'python-xlib==0.33'
	@$(BIN)/python -c 'import sys, Xlib; sys.exit(Xlib.__version__ != (0, 33))' || { \
		echo "python-xlib is still overwritten: remove $(VENV) and try again" >&2; exit 1; }
	@touch $@

# miniwob wants an old selenium and pynput a compiler; what is used of them needs neither.
$(VENV)/tested-with: $(VENV)/installed
	@$(PIP) install --no-deps 'miniwob==1.1.0' 'pynput==1.8.2'
	@touch $@
