"""The system as a whole: every move, races, and the story of one order."""
