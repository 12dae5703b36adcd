"""The execution of operations on many rows: started, carried out in portions, and resumed by any process."""
