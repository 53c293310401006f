# School Safety. `make` alone prints what there is.
SHELL := /bin/bash
PY := .venv/bin/python
FLASK := .venv/bin/flask
.DEFAULT_GOAL := help
.PHONY: help run test check fix bench storm db seed shell routes migration pot screens lock

help: ## Print the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run-ready ## Set everything up and serve the demo province on http://127.0.0.1:8000
	@config/system-packages fonts
	@config/serve

test: .venv/test-ready ## Set everything up and run all tests
	@config/system-packages fonts chromium postgresql
	@.venv/bin/pytest -q -n 2 --dist loadgroup

check: .venv/test-ready ## Format, lint, types, imports, translations, lessons, models against migrations
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m tests.translations
	$(FLASK) lessons check
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && DATA_DIR="$$data" $(FLASK) db upgrade && DATA_DIR="$$data" $(FLASK) db check

fix: .venv/test-ready ## Format and mend what can be mended
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/test-ready ## Measure: raw database, saves, journeys, dashboards, imports, PDFs, page weights
	@config/system-packages fonts postgresql
	$(PY) -m tests.bench

storm: .venv/test-ready ## Long load and fault runs: networks cut, workers, databases and browsers killed, then the count
	@config/system-packages fonts chromium postgresql
	$(PY) -m tests.storm

db: .venv/run-ready ## Bring the database to the newest migration
	$(FLASK) db upgrade

seed: db ## Fill an empty database with the demo province
	$(FLASK) lessons import
	$(FLASK) demo seed

shell: .venv/run-ready ## A Python shell inside the application
	$(FLASK) shell

routes: .venv/run-ready ## Every endpoint and who may enter
	@$(FLASK) audit routes

migration: .venv/run-ready ## Write a migration from the models: make migration m="what it does"
	$(FLASK) db revision "$(m)"

pot: .venv/test-ready ## Bring the English catalogue up to date with the texts in the code
	$(PY) -m tests.translations --update

screens: .venv/test-ready ## Screenshots of every page at 360 and 1280 px into screens/
	@config/system-packages fonts chromium
	$(PY) -m tests.browser.screens

lock: .venv/test-ready ## Resolve the newest versions into the lock files
	.venv/bin/uv pip compile pyproject.toml --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" -o requirements.lock
	.venv/bin/uv pip compile pyproject.toml --upgrade --extra dev --generate-hashes --no-emit-index-url --python-version 3.11 -c requirements.lock --custom-compile-command "make lock" -o requirements-dev.lock

.venv/bin/python:
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$(python3 -V)"; exit 1; }
	python3 -m venv .venv || { echo "venv is missing: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/run-ready: requirements.lock $(wildcard school_safety/translations/*/LC_MESSAGES/*.po) | .venv/bin/python
	@[ -e .venv/test-ready ] || .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/pybabel --quiet compile -d school_safety/translations
	@touch $@

.venv/test-ready: requirements-dev.lock .venv/run-ready
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
