"""People who use the pages in their own way: with the keyboard alone, or without scripts."""
