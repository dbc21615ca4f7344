"""The column executor: stages a stream of batches in an embedded engine and runs a plan there as SQL."""
