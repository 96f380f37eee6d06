# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EVALUATION ?= ../shared/evaluation
SAMPLE ?= ../shared/sample/russia-2024-en.md

.PHONY: demo test check lint types imports bench evaluate clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "monitor needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/monitor demo

test: $(VENV)/installed
	$(BIN)/python -m pytest

check: lint types imports test

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy -p monitor

imports: $(VENV)/installed
	$(BIN)/lint-imports

bench: $(VENV)/installed
	$(BIN)/python -m bench

evaluate: $(VENV)/installed
	@test -f $(EVALUATION)/score.py || { echo "no evaluation data at $(EVALUATION); set EVALUATION="; exit 2; }
	cd $(EVALUATION) && $(abspath $(BIN))/python score.py revision revision/pairs.jsonl --monitor $(abspath $(BIN))/monitor
	cd $(EVALUATION) && $(abspath $(BIN))/python score.py alignment alignment/translation/pairs.jsonl alignment/edition/pairs.jsonl --monitor $(abspath $(BIN))/monitor
	cd $(EVALUATION) && $(abspath $(BIN))/python score.py statistics statistics/sentences.jsonl
	if test -f $(SAMPLE); then $(BIN)/python -m bench.sample_statistics $(SAMPLE); fi

clean:
	rm -rf $(VENV) .cache demo-output build dist *.egg-info
