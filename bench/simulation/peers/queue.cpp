// M/M/c/K by hand: a binary heap of events, nothing that can be left out. Prints the fastest of
// several runs as JSON. Arguments: servers, places, load, requests.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <queue>
#include <vector>

// xoshiro128**, as in core/time.
struct Random {
  uint32_t a, b, c, d;
  double next() {
    uint32_t result = b * 5;
    result = (result << 7 | result >> 25) * 9;
    const uint32_t shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = d << 11 | d >> 21;
    return result * 0x1p-32;
  }
  double exponential(double mean) { return -mean * std::log(1 - next()); }
};

struct Event {
  double at;
  uint64_t order;
  bool isArrival;
  double arrivedAt;
  bool operator>(const Event& other) const {
    return at > other.at || (at == other.at && order > other.order);
  }
};

int main(int, char** argv) {
  const long servers = std::atol(argv[1]), places = std::atol(argv[2]);
  const double gap = 1 / std::atof(argv[3]);
  const long requests = std::atol(argv[4]);
  double fastest = INFINITY, response = 0;
  for (uint32_t run = 1; run <= 10; run++) {
    Random arrivals{run, 2, 3, 5}, services{run, 13, 17, 19};
    std::priority_queue<Event, std::vector<Event>, std::greater<Event>> events;
    std::deque<double> waiting;
    uint64_t order = 0;
    long busy = 0, arrived = 0, answered = 0;
    double total = 0;
    const auto begin = std::chrono::steady_clock::now();
    events.push({arrivals.exponential(gap), order++, true, 0});
    while (arrived < requests) {
      const Event event = events.top();
      events.pop();
      if (event.isArrival) {
        arrived++;
        events.push({event.at + arrivals.exponential(gap), order++, true, 0});
        if (busy < servers) {
          busy++;
          events.push({event.at + services.exponential(1), order++, false, event.at});
        } else if ((long)waiting.size() < places - servers) {
          waiting.push_back(event.at);
        }
        continue;
      }
      answered++;
      total += event.at - event.arrivedAt;
      if (waiting.empty()) {
        busy--;
      } else {
        events.push({event.at + services.exponential(1), order++, false, waiting.front()});
        waiting.pop_front();
      }
    }
    const std::chrono::duration<double, std::nano> ns = std::chrono::steady_clock::now() - begin;
    fastest = std::fmin(fastest, ns.count() / requests);
    response = total / answered;
  }
  std::printf("{\"nsPerRequest\": %f, \"meanResponse\": %f}\n", fastest, response);
}
