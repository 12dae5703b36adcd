"""How much is measured and printed.

BENCH_ORDERS, BENCH_MEMBERS, BENCH_CUSTOMERS and BENCH_ROUNDS in the environment make it less, to try a benchmark out;
with BENCH_STATEMENTS every statement of a move or of a slow page is printed.
"""

import os

ORDERS = int(os.environ.get("BENCH_ORDERS", "100000"))
MEMBERS = int(os.environ.get("BENCH_MEMBERS", "2000"))
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
SHOWS_STATEMENTS = bool(os.environ.get("BENCH_STATEMENTS"))
