# Voorop. `make help` lists what can be done. Needs make and Python 3.11, 3.12 or 3.13; everything else goes into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
RASA_VENV := .rasa-venv
BIN := $(VENV)/bin
PORT ?= 8000
CATALOGUES := $(wildcard locales/*/LC_MESSAGES/messages.po)
CODE := actions api bot careplan locales records voorop web tests

.PHONY: help
help: ## List what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.PHONY: run
run: install ## Try it: a demonstration practice on http://127.0.0.1:8000 (PORT=... for another port)
	@$(BIN)/voorop demo --port $(PORT) --data var/demo

.PHONY: test
test: develop browser postgresql train fhir-programs ## Check the code and run all tests, the browser's included
	@$(MAKE) --no-print-directory check
	@echo "Running the tests"
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -m "not thorough and not endurance"

.PHONY: test-thorough
test-thorough: develop browser postgresql train fhir-programs ## The sweeps that take long: every held-out sentence, conversation, scene and moment of a kill
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m thorough

.PHONY: test-endurance
test-endurance: develop postgresql train ## Two thousand conversations over three workers that are killed again and again
	@$(BIN)/python -m pytest -m endurance

.PHONY: bench
bench: develop train ## Measure speed and memory, Rasa's too where it is installed, and write docs/benchmarks.md (half an hour, 4 GB of temporary room; INTENTS=... for a folder of public sets)
	@$(BIN)/python -m voorop.benchmarks $(if $(INTENTS),--intents $(INTENTS))

.PHONY: check
check: develop ## Format, lint, types, layers, catalogues
	@echo "Checking format, lint, types, layers and catalogues"
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo

.PHONY: rasa
rasa: install train $(RASA_VENV)/.installed ## Try it with Rasa 3.6 as the engine (needs Python 3.10)
	@scripts/with-rasa $(PORT)

.PHONY: test-rasa
test-rasa: develop train $(RASA_VENV)/.installed ## Compare the engines: scripts and random walks on both (needs Python 3.10)
	@TEST_RASA=$(CURDIR)/$(RASA_VENV)/bin/rasa $(BIN)/python -m pytest -m rasa

.PHONY: install
install: $(VENV)/.installed compile ## Install what it needs to run

.PHONY: develop
develop: $(VENV)/.developing compile ## Install what it needs to be worked on

$(VENV)/bin/python:
	@echo "Making $(VENV)"
	@python=$$(scripts/find-python 3.11 3.12 3.13); "$$python" -m venv $(VENV)

$(VENV)/.installed: requirements/runtime.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing (a minute or two, once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: requirements/development.lock $(VENV)/.installed
	@echo "Installing what the checks and tests need"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.lock
	@touch $@

.PHONY: compile
compile: $(CATALOGUES:.po=.mo) ## Compile the catalogues

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.PHONY: catalogues
catalogues: develop ## Extract every message and bring all catalogues up to date
	@$(BIN)/pybabel --quiet extract --mapping pyproject.toml --no-location --sort-output --omit-header \
		--add-comments "Translators:" --keywords N_ --output locales/messages.pot .
	@$(BIN)/python -m locales.update

.PHONY: train
train: install ## Train the understanding now (it also trains by itself when it must)
	@$(BIN)/voorop train

.PHONY: evaluate
evaluate: develop train ## Measure the understanding on held-out sentences and write docs/evaluation (two minutes)
	@$(BIN)/python -m voorop.evaluation

.PHONY: browser
browser:
	@scripts/find-browser >/dev/null || scripts/install-browser

.PHONY: postgresql
postgresql:
	@scripts/find-postgresql >/dev/null || scripts/install-postgresql

.PHONY: fhir-programs
fhir-programs: ## Install others' FHIR validators, client and engine, for the tests (needs Node 20; left out without it)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory tests/fhir/node_modules/.package-lock.json; \
	else echo "Node is not installed: the tests that let others' FHIR programs judge ours are left out"; fi

tests/fhir/node_modules/.package-lock.json: tests/fhir/package-lock.json
	@echo "Installing others' FHIR programs (120 MB, once)"
	@npm ci --prefix tests/fhir --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(RASA_VENV)/.installed: requirements/rasa.lock
	@echo "Installing Rasa 3.6 into an environment of its own (two or three minutes, once)"
	@python=$$(scripts/find-python 3.10); "$$python" -m venv --clear $(RASA_VENV)
	@$(RASA_VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/rasa.lock
	@touch $@

.PHONY: lock
lock: ## Choose newer versions of what it needs (uv must be installed)
	@scripts/lock

.PHONY: clean
clean: ## Remove what was installed, compiled and trained; the data in var/ stays
	@rm -rf $(VENV) $(RASA_VENV) tests/fhir/node_modules var/models locales/*/LC_MESSAGES/*.mo
