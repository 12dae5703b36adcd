"""Who downloads which file: a table written by hand, and every viewer who tries."""
