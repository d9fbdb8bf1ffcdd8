"""Ordered slides, and the documents that carry them in and out."""
