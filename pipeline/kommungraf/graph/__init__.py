"""Graph: records and what linking concluded become RDF in an embedded store, and leave it in other formats."""
