"""Chaos: real processes under load that are killed, paused and cut off, and the proof that nothing was lost by it."""
