# kommungraf: `make graph` builds the bundled corpus and shows real answers, `make test` runs the tests. Neither needs root.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/kommungraf
OUT ?= graph_out

.PHONY: graph test lint eval-corpus eval-formats eval-seeds bench bench-serve bench-push bench-read fuzz corpus notebooks pictures docs lock clean help

help: ## What can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q pipeline
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

graph: $(VENV)/.runtime ## Build the graph of the bundled corpus and show some answers
	$(RUN) build corpus --out $(OUT)
	@$(RUN) tour --out $(OUT)

test: $(VENV)/.dev ## Run the tests
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev ## Ruff, mypy and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval-corpus: $(VENV)/.runtime ## Precision and recall on the bundled corpus
	$(RUN) build corpus --out $(OUT)
	$(RUN) eval corpus/gold --out $(OUT) --floor corpus/floor.toml

eval-formats: $(VENV)/.dev ## The corpus in every look and format: the same facts as from clean text?
	$(BIN)/python -m corpus.formats

eval-seeds: $(VENV)/.runtime ## Precision and recall on the shared real documents, against the floor
	$(RUN) build ../shared/seeds --out graph_out/seeds
	$(RUN) eval ../shared/gold --out graph_out/seeds --floor tests/floor.toml

bench: $(VENV)/.dev ## Speed and memory, as ratios against peers in one run
	$(BIN)/python -m pytest -m bench -n 0 -s tests/bench

bench-serve: $(VENV)/.dev ## The server under load, beside the bare Oxigraph server
	$(BIN)/python tests/bench/bench_serve.py

bench-push: $(VENV)/.dev ## Pushing a million statements to Oxigraph's server and to Virtuoso
	$(BIN)/python tests/bench/bench_push.py

bench-read: $(VENV)/.dev ## The readers of PDF side by side: speed, memory, errors (writes docs/reading.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	$(BIN)/python tests/bench/bench_formats.py

SECONDS ?= 600
fuzz: $(VENV)/.dev ## Break good files at random for SECONDS (600), and see that the readers bear it
	KOMMUNGRAF_FUZZ_SECONDS=$(SECONDS) KOMMUNGRAF_FUZZ_SEED=$$(date +%s) KOMMUNGRAF_FUZZ_KEEP=$(CURDIR) \
		$(BIN)/python -m pytest -n 0 -s tests/hostile/test_fuzz.py

corpus: $(VENV)/.dev ## Make the bundled documents and their gold anew from their texts
	$(BIN)/python -m corpus.make

notebooks: $(VENV)/.dev ## Run the notebooks on the bundled corpus and keep their outputs
	$(RUN) build corpus --out $(OUT)
	$(BIN)/python tools/run_notebooks.py --graph $(OUT)
	$(BIN)/python tools/notebook_picture.py notebooks/3_projects_and_lineage.ipynb 1 docs/img/projects.png

pictures: $(VENV)/.dev ## Draw the pictures of inspect and serve in the docs anew (needs Chromium)
	$(BIN)/python tools/inspect_picture.py docs/img/inspect.png
	$(BIN)/python tools/screenshots.py docs/img

docs: $(VENV)/.dev ## Generate the CLI reference and the ontology page
	$(BIN)/python tools/cli_page.py
	$(BIN)/python tools/architecture_page.py
	$(BIN)/python tools/ontology_page.py

lock: $(VENV)/.dev ## Pin the dependencies anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group build --group dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group bench pyproject.toml -o requirements-bench.lock

clean: ## Remove the graph and the environment
	rm -rf $(VENV) graph_out
