"""Faults: what is killed, paused and cut off, when, and by which signals."""
