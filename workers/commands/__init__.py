"""What the commands do, one module for each kind; `workers.command` names them."""
