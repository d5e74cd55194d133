"""``kommungraf serve``: the graph on the web."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kommungraf import config
from kommungraf.cli.options import out_option
from kommungraf.errors import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0: a free one.")
@out_option
@click.option(
    "--documents",
    is_flag=False,
    flag_value="",
    multiple=True,
    metavar="[PATH]",
    help="Show the documents' own files, too: those of the build, or those in PATH; repeatable.",
)
@click.option(
    "--backend",
    metavar="URL",
    envvar="KOMMUNGRAF_BACKEND",
    show_envvar=True,
    help="Ask this SPARQL endpoint instead of the store in the folder.",
)
@click.option("--root-url", metavar="URL", default="", help="The address that others know the site by.")
@click.option(
    "--renderers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that make pages."
)
@click.option(
    "--trusted-proxy", multiple=True, metavar="ADDR", help="A proxy whose X-Forwarded headers count; repeatable."
)
@click.option("--hsts", is_flag=True, help="Tell browsers to use HTTPS only; behind a proxy that has it.")
def serve(
    host: str,
    port: int,
    out: Path,
    documents: tuple[str, ...],
    backend: str | None,
    root_url: str,
    renderers: int,
    trusted_proxy: tuple[str, ...],
    hsts: bool,
) -> None:
    """Serve the graph: pages to read, and a SPARQL endpoint at /sparql.

    A build into the same folder is followed within seconds; nothing need be restarted.

    \b
    kommungraf serve
    kommungraf serve --port 8080 --documents protokoll/
    kommungraf serve --root-url https://exempel.se --trusted-proxy 127.0.0.1
    kommungraf serve --backend http://localhost:8890/sparql
    """
    from kommungraf.query.remote import without_credentials
    from kommungraf.web.front.generation import Source
    from kommungraf.web.front.serve import Options, visible
    from kommungraf.web.front.serve import serve as run

    folders = tuple(Path(path) for path in documents if path)
    for folder in folders:
        if not folder.exists():
            raise UsageError(f"--documents {folder}: there is no such file or folder.")
    if root_url and not root_url.startswith(("http://", "https://")):
        raise UsageError(f"--root-url {root_url}: write the whole address, as https://exempel.se")
    if backend and not re.fullmatch(r"https?://[^/\s]+\S*", backend):
        raise UsageError("--backend: write the whole address of a SPARQL endpoint, as http://localhost:7878/query")
    settings = config.load()
    source = Source(out, settings.base, backend or "", bool(documents), folders)
    if visible(host):
        click.echo(f"kommungraf: the graph is now visible to others, to whoever can reach {host}.", err=True)
    options = Options(source, host, port, root_url, renderers, trusted_proxy, hsts, settings.serve)
    shown = without_credentials(backend) if backend else out
    run(options, lambda address: click.echo(f"{address} shows the graph in {shown}; Ctrl-C stops it."))
