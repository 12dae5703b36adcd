"""Implementations of the commands, one module for each kind; `workers.commands.cli` declares them."""
