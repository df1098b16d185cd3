"""Official forms into rows: files within bounds, forms found by their labels, cells kept as written."""
