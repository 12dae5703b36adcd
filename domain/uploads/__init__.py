"""Uploaded files: received in parts through broken lines, put together once, and attached by their identifier."""
