"""The SPARQL 1.1 Protocol before an Oxigraph server: who may ask what, how long, how much, and in which form."""
