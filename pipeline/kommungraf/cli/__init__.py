"""The command line: thin commands over the library. A command's module is imported only when the command is used."""

from __future__ import annotations

import sys
from importlib import import_module

import click

COMMANDS = {
    "build": ("kommungraf.cli.build:build", "Read documents and make them a graph; only what changed is read again."),
    "query": ("kommungraf.cli.query:query", "Ask the graph a named question, or any SPARQL."),
    "show": ("kommungraf.cli.show:show", "Show all that is known of one entity, year by year, with quotes."),
    "search": ("kommungraf.cli.search:search", "Find names, diary numbers, decisions and paragraphs by their words."),
    "inspect": ("kommungraf.cli.inspect:inspect", "Show what was read of one file: found where, left out why."),
    "tour": ("kommungraf.cli.tour:tour", "Show two or three real answers from a graph, and what to try next."),
    "eval": ("kommungraf.cli.eval:evaluate", "Precision, recall and F1 per kind against gold files."),
    "diff": ("kommungraf.cli.diff:diff", "Tell what differs between two graphs: by documents, conclusions, versions."),
    "validate": ("kommungraf.cli.validate:validate", "Check the graph against the shapes of the ontology (SHACL)."),
    "serve": ("kommungraf.cli.serve:serve", "Serve the graph: pages to read, and a SPARQL endpoint."),
    "export": ("kommungraf.cli.export:export", "Write the graph or its tables in other formats."),
    "push": ("kommungraf.cli.push:push", "Load the named graphs that changed into a store elsewhere."),
}
"""Name of the command -> where it is, and its line in the list of commands."""


class LazyGroup(click.Group):
    """A group that lists its commands from :data:`COMMANDS` and imports one when it is run or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what kommungraf raises on purpose becomes one sentence and an exit code."""
        from kommungraf.errors import KommungrafError, UsageError

        try:
            return super().invoke(ctx)
        except KommungrafError as error:
            click.echo(f"kommungraf: {error}", err=True)
            ctx.exit(2 if isinstance(error, UsageError) else 1)
        except KeyboardInterrupt:
            click.echo("kommungraf: stopped; the graph of before is as it was.", err=True)
            ctx.exit(1)
        except BrokenPipeError:  # the reader of our results (head, less) has seen enough
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:  # no access, no such device: what belongs to the graph has been told by its stage
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"kommungraf: {where}{error.strerror or error}.", err=True)
            ctx.exit(1)


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kommungraf {version('kommungraf')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
def main() -> None:
    """Swedish municipal documents as a knowledge graph that answers questions across years.

    \b
    kommungraf build protokoll/            # read a folder of documents into graph_out/
    kommungraf query --list                # what can be asked
    kommungraf show "Lund"                 # one entity, year by year, with quotes
    """


def run() -> None:
    """What the installed program ``kommungraf`` calls: :data:`main`. A Ctrl-C that comes inside a callback is heard
    after it, and one that comes after the last line changes nothing.
    """
    import signal

    sys.unraisablehook = _hear_again
    try:
        main()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hear_again(told: sys.UnraisableHookArgs) -> None:
    """Python can only print what is raised inside a callback or ``__del__``; an interruption is made to count.

    A moment later and from another thread: raised in here, it would only be printed again.
    """
    if told.exc_type is KeyboardInterrupt:
        import _thread
        import threading

        again = threading.Timer(0.02, _thread.interrupt_main)
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(told)
