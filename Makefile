# Everything a newcomer needs: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help venv run test lint bench lock messages screenshots clean
.DELETE_ON_ERROR:

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

venv: $(VENV)/.run  ## the environment that serves the archive, with the locked packages

run: venv  ## serve on http://127.0.0.1:8000/ (PORT= for another, MASSLINE_DATA= for another data folder)
	@exec $(BIN)/python manage.py run --port $(PORT)

test: venv $(VENV)/.test $(VENV)/.npm  ## everything that can be tested on this machine
	@exec $(BIN)/python tests/run.py $(TEST_OPTIONS)

lint: venv $(VENV)/.test  ## linter, formatter, types and import contracts only
	@exec $(BIN)/python tests/run.py --only lint

bench: venv  ## speed of reading and searching, beside other engines, in var/bench/ (BENCH_OPTIONS=--help)
	@exec $(BIN)/python -m tests.bench $(BENCH_OPTIONS)

screenshots: venv $(VENV)/.test  ## pictures of every page in deploy/screenshots/
	@exec $(BIN)/python tests/browser/screenshots.py

messages: venv $(VENV)/.test  ## the catalogue of the Chinese interface, brought up to date with the code
	@$(BIN)/python -m tests.catalogue

lock: ## newest versions that pyproject.toml allows, with their hashes (needs uv)
	uv pip compile pyproject.toml --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url \
		--no-emit-find-links --no-header --quiet --output-file requirements.lock
	uv pip compile --group dev --upgrade --constraints requirements.lock --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file tests/requirements.lock

clean:  ## remove the environment (the data in var/ stays)
	rm -rf $(VENV)

$(VENV)/.run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Massline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo 'Python has no venv module. On Debian: apt-get install python3-venv'; exit 1; }
	@test -x $(BIN)/python || { echo 'Making $(VENV) …'; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.test: tests/requirements.lock $(VENV)/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

# What the tests of pages need from npm; without npm, or where it fails, those tests say that they are skipped.
$(VENV)/.npm: tests/browser/package-lock.json $(VENV)/.test
	@if ! command -v npm >/dev/null; then echo 'npm is not here: tests of pages that need it are skipped'; \
	elif (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then touch $@; \
	else echo 'npm ci failed: tests of pages that need it are skipped'; fi
