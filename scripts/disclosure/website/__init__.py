"""Pages: records first, rendered last."""
