# The short names of what is done here every day. `make` tells them.
.DEFAULT_GOAL := help
.PHONY: help run check test accept bench bench-reading bench-batch bench-pictures fuzz gallery docs pins

help: ## tell what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## set up, then serve with the demo
	./run

check: ## formatter, linter, types, import contracts, house rules: under 15 s when warm
	@. bin/find-python && "$$python" bin/set_up.py --dev
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m pytest tests/test_architecture.py tests/test_docs.py

test: ## every check and every test, on both databases
	./test

accept: ## take what is now read of tests/documents as right; review the difference
	.venv/bin/python -m tests.reading.documents

bench: ## print what long letters, the loading of a country, and search among 200,000 letters cost
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.bench.growth
	PYTHONPATH=src:. .venv/bin/python -m tests.bench_country
	PYTHONPATH=src:. .venv/bin/python -m tests.letters.bench_finding
	PYTHONPATH=src:. .venv/bin/python -m tests.bench_sendings
	PYTHONPATH=src:. .venv/bin/python -m tests.directives.bench_cascade
	PYTHONPATH=src:. .venv/bin/python -m tests.notices.bench_notices
	PYTHONPATH=src:. .venv/bin/python -m tests.projects.bench_evidence
	PYTHONPATH=src:. .venv/bin/python -m tests.projects.bench_projects
	PYTHONPATH=src:. .venv/bin/python -m tests.projects.bench_funding
	PYTHONPATH=src:. .venv/bin/python -m tests.projects.bench_money
	PYTHONPATH=src:. .venv/bin/python -m tests.reports.bench_totals
	PYTHONPATH=src:. .venv/bin/python -m tests.reports.bench_due_minute

bench-reading: ## read real letters and our own, worn in three ways; write docs/accuracy.md
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.bench $(ARGS)

bench-batch: ## read a folder with one worker and with two, and 10,000 pages; print ratio and memory
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.bench_batch $(ARGS)

bench-pictures: ## find changed pictures again among others, and count those taken for another
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.bench_pictures $(ARGS)

bench-plans: ## read the faulty workbooks of plans; print what was understood, flagged, refused, silent
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.plans.bench

fuzz: ## feed the readers 200,000 spoilt files and texts; what breaks one is kept in var/fuzz
	PYTHONPATH=src:. .venv/bin/python -m tests.reading.fuzz

docs: ## write docs/api/openapi.json anew
	.venv/bin/python -m thamthan.api > docs/api/openapi.json

pins: ## compile requirements*.in into pins with hashes
	@.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --no-emit-index-url --no-emit-find-links requirements-node.in -o requirements-node.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --no-emit-index-url --no-emit-find-links requirements-ocr.in -o requirements-ocr.txt

gallery: ## draw thirty letters as PDF, DOCX and pictures in var/gallery; tell what one costs
	PYTHONPATH=src:. .venv/bin/python -m tests.writing.gallery
