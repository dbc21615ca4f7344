"""The word that was probably meant: one sentence for options, commands, formats and choices that do not exist."""

from collections.abc import Iterable, Sequence

import click

__all__ = ["Named", "known_format", "meant", "sentence"]


def meant(word: str, known: Iterable[str], *, listed_by: str = "") -> str:
    """Return the end of a message about an unknown word: what was probably meant, or all there is, or what lists it.

    Example:
        >>> meant("sarff", ["json", "sarif"])
        ', did you mean sarif?'
        >>> meant("zzz", ["json", "sarif"])
        '; there are json, sarif'
    """
    from difflib import get_close_matches

    names = list(known)
    by_letters = {name.lower(): name for name in names}
    close = get_close_matches(word.lower(), by_letters, n=1)
    if close:
        return f", did you mean {by_letters[close[0]]}?"
    return (
        f"; {listed_by} shows them" if listed_by else f"; there {'is' if len(names) == 1 else 'are'} {', '.join(names)}"
    )


class Named(click.Choice[str]):
    """A choice whose error names the nearest value."""

    def __init__(self, what: str, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self._what = what

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the message about a value that is none of the choices."""
        return f"there is no {self._what} {value!r}{meant(str(value), self.choices)}"


def known_format(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    """Refuse the name of a format that there is none of."""
    if name is not None:
        from semstat.interop import known_formats

        known = [item.name for item in known_formats()]
        if name not in known:
            raise click.UsageError(f"there is no format {name!r}{meant(name, known)}")
    return name


def sentence(problem: click.ClickException) -> str:
    """Return the message of a usage error as one sentence, with the option that was probably meant."""
    if isinstance(problem, click.NoSuchOption):
        close = f", did you mean {problem.possibilities[0]}?" if problem.possibilities else ""
        return f"no option {problem.option_name}{close or _help(problem)}"
    message = problem.format_message()
    return message[0].lower() + message[1:] if message[:1].isupper() and message[1:2].islower() else message


def _help(problem: click.UsageError) -> str:
    return f"; {problem.ctx.command_path} --help lists them" if problem.ctx is not None else ""
