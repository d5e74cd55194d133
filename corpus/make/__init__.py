"""Makes the bundled corpus: documents of an invented federation, and the gold that says what is in them.

``python -m corpus.make`` (from the root of the repository) writes ``documents/``, ``gold/`` and ``sources.toml`` from
``make/texts/`` and ``make/world.toml``. The same sources give the same bytes on every machine.
"""
