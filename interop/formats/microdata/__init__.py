"""Microdata files: delimited, fixed width, Parquet, and those of statistical packages, as column batches."""
