"""Settings of Python's garbage collector for a long-running process."""

import gc


def load_without_collection() -> None:
    """Collect nothing while modules are loaded, until `freeze_loaded_objects`: of what they create nothing is garbage.

    A process is up after four fifths of the time.
    """
    gc.disable()


def freeze_loaded_objects() -> None:
    """Exclude the objects that exist now from collection; called once the process has started.

    Schemas and modules are several hundred thousand objects. A full collection in the middle of a large answer visited
    each of them again and took longer than many an answer. Nearly all garbage of an answer is freed by reference
    counts, so that collections also run less often.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000)
