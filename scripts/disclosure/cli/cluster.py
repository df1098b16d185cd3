"""Work spread over the processes of a Dask cluster: one of this machine, or an existing one."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, Security, as_completed
from distributed.comm.core import connect
from distributed.scheduler import NoWorkerError

from disclosure.cli.batch import Job, Outcome
from disclosure.cli.report import COULD_NOT_RUN, progress
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError

PATIENCE = 20  # seconds, with a scheduler, and with its first worker
# How long a package waits when no process is left: Dask starts none anew for one that dies while it starts.
DESERTED = {"distributed.scheduler.no-workers-timeout": "60s"}
GIVEN_UP = "Every process that worked on this package died: too little memory, or code that kills."
NOBODY = "No process was left to work on this package: all died, and none took their place."


class NoCluster(DisclosureError):
    """There is no Dask scheduler with a worker at that address."""


def spread(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], scheduler: str | None, workers: int | None
) -> list[Outcome]:
    """The outcome of each job, in their order. Raises NoCluster.

    A job whose worker dies is done again, as often as Dask's `allowed-failures` says. What waited at the same
    worker is blamed with it, so the blamed are tried once more, each with nobody beside it.
    """
    with _client(scheduler, workers) as client:
        futures = {client.submit(work, job, pure=False): place for place, job in enumerate(jobs)}
        found: dict[int, Outcome | None] = {}
        for _, future in zip(progress(jobs), as_completed(futures), strict=True):
            found[futures[future]] = _outcome(future)
            future.release()  # what has been told is not done again for a worker that dies later
        return [
            found[place]
            or _outcome(client.submit(work, job, pure=False))
            or Outcome(COULD_NOT_RUN, why=spoken(GIVEN_UP))
            for place, job in enumerate(jobs)
        ]


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    if scheduler:
        with _existing(scheduler) as client:
            yield client
        return
    # It listens on this machine only; port 0: no port that another program might want.
    local = {"processes": True, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with (
        dask.config.set(DESERTED),
        LocalCluster(workers, silence_logs=logging.ERROR, **local) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _existing(scheduler: str) -> Any:
    try:
        with ThreadPoolExecutor(1) as apart:  # whoever calls, such as a notebook, may run a loop already
            apart.submit(asyncio.run, asyncio.wait_for(_greeted(scheduler), PATIENCE)).result()
        client = Client(scheduler, timeout=PATIENCE)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        why = str(error) or spoken("no answer in {} seconds").format(PATIENCE)
        raise NoCluster(f"{scheduler}: {why}") from error
    return client


async def _greeted(scheduler: str) -> None:
    """Somebody speaks Dask there: a client waits for a greeting without end, and takes any answer for one.

    Raises OSError, ValueError.
    """
    try:
        met = await connect(scheduler, timeout=PATIENCE, **Security().get_connection_args("client"))
    except (OSError, ValueError):
        raise
    except Exception as error:  # of a web server's answer, say, the memory that such a message would need
        raise ValueError(spoken("another program answers there")) from error
    await met.close()


def _outcome(future: Any) -> Outcome | None:
    """What a job came to; None where its workers died."""
    try:
        found: Outcome = future.result()
    except KilledWorker:
        return None
    except NoWorkerError:
        return Outcome(COULD_NOT_RUN, why=spoken(NOBODY))
    except Exception as error:  # a bug that one package brings to light is that package's outcome
        return Outcome(COULD_NOT_RUN, why=f"{type(error).__name__}: {error}")
    return found
