"""Descriptor, CSV and schemas in; a typed, read-only package out."""
