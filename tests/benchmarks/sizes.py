"""How much is measured and printed.

BENCH_ORDERS and BENCH_ROUNDS in the environment make it less, to try a benchmark out; with BENCH_STATEMENTS every
statement of a move is printed.
"""

import os

ORDERS = int(os.environ.get("BENCH_ORDERS", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
SHOWS_STATEMENTS = bool(os.environ.get("BENCH_STATEMENTS"))
