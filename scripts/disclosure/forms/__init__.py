"""Official forms into rows: files opened within bounds, forms found by their labels, cells kept as written."""
