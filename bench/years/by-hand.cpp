// Groups of components that fail and are repaired, by hand: a binary heap of events and a count of
// who is up. Prints as JSON the milliseconds of the fastest of several runs, and how often a group was
// down. Arguments: groups, members, needed, mtbf and mttr in hours, years.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <queue>
#include <vector>

struct Event {
  double at;
  int component;
  bool operator>(const Event& other) const { return at > other.at; }
};

static uint64_t state = 42;

static double uniform() {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (state >> 11) * 0x1p-53;
}

static double exponential(double mean) { return -mean * std::log(1 - uniform()); }

int main(int, char** argv) {
  const int groups = std::atoi(argv[1]);
  const int members = std::atoi(argv[2]);
  const int needed = std::atoi(argv[3]);
  const double mtbf = std::atof(argv[4]);
  const double mttr = std::atof(argv[5]);
  const double end = std::atof(argv[6]) * 8760;
  double best = 1e300;
  double down = 0;
  for (int round = 0; round < 5; round++) {
    const auto begin = std::chrono::steady_clock::now();
    std::priority_queue<Event, std::vector<Event>, std::greater<Event>> future;
    std::vector<char> isUp(groups * members, 1);
    std::vector<int> up(groups, members);
    std::vector<double> since(groups, 0);
    down = 0;
    for (int i = 0; i < groups * members; i++) future.push({exponential(mtbf), i});
    while (future.top().at < end) {
      const auto [at, component] = future.top();
      future.pop();
      const int group = component / members;
      if (isUp[component]) {
        if (up[group]-- == needed) since[group] = at;
        future.push({at + exponential(mttr), component});
      } else {
        if (++up[group] == needed) down += at - since[group];
        future.push({at + exponential(mtbf), component});
      }
      isUp[component] = !isUp[component];
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    best = std::min(best, took.count());
  }
  std::printf("{\"ms\": %.3f, \"down\": %.9g}\n", best, down / end / groups);
}
