"""Run in the template of processes alone: loads the modules of API, scheduler and worker, by name as they start, too.

Nothing here may connect, start a thread or read the settings: what it does is shared by every fork.
"""

import gc
import os
import signal
import sys
from importlib import import_module

from workers.supervision.child_process import die_with_parent

MODULES = (
    "uvicorn",
    "api.application",
    "api.server.http_protocol",
    "arq.worker",
    "domain.billing.documents.worker",
    "workers.commands.cli",
    "workers.notifications.dispatcher",
    "workers.queue.job_publisher",
    "workers.scheduler",
)
TEMPLATE_PID = os.getpid()

# The forks hold what would tell the template that its parent is gone; the kernel tells it instead.
die_with_parent(signal.SIGKILL, parent=os.getppid())()
# Who ends a whole group of processes means the forks, which end in good order.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.disable()
for name in MODULES:
    import_module(name)
# `multiprocessing` would run the module of the parent's command line in every fork, unless it is the main one already.
sys.modules["__main__"].__spec__ = sys.modules["workers.commands.cli"].__spec__
gc.freeze()
