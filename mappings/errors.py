"""What goes wrong with mappings: a table that is not SSSOM, a set that cannot be inverted."""

from semstat.ontology.errors import SemstatError

__all__ = ["SssomError"]


class SssomError(SemstatError):
    """A mapping set is not what SSSOM demands.

    ``line`` is the line of the table (or of its external metadata), counted from 1; ``None`` for a set in memory.

    Example:
        >>> str(SssomError("the table has no column `predicate_id`", line=12))
        'line 12: the table has no column `predicate_id`'
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.line = line
