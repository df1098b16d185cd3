"""A plainly fictional department of any size: for benchmarks, for demonstrations, and for tests."""
