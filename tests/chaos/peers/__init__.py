"""Other ways of making due moves on time, under the same kills."""
