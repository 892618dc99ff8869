# Every target runs from a bare clone; the environment lives in .venv, the data in var/.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

.PHONY: setup run test lint bench lock messages

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

setup: $(VENV)/tools

$(VENV)/site: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) requirements.txt
	touch $@

$(VENV)/tools: $(VENV)/site requirements-dev.txt
	$(INSTALL) requirements-dev.txt
	touch $@

run: $(VENV)/site
	$(BIN)/python manage.py start --port $(PORT)

test: setup
	$(BIN)/python -m pytest -n auto

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run

lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --group dev -o requirements-dev.txt

messages: setup
	$(BIN)/python manage.py messages
