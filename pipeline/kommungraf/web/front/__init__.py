"""The process that owns the address: SPARQL goes to the engine, pages to renderer processes; it never waits."""
