# Everything that people and CI call. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run train demo-data test lint types bench bench-channels bench-widget evaluate lock clean
BIN := .venv/bin

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## make or update both environments
	@scripts/setup

setup-dev: ## the same, with what tests need
	@scripts/setup --dev

run: setup ## start everything on http://localhost:8000 (Ctrl-C stops)
	@exec $(BIN)/leerwijzer serve

train: setup ## train Rasa's model when something changed
	@exec $(BIN)/leerwijzer train

demo-data: setup ## two counsellors with opening hours, to try bookings
	@exec $(BIN)/leerwijzer demo-data

test: lint types ## lint, types, a trained model, all tests (PYTEST="..." chooses)
	@$(BIN)/leerwijzer train
	@$(BIN)/pytest $(PYTEST)

lint: setup-dev ## ruff: rules and formatting
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: setup-dev ## mypy, strict
	@$(BIN)/mypy

bench: setup-dev ## all benchmarks: turns, channels, widget, catalogue (BENCH=--write keeps the pages)
	@missed=; for one in turn channels widget catalogue; do \
		$(BIN)/python -m benchmarks.$$one $(BENCH) || missed="$$missed $$one"; \
	done; test -z "$$missed" || { echo "Missed:$$missed" >&2; exit 1; }

bench-channels: setup-dev ## a hundred Telegram chats and widget clients at once, beside a stock Rasa bot
	@exec $(BIN)/python -m benchmarks.channels $(BENCH)

bench-widget: setup-dev ## bytes of the widget, and its first message on a slow phone
	@exec $(BIN)/python -m benchmarks.widget $(BENCH)

evaluate: setup-dev ## how well intents, answers and languages are understood
	@$(BIN)/leerwijzer train
	@exec $(BIN)/python -m bot.evaluation $(EVALUATE)

lock: setup ## recompile the locked requirements (LOCK=--upgrade for newer versions)
	@scripts/lock $(LOCK)

clean: ## remove environments, models and caches (keeps var/: the data)
	@rm -rf .venv .venv-rasa models .rasa .mypy_cache .ruff_cache .pytest_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
