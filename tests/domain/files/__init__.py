"""Tests of the object storage, on a folder and on a real S3 server."""
