# Two commands do everything: `make run` and `make test`.
# Settings: PYTHON (3.11 or newer), PHAEN_KB (the knowledge base), HOST, PORT.
PYTHON   ?= python3
VENV     := .venv
PHAEN    := $(VENV)/bin/phaen
PHAEN_KB ?= phaen.db
HOST     ?= 127.0.0.1
PORT     ?= 8000
export PHAEN_KB

.PHONY: run test quick check wheel programs clean

run: $(VENV)/.installed
	$(PHAEN) doctor || true
	$(PHAEN) add corpora/samples
	$(PHAEN) search "น้ำไม่พอทำนาในหน้าแล้ง" -k 3
	$(PHAEN) search "ดูแลผู้สูงอายุที่อยู่คนเดียว" -k 3
	$(PHAEN) search "สูตรแกงเขียวหวานไก่" -k 3
	$(PHAEN) serve --host $(HOST) --port $(PORT)

test: $(VENV)/.tested
	$(VENV)/bin/pytest -n auto --cov --cov-report=term

quick: $(VENV)/.tested
	$(VENV)/bin/pytest -n auto -m "not slow"

check: $(VENV)/.tested
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pytest -q -m "not slow" tests/test_docs.py

wheel: $(VENV)/bin/python
	tools/check_wheel.sh
	tools/check_windows.sh

programs:
	tools/programs.sh

$(VENV)/bin/python:
	$(PYTHON) tools/check_python.py
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	tools/programs.sh
	$(VENV)/bin/python tools/install_torch.py
	$(VENV)/bin/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed pyproject.toml
	tools/programs.sh --tests
	$(VENV)/bin/python -m pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis htmlcov .coverage
