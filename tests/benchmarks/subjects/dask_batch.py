"""A batch on a local Dask cluster: `dask_batch.py WORKERS FOLDER OUTPUT`, each worker one process of one thread.

Prints slices a second, as JSON, from the first file that is done to the last: the workers have loaded by then.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from time import perf_counter

from distributed import LocalCluster

from covidviewer.services.batch.cluster import ClusterBackend
from covidviewer.services.batch.cluster_worker import WorkerConfig, model_name
from covidviewer.services.batch.plan import BatchPlan
from covidviewer.services.batch.run import BatchRun
from covidviewer.services.scoring import load_scorer

SKIPPED = 64
"""Files before the count begins."""


def main(workers: int, folder: Path, output: Path) -> None:
    """Score the folder, and count."""
    cluster = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=60
    )
    scorer = load_scorer("litert")
    plan = BatchPlan(folder, output, recursive=True)
    order = WorkerConfig(partial(load_scorer, "litert", "cpu", None, 1), model_name(scorer), None, 60.0)
    with cluster, ClusterBackend(cluster.scheduler_address, order, largest_chunk=8) as work:
        batch = BatchRun(plan, scorer, backend=work)
        begin, done = 0.0, 0
        for done, _ in enumerate(batch.outcomes(), start=1):
            if done == SKIPPED:
                begin = perf_counter()
        rate = (done - SKIPPED) / (perf_counter() - begin)
        batch.finish()
        batch.close()
    print(json.dumps({"rate": rate}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
