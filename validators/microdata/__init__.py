"""Microdata held to what their documentation states: layout, keys, codes, ranges, missing values, statistics."""

from semstat.validators.microdata.described import described_files
from semstat.validators.microdata.described_files import (
    DescribedCode,
    DescribedFile,
    DescribedRecord,
    DescribedVariable,
    RecordLink,
    StatedCondition,
    StatedRange,
    StatedRule,
    StatedStatistic,
)

__all__ = [
    "DescribedCode",
    "DescribedFile",
    "DescribedRecord",
    "DescribedVariable",
    "RecordLink",
    "StatedCondition",
    "StatedRange",
    "StatedRule",
    "StatedStatistic",
    "described_files",
]
