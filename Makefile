# The two commands: `make demo` and `make test`. Everything else serves them. What they write lies under var/.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PORT ?= 8000
FRESH ?=
WORKERS ?= logical

# The first Python that is new enough and can make a virtual environment.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo $$python; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --create-db
SERVERS := $(BIN)/python -m tools.servers --
APPS := audit accounts notifications alliance governance traits charter
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header

.PHONY: help demo test check fast bench lock shot env env-dev

help:
	@echo "make demo [PORT=8010] [FRESH=1]  the product with three illustrative alliances, on this machine"
	@echo "make test                        every check and the whole suite"
	@echo "make check | fast                lint, types, layers, templates, migrations | tests of the rules, without a database"
	@echo "make bench | shot | lock         measurements | screenshots into var/shots | new locks from requirements/*.in"

# -- Environments: rebuilt only when a lock changes -----------------------------------------------------------------
env: .venv/base.stamp
env-dev: .venv/dev.stamp

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Concordat needs Python 3.11, 3.12 or 3.13 with venv: install it, or call make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/base.stamp: requirements/base.txt | .venv/bin/python
	@echo "Building .venv from requirements/base.txt …"
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/base.stamp
	@echo "Building .venv from requirements/dev.txt …"
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/bench.stamp: requirements/bench.txt | .venv/dev.stamp
	@echo "Building .venv from requirements/bench.txt …"
	@$(PIP) -r requirements/bench.txt
	@touch $@

lock: env-dev
	cd requirements && for name in base dev bench; do ../$(LOCK) $$name.in -o $$name.txt || exit 1; done

# -- The product on this machine ------------------------------------------------------------------------------------
demo: env
	@exec $(BIN)/python -m tools.demo --port $(PORT) $(if $(FRESH),--fresh)

shot: env-dev
	$(BIN)/python -m tools.shot

bench: .venv/bench.stamp
	$(SERVERS) $(BIN)/python -m tools.bench

# -- Checks and tests -----------------------------------------------------------------------------------------------
check: env-dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --cache-dir var/import_linter
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tools.migration_settings $(SERVERS) $(BIN)/python manage.py lintmigrations \
		--quiet ignore ok --no-cache --ignore-initial-migrations --include-apps $(APPS)
	$(BIN)/python manage.py spectacular --validate --fail-on-warn >/dev/null
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

fast: env-dev
	$(PYTEST) -m "not browser and not database and not slow"

test: check
	$(PYTEST) -m "not browser and not postgres"
	$(SERVERS) $(PYTEST) -m "not browser and not once"
	$(SERVERS) $(PYTEST) -m browser
