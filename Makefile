# The two commands: `make run` and `make test`. Each sets up what it needs, once.
#   make run     environment, page, model; then serves on http://127.0.0.1:8000 (HOST, PORT, DATA_DIR, WORKERS, API_TOKEN)
#   make test    everything: lint, types, unit tests, packs, conversations, the page in a browser
#   make check   the quick part: lint, types, unit tests, packs; no model, no browser
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := .build/uv/bin/uv
ENVIRONMENT := $(VENV)/.installed
PAGE := web/dist/.built
MODEL := models/assistant.tar.gz
TRAINED_FROM := $(shell find data domain.yml config.yml understanding policy_packs/terms.yml rules_engine/division_data -type f -not -name '*.pyc' 2>/dev/null)
PAGE_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export LOG_LEVEL ?= WARNING
export PYTHONPATH := $(CURDIR)

.PHONY: run test check lint environment page model lock evaluate measure bench bench-page bench-rasa pictures backup restore clean

# One process that talks for each processor, four at most; they share the model's memory.
run: export WORKERS ?= $(shell processors=$$(nproc 2>/dev/null || echo 1); echo $$((processors < 4 ? processors : 4)))
run: $(ENVIRONMENT) $(PAGE) $(MODEL)
	@echo "启动中，装载模型约半分钟……"
	@exec $(BIN)/python -W ignore -m server

test: check $(PAGE) $(MODEL)
	@echo "快的那部分过了；接着是慢的：断电、抢着交、磁盘满、成千上万个例子……"
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 -m "slow and not model and not browser"
	@echo "最后是要模型的和要浏览器的：对话、隐私、网页……"
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 2 --dist loadfile -m "model or browser"

check: $(ENVIRONMENT) lint
	@$(BIN)/python -m rules_engine check
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 -m "not model and not browser and not slow"

lint: $(ENVIRONMENT)
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy

environment: $(ENVIRONMENT)
page: $(PAGE)
model: $(MODEL)

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11（找不到 $(PYTHON)）。装好后再试，或用 make PYTHON=/path/to/python3.11。"; exit 1; }
	@echo "[1/3] 准备 uv……"
	@$(PYTHON) -m venv .build/uv && $(UV:uv=python) -m pip install -q --disable-pip-version-check uv

$(ENVIRONMENT): requirements.txt | $(UV)
	@echo "[1/3] 安装 Python 环境（第一次要下载约 1 GB）……"
	@test -x $(BIN)/python || $(UV) venv -q --python $(PYTHON) $(VENV)
	@$(UV) pip sync --compile-bytecode --python $(BIN)/python requirements.txt 2>&1 | { grep -vE "^ [-+~] |^warning" || true; }
	@touch $@

$(PAGE): $(PAGE_SOURCES)
	@command -v npm >/dev/null || { echo "需要 Node.js 20 和 npm 来编译网页。装好后再试。"; exit 1; }
	@echo "[2/3] 编译网页……"
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

$(MODEL): $(TRAINED_FROM) | $(ENVIRONMENT)
	@echo "[3/3] 训练对话模型（约 2 分钟）……"
	@$(BIN)/python -m understanding.build
	@$(BIN)/python -W ignore -m scripts.train $@

lock: | $(UV)
	@$(UV) pip compile -q pyproject.toml -o requirements.txt --python-version 3.11

evaluate: $(ENVIRONMENT) $(MODEL)
	@$(BIN)/python -W ignore -m scripts.evaluate
	@for set in fresh_1 fresh_2 fresh_3 fresh_4 fresh_5 fresh_6 fresh_7 fresh_8 fresh_9 fresh_10 fresh_11 fresh_12 hard_1 cost_1 cost_2 filing_1 filing_2; do $(BIN)/python -W ignore -m scripts.evaluate --only-dialogues --folder tests/held_out/$$set --out results/$$set.md; done
	@echo "接着是交叉验证，三折，约十分钟；混淆图在 results/nlu/intent_confusion_matrix.png"
	@$(BIN)/python -W ignore -m rasa test nlu --nlu data/nlu --config config.yml --domain domain.yml --cross-validation --folds 3 --out results/nlu

measure: $(ENVIRONMENT) $(MODEL)
	@$(BIN)/python -W ignore -m scripts.measure_understanding
	@$(BIN)/python -W ignore -m scripts.measure_understanding --utterances tests/held_out/utterances_2.yml --out-of-scope tests/held_out/out_of_scope_2.yml --out results/understanding_2.md
	@$(BIN)/python -W ignore -m scripts.measure_understanding --utterances tests/held_out/utterances_2.yml --out-of-scope tests/held_out/out_of_scope_3.yml --out results/understanding_3.md
	@$(BIN)/python -W ignore -m scripts.measure_understanding --utterances tests/held_out/utterances_2.yml --out-of-scope tests/held_out/out_of_scope_4.yml --out results/understanding_4.md

pictures: $(ENVIRONMENT) $(PAGE) $(MODEL)
	@$(BIN)/python -m pytest -q tests/browser/pictures.py

# DATA_DIR as for make run; the server may go on running.
backup: $(ENVIRONMENT)
	@test -n "$(TO)" || { echo "用法：make backup TO=新文件夹"; exit 1; }
	@$(BIN)/python -W ignore -m services.backup make --to "$(TO)"

restore: $(ENVIRONMENT)
	@test -n "$(FROM)" -a -n "$(INTO)" || { echo "用法：make restore FROM=备份 INTO=新文件夹 [KEYS=另放的钥匙]"; exit 1; }
	@$(BIN)/python -W ignore -m services.backup restore --from "$(FROM)" --into "$(INTO)" $(if $(KEYS),--keys "$(KEYS)")

# With the same dialogues by stock Rasa and by this server as `make run` starts it. Stock Rasa trains for minutes, once.
bench: $(ENVIRONMENT) $(MODEL)
	@$(BIN)/python -W ignore -m benchmarks.turns
	@$(BIN)/python -W ignore -m benchmarks.costs
	@$(BIN)/python -W ignore -m benchmarks.filings
	@$(BIN)/python -W ignore -m benchmarks.side_by_side

# The same with one process that talks; pipelines on the same folds.
bench-rasa: $(ENVIRONMENT) $(MODEL)
	@$(BIN)/python -W ignore -m benchmarks.side_by_side --workers 1
	@$(BIN)/python -W ignore -m benchmarks.pipelines

# How fast the pages are in a browser, from the first paint to a filing's receipt.
bench-page: $(ENVIRONMENT) $(PAGE) $(MODEL)
	@$(BIN)/python -W ignore -m benchmarks.page_load
	@$(BIN)/python -W ignore -m benchmarks.page_filing
	@$(BIN)/python -W ignore -m benchmarks.desk_answers
	@$(BIN)/python -W ignore -m benchmarks.page_desk

clean:
	rm -rf .build .venv models web/dist web/node_modules
