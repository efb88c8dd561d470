"""The building blocks of the command line: click's classes, in the user's language.

Every command takes `--json`, `--kb` and `--lang`, before or after its name. Help texts come
from `api.cli.help`, errors from `api.text.messages`.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from api.cli.formatter import Context
from api.cli.help import COMMANDS, command_help, option_help
from api.cli.output import say
from api.text import language
from api.text.messages import explain, message
from ingest.errors import PhaenError, UsageError

if TYPE_CHECKING:
    from kb import KnowledgeBase

DONE, FAILURES, WRONG_USAGE = 0, 1, 2


@dataclass
class Call:
    """What every command gets: the path of the knowledge base, and the form of the answer."""

    kb: Path
    json: bool = False

    def open(self, *, create: bool = False) -> KnowledgeBase:
        """Open the knowledge base; only adding to it makes a new one."""
        from api.cli.progress import Stages
        from ingest.temporary import sweep
        from kb import KnowledgeBase
        from kb.store.actor import Actor, act_as

        act_as(Actor(f"terminal:{_account()}"))
        sweep(self.kb.absolute().parent)
        kb = KnowledgeBase(self.kb, create=create, progress=Stages())
        if kb.store.newer:
            say(explain(kb.store.newer))
        return kb


def _account() -> str:
    """Return the name of the account that runs this command, as the log keeps it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


class Option(click.Option):
    """An option whose help comes from the catalogue, by its long name or `help_key`."""

    def __init__(self, *args: Any, help_key: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_key = help_key or max(self.opts, key=len)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the current language."""
        self.help = option_help(self.help_key)
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is in the user's language."""

    context_class = Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += common_options()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=option_help("usage") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(command_help(self.name or "phaen"))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the help of the command, which is one line."""
        return command_help(self.name or "phaen")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx))]
        with formatter.section(option_help("options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its help in the current language."""
        option = super().get_help_option(ctx)
        if option:
            option.help = option_help("--help")
        return option


class Commands(Command, click.Group):
    """The `phaen` group: a command's module is imported when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in the order of the help."""
        return [name for name in COMMANDS if name != "phaen"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"api.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; raise `usage-command-unknown` with similar names if there is none."""
        if args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            hint = _hint(get_close_matches(args[0], self.list_commands(ctx)))
            raise UsageError("usage-command-unknown", name=args[0], hint=hint)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands, without importing them."""
        super().format_options(ctx, formatter)
        rows = [(name, command_help(name)) for name in self.list_commands(ctx)]
        with formatter.section(option_help("commands")):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> NoReturn:
        """Run a command line and exit: 0 done, 1 with failures, 2 wrong usage, 130 interrupted."""
        arguments = list(sys.argv[1:] if args is None else args)
        language.use(language.chosen(arguments))
        extra["standalone_mode"] = False
        with _words_for_errors():
            sys.exit(super().main(arguments, *more, **extra) or DONE)


class _words_for_errors:  # noqa: N801 (reads as a function)
    """Context manager that turns any error into one line for people and an exit code."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, click.UsageError):
            say(_usage(error))
            sys.exit(WRONG_USAGE)
        if isinstance(error, click.Abort | KeyboardInterrupt):
            say(message("interrupted"))
            sys.exit(130)
        if isinstance(error, BrokenPipeError):
            _close_quietly()
            sys.exit(DONE)
        if isinstance(error, PhaenError):
            say(explain(error))
            sys.exit(WRONG_USAGE if isinstance(error, UsageError) else FAILURES)
        if isinstance(error, Exception) and not os.environ.get("PHAEN_DEBUG"):
            say(message("unexpected", reason=f"{type(error).__name__}: {error}"))
            sys.exit(FAILURES)


def _close_quietly() -> None:
    """Silence the error at exit when the reader of our output (`head`) has closed it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "phaen"
    return f"{_usage_reason(error)}\n{message('usage-help', command=path)}"


def _usage_reason(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    if isinstance(error, click.MissingParameter):
        return message("usage-missing", name=_parameter(error))
    if isinstance(error, click.NoSuchOption):
        hint = _hint(error.possibilities)
        return message("usage-option-unknown", name=error.option_name, hint=hint)
    if isinstance(error, click.BadParameter):
        return message("usage-value", name=_parameter(error), reason=_value_reason(error))
    return message("usage-other", reason=error.format_message())


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "?")
    return (
        error.param.human_readable_name
        if not error.param.opts[0].startswith("-")
        else max(error.param.opts, key=len)
    )


def _value_reason(error: click.BadParameter) -> str:
    """Translate click's English reason for the types that this command line uses."""
    value = error.message.split("'")[1] if "'" in error.message else ""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return message("usage-choice", value=value, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return message("usage-number", value=value or error.message.split(" ")[0])
    return error.message


def _hint(names: Sequence[str] | None) -> str:
    return message("usage-hint", names=", ".join(names)) if names else ""


def common_options() -> list[click.Parameter]:
    """Return the options that every command takes."""
    return [
        Option(["--json"], is_flag=True, expose_value=False, callback=_set_json),
        Option(
            ["--kb"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            expose_value=False,
            callback=_set_kb,
        ),
        Option(["--lang"], type=click.Choice(["th", "en"]), expose_value=False, is_eager=True),
    ]


def _call(ctx: click.Context) -> Call:
    root = ctx.find_root()
    if root.obj is None:
        root.obj = Call(Path(os.environ.get("PHAEN_KB") or "phaen.db"))
    ctx.obj = root.obj
    call: Call = root.obj
    return call


def _set_json(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    call = _call(ctx)
    call.json = call.json or value


def _set_kb(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    call = _call(ctx)
    call.kb = value or call.kb


def subcommand(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Return a decorator that makes a function a command; its first argument is the `Call`."""

    def wrap(function: Callable[..., Any]) -> Command:
        return click.command(name, cls=Command)(click.pass_obj(function))

    return wrap


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an option; its help is in `api.cli.help`."""
    return click.option(*names, cls=Option, **settings)
