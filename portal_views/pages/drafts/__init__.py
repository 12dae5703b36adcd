"""The forms of order drafts, their sums while they are filled in, and their saving by themselves."""
