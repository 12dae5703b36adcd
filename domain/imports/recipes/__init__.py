"""How each kind of file is read: its columns, and the moves that its rows become."""
