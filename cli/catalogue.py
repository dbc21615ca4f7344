"""``semstat explain``, ``rules`` and ``formats``: what there is, and what it means."""

import click

from semstat.cli.output import say

__all__ = ["explain", "formats", "rules"]


@click.command(short_help="Say what a rule means, why it matters and what to do.")
@click.argument("rule", metavar="RULE")
def explain(*, rule: str) -> int:
    """Say what RULE means, why it matters, what to do, and which clause of the standard it follows.

    RULE is an id (DF004) or a name (code-not-in-codelist).
    """
    from semstat.validators.explain import explain as text_of
    from semstat.validators.rules import catalogue

    known = catalogue()
    found = known.get(rule.upper()) or next((item for item in known.values() if item.name == rule.lower()), None)
    if found is None:
        from semstat.validators.nearest import nearest_code

        close = nearest_code(rule.upper(), known, {item.id: [item.name] for item in known.values()})
        hint = f", did you mean {close} ({known[close].name})?" if close else "; semstat rules lists all"
        raise click.UsageError(f"there is no rule {rule!r}{hint}")
    say(text_of(found))
    return 0


@click.command(short_help="List the rules.")
def rules() -> int:
    """List every rule with its id, severity and name."""
    from semstat.validators.explain import listing

    say(listing())
    return 0


@click.command(short_help="List the formats, and which are read and written.")
def formats() -> int:
    """List the formats that semstat recognises, and what it does with them."""
    from semstat.interop import known_formats as known

    rows = [
        (item.name, "read" if item.reads else "-", "written" if item.writes else "-", item.title) for item in known()
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip()
        for row in rows
    )
    say("".join(f"{line}\n" for line in lines))
    return 0
