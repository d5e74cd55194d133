"""The query page, in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, sync_playwright

from kommungraf.web.sparql_links import query_page_link

NAMES = "SELECT ?s ?n WHERE { ?s <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?s LIMIT 7"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("by_link", [False, True], ids=["typed", "by a link"])
def test_a_query_runs_in_the_page_and_its_rules_stop_nothing_that_it_needs(endpoint, page: Page, by_link: bool) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto("about:blank")
    page.goto(query_page_link(NAMES, endpoint.url) if by_link else f"{endpoint.url}/fraga/")
    page.wait_for_selector(".yasqe .CodeMirror")
    if by_link:
        shown = page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
        assert shown == NAMES
    else:
        page.evaluate(
            "query => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(query)", NAMES
        )
    with page.expect_response(lambda response: "sparql" in response.url and response.request.method == "POST") as asked:
        page.click(".tabPanel.active .yasqe_queryButton")
    assert asked.value.status == 200, asked.value.text()
    page.wait_for_selector(".tabPanel.active .yasr table tbody tr")
    assert page.locator(".tabPanel.active .yasr table tbody tr").count() == 7
    # The editor would ask a server elsewhere for prefixes: the rules keep what somebody does here from others.
    assert not [trouble for trouble in troubles if "favicon" not in trouble and "prefix.cc" not in trouble], troubles


def test_its_rules_allow_no_inline_script_but_its_own(endpoint) -> None:
    answer = httpx.get(f"{endpoint.url}/fraga/")
    policy = dict(part.split(maxsplit=1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert policy["script-src"].count("'sha256-") == answer.text.count("<script>") == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fraga/yasgui.min.js", 200),
        ("/fraga/yasgui.min.css", 200),
        ("/fraga/logo.svg", 200),
        ("/fraga/%2e%2e/store", 404),
        ("/fraga/store?default", 404),
        ("/fraga/update", 403),
        ("/fraga/sparql?query=ASK%7B%7D", 200),
        ("/fraga/query?query=ASK%7B%7D", 200),
    ],
)
def test_what_is_there(endpoint, path: str, status: int) -> None:
    address, _, query = path.partition("?")
    with httpx.Client() as client:
        request = client.build_request("GET", endpoint.url)
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = client.send(request)
    assert answer.status_code == status, (address, query, answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_assets_are_kept_and_compressed(endpoint) -> None:
    answer = httpx.get(f"{endpoint.url}/fraga/yasgui.min.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "max-age" in answer.headers["cache-control"]
    assert len(answer.content) > 900_000
    again = httpx.get(f"{endpoint.url}/fraga/yasgui.min.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
