"""The fast reader of SDMX-ML data says exactly what expat says: rows, lines, counts, findings."""

import random

import pytest
from corpora import CORPORA, files_of, needs_corpora
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from interop.ml_reading import reading, source_of
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx import ml_parse
from semstat.interop.sources import sources

