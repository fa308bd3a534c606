"""gunicorn's settings, under `make run` as in production; `--bind` or GUNICORN_CMD_ARGS say where it listens."""

import gc
import multiprocessing
import os

wsgi_app = "archive.wsgi"
# Pages are computed in Python: a worker per core, and a few threads each for slow readers.
workers = int(os.environ.get("WEB_CONCURRENCY", min(4, multiprocessing.cpu_count())))
threads = 4
worker_class = "gthread"
# Reading an upload happens in a child process that is given 20 seconds at most.
timeout = 60
graceful_timeout = 10
# What leaks in a library is given back.
max_requests = 5000
max_requests_jitter = 500
accesslog = os.environ.get("MASSLINE_ACCESS_LOG") or None
errorlog = "-"
loglevel = "warning"
limit_request_line = 8190
limit_request_fields = 60
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
proc_name = "massline"


def post_worker_init(worker):
    """What the program is made of stays until its end: looking through it for garbage would only hold up readers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
