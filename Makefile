# `make` says what there is. Every target can be run again; the second run is quick.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP     = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
BOOK   := _build/html/index.html
# the folders themselves: a teacher may take the solutions away
SOURCES := $(wildcard *.md *.bib _toc.yml CITATION.cff chapters/*.ipynb \
	exercises exercises/*.ipynb exercises/solutions exercises/solutions/*.ipynb)
BEHIND  := _config.yml $(shell find assets gru_lesson -type f -not -path '*/__pycache__/*')

help:
	@echo "make book      build the book, strictly, and say where to open it"
	@echo "make serve     show the built book on the loopback address"
	@echo "make publish-preview  build what would be published, serve it in a subfolder"
	@echo "make test      the tests that take seconds"
	@echo "make test-all  those, and the slow ones: frameworks, browser, mutants, wheel"
	@echo "make bench     one training step against PyTorch, JAX and the floor"
	@echo "make bench-grading  how long a grade takes, and a class of 200"
	@echo "make pins      write constraints.txt anew from the newest releases"
	@echo "make clean     remove what was built (not $(VENV))"

.PHONY: help book serve publish-preview test test-all bench bench-grading pins clean

# --- environments: one virtual environment, a stamp for each set of extras in it -------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say which: make PYTHON=python3.12 book"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.book: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e '.[book]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e '.[test]'
	@touch $@

# torch first and alone: asked for by its exact version it is found as a CPU build where
# there is one
$(VENV)/.all: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) "$$(grep '^torch==' constraints.txt)"
	$(PIP) -e '.[book,test,parity,cluster]'
	@touch $@ $(VENV)/.book $(VENV)/.test

# --- the book ---------------------------------------------------------------------------

book: _build/.book
	@echo "The book is built. Open $(BOOK), or run: make serve"

# Sphinx sees neither that a notebook imports the package nor, the second time, what it
# warned of the first time: after a change there or a failed build, all is built anew.
_build/.book: $(VENV)/.book $(SOURCES) _build/.behind _build/.home
	@test -f $@ || touch _build/.anew
	@rm -f $@
	$(BIN)/jupyter-book build . -W --keep-going -n $$(test ! -f _build/.anew || echo --all)
	@rm -f _build/.anew && touch $@

# where the links of the pages lead: newer only when that has changed
_build/.home: $(VENV)/.book FORCE
	@mkdir -p _build && $(BIN)/python assets/extensions/home.py > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

FORCE:

_build/.behind: $(VENV)/.book $(BEHIND)
	@mkdir -p _build && touch $@ _build/.anew

serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

# All anew, and as if published at the address where it is served.
PREVIEW := http://127.0.0.1:8001/_build/html/
publish-preview: $(VENV)/.book
	GRU_LESSON_SITE=$(PREVIEW) \
		$(BIN)/jupyter-book build . -W --keep-going -n --all --path-output _build/publish
	@echo "Open $(PREVIEW)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/publish 8001

# --- tests --------------------------------------------------------------------------------

test: $(VENV)/.test
	$(BIN)/python -m pytest

test-all: $(VENV)/.all _build/.book
	$(BIN)/python -m pytest -m "slow or not slow" -n 2 --dist loadfile --durations=10

bench: $(VENV)/.all
	$(BIN)/python tests/benchmark/engine.py

bench-grading: $(VENV)/.test
	$(BIN)/python tests/benchmark/grading.py

pins:
	rm -rf _build/pins && $(PYTHON) -m venv _build/pins
	_build/pins/bin/python -m pip install --quiet torch==2.13.0
	_build/pins/bin/python -m pip install --quiet -e '.[book,test,parity,cluster,lab]'
	_build/pins/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

clean:
	rm -rf _build dist
