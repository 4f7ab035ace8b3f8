"""M/M/c/K with SimPy 3 or 4, as its own examples write it. Prints the fastest of a few runs as JSON.

Arguments: servers, places, load, requests.
"""

import json
import random
import sys
import time

import simpy


def simulate(servers, places, load, requests, seed):
    arrivals, services = random.Random(seed), random.Random(seed + 1)
    environment = simpy.Environment()
    pool = simpy.Resource(environment, capacity=servers)
    responses = []

    def request():
        begin = environment.now
        with pool.request() as slot:
            yield slot
            yield environment.timeout(services.expovariate(1))
        responses.append(environment.now - begin)

    def source():
        for _ in range(requests):
            yield environment.timeout(arrivals.expovariate(load))
            if pool.count + len(pool.queue) < places:
                environment.process(request())

    environment.process(source())
    environment.run()
    return sum(responses) / len(responses)


servers, places, load, requests = (float(text) for text in sys.argv[1:])
fastest, response = float("inf"), 0
for seed in range(3):
    begin = time.perf_counter()
    response = simulate(int(servers), int(places), load, int(requests), seed)
    fastest = min(fastest, 1e9 * (time.perf_counter() - begin) / requests)
print(json.dumps({"nsPerRequest": fastest, "meanResponse": response}))
