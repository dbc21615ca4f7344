"""The option of ``semstat validate`` on which areas a sender may report on."""

import click

__all__ = ["sender_areas"]


def _areas(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Split each text into a sender and its areas, and refuse what is none."""
    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        sender, _, areas = text.partition("=")
        codes = tuple(part.strip() for part in areas.split(",") if part.strip())
        if not sender.strip() or not codes:
            raise click.UsageError(f"--sender-area takes SENDER=AREA, such as KE1=KE, not {text!r}")
        found[sender.strip()] = (*found.get(sender.strip(), ()), *codes)
    return tuple(found.items())


sender_areas = click.option(
    "--sender-area",
    "sender_areas",
    multiple=True,
    metavar="SENDER=AREA",
    callback=_areas,
    help="The REF_AREA codes that a sender may report on, with commas between; repeatable. Other senders: any.",
)
"""The option, which gives the command the areas of each sender."""
