"""The server as `signage-server run` makes it, with a fleet to serve, which times itself: edits and their manifests.

    SIGNAGE_HOME=… python -m benchmarks.fleet_server

Prints one line of JSON and ends; run by `benchmarks.bench_time`.
"""

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

    from benchmarks import fleet_watch

    fleet_watch.main()
