"""DDI: Codebook, Lifecycle and CDI, read into the hub graph and written from it."""
