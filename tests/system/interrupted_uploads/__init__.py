"""Uploads over a line that is cut, to an API that is killed: what arrives is what was sent."""
