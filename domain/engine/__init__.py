"""The engine: lifecycles and their registry, evaluation, the unit of work, commands, deadlines' rows and events."""
