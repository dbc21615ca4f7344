"""The prefix of every IRI that the project mints."""

__all__ = ["BASE"]

BASE = "https://w3id.org/semstat/"
