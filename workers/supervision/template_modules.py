"""Modules that the template of processes loads: all of the API, the scheduler and the worker.

Nothing here may connect, start a thread or read the settings: what it does is shared by every fork.
"""

import gc
import os
import signal

from workers.supervision.child_process import die_with_parent

# The forks hold what would tell the template that its parent is gone; the kernel tells it instead.
die_with_parent(signal.SIGKILL, parent=os.getppid())()
# Who ends a whole group of processes means the forks, which end in good order.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.disable()

import arq.worker  # noqa: E402
import uvicorn  # noqa: E402

import api.application  # noqa: E402
import api.server.http_protocol  # noqa: E402
import domain.billing.documents.worker  # noqa: E402
import workers.notifications.dispatcher  # noqa: E402
import workers.queue.job_publisher  # noqa: E402
import workers.scheduler  # noqa: E402
from workers.commands import cli  # noqa: E402

__all__ = ["TEMPLATE_PID", "api", "arq", "cli", "domain", "uvicorn", "workers"]

TEMPLATE_PID = os.getpid()
gc.freeze()
