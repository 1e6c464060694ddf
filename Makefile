# Two commands do all the set-up: `make run` (a working company to look at) and `make test`.
# `make check` is the quick half of `make test`; the rest helps at work. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
SOURCES := dispatch server fixtures tests hatch_build.py
PAGES := server/pages/built/.complete
PAGE_SOURCES := $(shell find pwa -type f -not -path '*/node_modules/*' -not -path '*/generated/*' 2>/dev/null)
PORT ?= 8000
MAKEFLAGS += --jobs=2  # the engine is compiled beside the build of the pages

.PHONY: help setup run dev check lint types test proof peers bench format migration client pins clean
help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready .venv/.warm $(PAGES) ## install everything into .venv and build the pages

run: setup ## start a whole working company with demo data
	$(BIN)/palier demo --port $(PORT)

dev: setup ## the same with reload: API on 8000, pages on 5173
	trap 'kill 0' EXIT; set -a; eval "$$($(BIN)/palier demo --prepare)"; \
	$(BIN)/uvicorn --factory server.app:from_environment --port $(PORT) \
	    --reload --reload-dir server --reload-dir dispatch & \
	PALIER_DEV_SERVER=http://127.0.0.1:$(PORT) $(BIN)/python hatch_build.py dev

check: setup lint types ## format, lint, types, imports, generated files, sizes: the quick half of test
	$(BIN)/python -m tests.generated
	$(BIN)/python hatch_build.py check sizes

lint: .venv/.ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/lint-imports --no-cache

types: .venv/.ready
	$(BIN)/mypy $(SOURCES)

test: check .venv/.browser ## everything CI runs
	$(BIN)/python hatch_build.py test
	$(BIN)/pytest -n 2 --dist loadgroup -m "not proof and not browser"
	$(BIN)/pytest -n 2 --dist loadfile -m "browser and not proof"

proof: setup .venv/.browser ## the long randomised and fault proofs
	$(BIN)/pytest -m "proof and not browser"
	$(BIN)/pytest -m "proof and browser"

peers: .venv/.ready ## install what `palier bench` measures with: other optimisers, Lighthouse
	.uv/bin/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/bench.txt
	$(BIN)/python hatch_build.py audits

bench: setup ## measure; prints figures, asserts nothing
	$(BIN)/palier bench

format: .venv/.ready ## put the code in shape
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

client: setup ## write the OpenAPI document and the typed client again
	$(BIN)/python -m tests.generated --write

migration: setup ## a new schema change: make migration name="what it is for"
	$(BIN)/python -m server.migrations "$(name)"

pins: .venv/.ready ## resolve the pinned versions again
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements/uv.in -o requirements/uv.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra bench -c requirements/dev.txt pyproject.toml -o requirements/bench.txt

clean: ## forget everything that was installed or built
	rm -rf .venv .uv pwa/node_modules pwa/generated server/pages/built

.uv/bin/uv: requirements/uv.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore --upgrade --target .uv --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.ready: .uv/bin/uv requirements/dev.txt pyproject.toml
	.uv/bin/uv venv --quiet --allow-existing --python $(PYTHON) .venv
	.uv/bin/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements/dev.txt
	PALIER_SKIP_PAGES=1 .uv/bin/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q dispatch server fixtures
	@touch $@

.venv/.warm: .venv/.ready
	$(BIN)/palier warm
	@touch $@

$(PAGES): .venv/.ready hatch_build.py $(PAGE_SOURCES)
	$(BIN)/python hatch_build.py
	@touch $@

.venv/.browser: .venv/.ready
	$(BIN)/python -m tests.chromium
	@touch $@
