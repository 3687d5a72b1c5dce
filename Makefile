# Everything here needs only make, a Python 3.8 or later and the package registries; set-up fetches the rest.
.PHONY: help setup lock upgrade run test train evaluate bench lint faults clean-state
.DEFAULT_GOAL := help

# The first Python that really runs: a pyenv shim for a version that is not installed does not.
PYTHON ?= $(shell for p in python3 /usr/bin/python3 python3.12 python3.13 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 && { command -v $$p; break; }; done)
SETUP := $(or $(PYTHON),$(error Python 3.8 or later was not found; install one, or name it: make PYTHON=/path/to/python3)) -m setup
BIN := .venv/bin

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## install everything that running and testing need
	@$(SETUP) test

lock: ## compile the hash-pinned locks from pyproject.toml and package.json
	@$(SETUP) lock

upgrade: ## the same, with the newest versions that fit
	@$(SETUP) upgrade

run: ## start everything; Ctrl-C stops it
	@$(SETUP) run
	@if [ -x .venv-rasa/bin/rasa ]; then $(BIN)/python -m setup.train --if-needed; fi
	@BOT_DEMO=$${BOT_DEMO-1} $(BIN)/python -m bot.cli run

test: ## the whole suite; TESTS="tests/store -k lock" for a part of it
	@$(SETUP) test
	@if [ -x .venv-rasa/bin/rasa ]; then $(BIN)/python -m setup.train --if-needed; fi
	@$(BIN)/python -m setup.browser
	@$(BIN)/pytest -n 2 --dist loadfile $(or $(TESTS),tests)

train: ## train the parser's model anew
	@$(SETUP) run
	@$(BIN)/python -m setup.train

evaluate: ## measure understanding: make evaluate FILE=data/evaluation/….yml
	@test -n "$(FILE)" || { echo "Name the file: make evaluate FILE=path/to/utterances.yml" >&2; exit 2; }
	@$(SETUP) run
	@$(BIN)/python -m setup.train --if-needed
	@$(BIN)/python -m bot.reading.evaluate "$(FILE)"

bench: ## the benchmarks as a table, saved as JSON in var/
	@$(SETUP) test
	@$(BIN)/python -m setup.train --if-needed
	@$(BIN)/python -m tests.bench

lint: ## style, types, the rooms' import contracts, threshold packs
	@$(SETUP) app
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m bot.cli packs lint

faults: ## the fault run, on SQLite and on PostgreSQL
	@$(SETUP) app
	@$(BIN)/python -m tests.faults

clean-state: ## remove databases, keys and logs (asks first)
	@$(SETUP) clean-state
