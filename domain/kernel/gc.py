"""Python's garbage collector, and what it need not look at."""

import gc


def freeze_loaded_objects() -> None:
    """Tell the collector that what is there now stays as long as the process; to be called once it has started.

    Schemas and modules are several hundred thousand objects. A full collection in the middle of a large answer looked
    at each of them again, and took longer than many an answer. What an answer leaves behind is nearly always gone by
    itself, so that cycles are looked for less often too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
