"""What the commands do, one module for each kind; `workers.commands.cli` names them."""
