"""Links into the query page: a query that stands in its editor, with the endpoint that it is for."""

from __future__ import annotations

from urllib.parse import quote, urlencode

QUERY_PAGE = "/fraga/"
"""The path of the query page."""

ENDPOINT = "/sparql"
"""The path of the SPARQL endpoint."""


def query_page_link(sparql: str, root: str = "") -> str:
    """The link that opens the query page with a query in its editor, ready to be run.

    The page reads what follows ``#``. It takes the endpoint from there as well: without that it would make one up out
    of the whole address. ``root`` is the address of the site (``https://exempel.se``) for links from elsewhere.
    """
    told = urlencode({"query": sparql, "endpoint": ENDPOINT}, quote_via=quote)
    return f"{root}{QUERY_PAGE}#{told}"


def answer_link(sparql: str, form: str = "csv", root: str = "") -> str:
    """The link to the answer of a query, in a form that the endpoint has (``csv``, ``json``, ``ttl`` …)."""
    return f"{root}{ENDPOINT}?{urlencode({'query': sparql, 'format': form}, quote_via=quote)}"
