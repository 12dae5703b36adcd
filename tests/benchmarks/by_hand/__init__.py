"""The moves of the benchmarks written by hand: as tightly as SQL allows, and as one does with the ORM."""
