"""A graph on the web: a SPARQL endpoint, and pages on which everything can be followed down to the quoted line."""
