// Generated from schemas/resilience.schema.json by `npm run generate`. Do not edit.


/**
 * A component of the group: its id, or a mapping with the id and where it runs.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Member".
 */
export type Member = (string | {
/**
 * Name of the component, unique in the file.
 */
id: string
/**
 * The failure domain it runs in (availability zone, rack, data centre).
 */
zone?: string
/**
 * The region it runs in.
 */
region?: string
/**
 * Share of the traffic it gets, relative to its peers, with `loadBalancing: weighted`.
 */
weight?: number
})
/**
 * How long a member takes for a call to the group. A service that runs on the group has its own `latency` instead.
 */
export type Latency = (string | {
/**
 * Half of the requests take at most this long.
 */
p50?: string
/**
 * 99 % of the requests take at most this long; not below `p50`.
 */
p99?: string
/**
 * Lower end of a uniform distribution.
 */
min?: string
/**
 * Upper end of a uniform distribution; not below `min`.
 */
max?: string
/**
 * Mean of an exponential distribution.
 */
mean?: string
})
/**
 * How long the work takes when nothing is wrong: a duration (always the same), `{ p50, p99 }` (lognormal), `{ min, max }` (uniform) or `{ mean }` (exponential).
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Latency".
 */
export type Latency1 = (string | {
/**
 * Half of the requests take at most this long.
 */
p50?: string
/**
 * 99 % of the requests take at most this long; not below `p50`.
 */
p99?: string
/**
 * Lower end of a uniform distribution.
 */
min?: string
/**
 * Upper end of a uniform distribution; not below `min`.
 */
max?: string
/**
 * Mean of an exponential distribution.
 */
mean?: string
})
/**
 * A length of time: a number and a unit (`ms`, `s`, `m` or `min`, `h`, `d`), such as `250ms`, `1.5s`, `2h`, `30d`, `1m30s`, or ISO 8601 such as `PT1M30S`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Duration".
 */
export type Duration = string
/**
 * How often something happens: a number, `/` and a unit of time (`s`, `min`, `h`), such as `40/s` or `3k/min`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Rate".
 */
export type Rate = string
/**
 * A share: a percentage such as `99.95%`, or a number from 0 to 1 such as `0.9995`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Ratio".
 */
export type Ratio = (string | number)

/**
 * How a system survives failures: redundancy, circuit breakers, bulkheads, retries, timeouts, fallbacks, and the scenarios that test them.
 */
export interface ResilienceConfig {
/**
 * Where editors without Faultline find this schema.
 */
$schema?: string
/**
 * Version of this format; always `1`.
 */
version: 1
/**
 * Name of the system, for people who read the report. Absent: the name of the file.
 */
system?: string
objectives?: Objectives
/**
 * Groups of interchangeable components, by name.
 */
redundancy?: {
[k: string]: Group
}
/**
 * Circuit breakers, by name.
 */
circuitBreakers?: {
[k: string]: CircuitBreaker
}
/**
 * Pools that limit what runs at once, by name.
 */
bulkheads?: {
[k: string]: Bulkhead
}
/**
 * Retry policies, by name.
 */
retries?: {
[k: string]: Retry
}
/**
 * The parts of the system that answer requests, by name.
 */
services?: {
[k: string]: Service
}
/**
 * What may happen to the system, by name.
 */
scenarios?: {
[k: string]: Scenario
}
simulation?: Simulation
}
/**
 * What the team promises. The report holds every run against it; an absent objective is not judged.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Objectives".
 */
export interface Objectives {
/**
 * Share of requests that get an answer. `99.9%` leaves 43 minutes of downtime in 30 days.
 */
availability?: (string | number)
latency?: LatencyObjective
/**
 * Longest time that a group may stay below its minimum after a failure.
 */
rto?: string
/**
 * How much of the latest writes, as time, a failover may lose.
 */
rpo?: string
}
/**
 * The slowest that an answer may be, by percentile of all answered requests.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "LatencyObjective".
 */
export interface LatencyObjective {
/**
 * 50 % of the answers arrive within this time.
 */
p50?: string
/**
 * 95 % of the answers arrive within this time.
 */
p95?: string
/**
 * 99 % of the answers arrive within this time.
 */
p99?: string
}
/**
 * Interchangeable components that stand in for one another. Its *fault-tolerance level* is HIGH with at least twice the minimum available (healthy actives and standbys), MEDIUM with at least the minimum, else LOW.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Group".
 */
export interface Group {
/**
 * What the members are, for people who read the report.
 */
type?: string
/**
 * How many members must be healthy and active for the group to do its work. When fewer are, standbys are promoted.
 */
minHealthy?: number
/**
 * Members that serve from the start.
 */
active?: Member[]
/**
 * Members that wait and are promoted, in this order, when the healthy actives fall below the minimum.
 */
standby?: Member[]
/**
 * `hot` and `warm` standbys run, and can fail, while they wait; a `cold` one is off and cannot. How long promotion takes is `activation`.
 */
standbyMode?: ("hot" | "warm" | "cold")
/**
 * How long a promoted standby takes before it serves.
 */
activation?: string
/**
 * Says that this group runs one instance by design (a leader, a cron job), so that it is not flagged.
 */
singleton?: boolean
/**
 * How the next member is chosen among the healthy actives.
 */
loadBalancing?: ("round-robin" | "random" | "least-loaded" | "power-of-two" | "weighted")
latency?: Latency
/**
 * Share of requests that fail at a healthy member, whether they call the group or a service that runs on it.
 */
errorRate?: (string | number)
/**
 * Requests that one member can serve in a unit of time. What arrives faster waits in line. Without it a member is never the bottleneck.
 */
capacity?: string
failures?: Failures
recovery?: Recovery
replication?: Replication
}
/**
 * How often members fail by themselves during a simulation. Without it they fail only when a scenario says so.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Failures".
 */
export interface Failures {
/**
 * Mean up time of one member; the time to the next failure is drawn from an exponential distribution.
 */
mtbf: string
}
/**
 * How a failed member comes back: attempt *n* takes `time` grown by `growth` up to `maxTime`, works with probability `successRate`, and is repeated `retryAfter` a failed one, at most `maxAttempts` times.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Recovery".
 */
export interface Recovery {
/**
 * How long the first recovery attempt takes.
 */
time?: string
/**
 * How the time grows with the attempt: `linear` n × time, `exponential` 2ⁿ⁻¹ × time, `constant`.
 */
growth?: ("linear" | "constant" | "exponential")
/**
 * No attempt takes longer than this; at least `time`. Where it is not written it is `30s`, or `time` if that is longer.
 */
maxTime?: string
/**
 * Probability that an attempt brings the member back.
 */
successRate?: (string | number)
/**
 * After so many failed attempts the member stays down.
 */
maxAttempts?: number
/**
 * Time between a failed attempt and the next.
 */
retryAfter?: string
}
/**
 * How writes reach the other members, which decides what a failover loses and how many members must be up.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Replication".
 */
export interface Replication {
/**
 * `async`: a failover loses up to `lag` of writes. `sync`: it loses nothing. `quorum`: the group serves while enough copies agree, and loses nothing.
 */
mode?: ("async" | "sync" | "quorum")
/**
 * Members that hold a copy and, with `quorum`, vote. Absent: every member.
 */
copies?: number
/**
 * Copies that must confirm a write. Absent: a majority of the copies.
 */
write?: number
/**
 * Copies that must answer a read. Absent: a majority of the copies.
 */
read?: number
/**
 * How far a copy may be behind under `async`.
 */
lag?: string
}
/**
 * Stops calling a dependency that keeps failing. Closed: each failure raises a counter and each success lowers it by one; at `failureThreshold` it opens. Open: calls are rejected until `recoveryTimeout` after the last failure. Half-open: `successThreshold` successes close it, one failure opens it again.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "CircuitBreaker".
 */
export interface CircuitBreaker {
/**
 * Failures, less successes, that open it.
 */
failureThreshold?: number
/**
 * How long it stays open after the last failure before it lets trial calls through.
 */
recoveryTimeout?: string
/**
 * Successful trial calls that close it; at most so many trials run at once.
 */
successThreshold?: number
}
/**
 * A pool of slots that limits how much runs at once, so that one slow dependency cannot take everything.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Bulkhead".
 */
export interface Bulkhead {
/**
 * Slots: how many requests may run at once.
 */
size: number
/**
 * How many requests may wait for a slot. 0 rejects at once when the pool is full.
 */
queue?: number
/**
 * How long a request may wait in the queue.
 */
maxWait?: string
}
/**
 * Tries a failed call again.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Retry".
 */
export interface Retry {
/**
 * Total tries, the first one included: `3` means one call and at most two retries.
 */
attempts?: number
backoff?: Backoff
/**
 * Retries allowed as a share of first tries over the last 10 seconds, so that an outage does not multiply the load; 3 retries a second are always allowed. Absent: without limit.
 */
budget?: (string | number)
}
/**
 * How long to wait before each retry: `initial` × `factor`ⁿ⁻¹, at most `max`, randomised by `jitter`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Backoff".
 */
export interface Backoff {
/**
 * Wait before the first retry.
 */
initial?: string
/**
 * What each further wait is multiplied with; 1 keeps it constant.
 */
factor?: number
/**
 * No wait is longer than this.
 */
max?: string
/**
 * How the wait is randomised, so that clients do not retry in step: `full` between 0 and the wait, `equal` between half and all of it, `decorrelated` between the first wait and three times the previous one, `none`.
 */
jitter?: ("full" | "equal" | "decorrelated" | "none")
}
/**
 * A part of the system that answers requests, does some work of its own and calls others.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Service".
 */
export interface Service {
/**
 * How critical it is; 1 is the most critical.
 */
tier?: number
/**
 * The redundancy group whose members run this service. A request needs one of them.
 */
runsOn?: string
/**
 * The pool that limits how many requests the service works on at once.
 */
bulkhead?: string
traffic?: Traffic
latency?: Latency1
/**
 * Share of requests that fail in the service's own work.
 */
errorRate?: (string | number)
/**
 * Requests that the service can serve in a unit of time. What arrives faster waits in line. Where it `runsOn` a group, the capacity of the members counts instead.
 */
capacity?: string
/**
 * Calls made for each request, one after another in this order.
 */
calls?: Call[]
}
/**
 * Requests that arrive from outside.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Traffic".
 */
export interface Traffic {
/**
 * Mean rate of a Poisson stream of requests.
 */
rate: string
}
/**
 * A call to a service or a redundancy group, with its protection. From the outside in: fallback, retry, circuit breaker, bulkhead, timeout.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Call".
 */
export interface Call {
/**
 * The service or redundancy group that is called.
 */
to: string
/**
 * How long each attempt may take. Without it the caller waits for as long as it takes.
 */
timeout?: string
/**
 * The retry policy.
 */
retry?: string
/**
 * The breaker; calls that name the same one share its state.
 */
circuitBreaker?: string
/**
 * The pool whose slot the call occupies for as long as it runs.
 */
bulkhead?: string
/**
 * Whether the call may be made twice without harm. If not, it is retried only when it never reached the callee.
 */
idempotent?: boolean
fallback?: Fallback
}
/**
 * What answers when the call fails: the last good answer while it is fresh enough, else the default. The answer counts as *degraded*, not as failed.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Fallback".
 */
export interface Fallback {
/**
 * Use the last good answer to the same request while it is younger than this.
 */
cache?: string
/**
 * How many different requests there are, each cached apart; a simulated request is one of them at random.
 */
keys?: number
/**
 * The answer to give when nothing is cached; any value.
 */
default?: {
[k: string]: unknown
}
}
/**
 * Something that happens to the system, to be simulated and learnt from.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Scenario".
 */
export interface Scenario {
/**
 * One sentence for people who read the report.
 */
description?: string
/**
 * What goes wrong, and when.
 */
faults?: Fault[]
load?: Load
expect?: Expectations
}
/**
 * One thing that goes wrong: `fail` stops a component or a whole group, `degrade` makes one, or a service, slow or faulty, `randomFailures` draws failures by chance.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Fault".
 */
export interface Fault {
/**
 * When it happens, from the start of the run.
 */
at?: string
/**
 * How long it lasts. Absent: a failed component comes back as its recovery policy says; a degradation lasts to the end.
 */
for?: string
/**
 * The component or group that stops.
 */
fail?: string
/**
 * What kind of failure it is, for the failure patterns in the report.
 */
type?: string
/**
 * How bad the failure is, for the failure patterns in the report.
 */
severity?: ("low" | "medium" | "high" | "critical")
/**
 * The component, group or service that gets slow or faulty.
 */
degrade?: string
/**
 * Share of requests that fail while it is degraded. It never fails less than usual.
 */
errorRate?: (string | number)
/**
 * Added to every request while it is degraded.
 */
latency?: string
randomFailures?: RandomFailures
}
/**
 * Failures at random times of random components, repaired after a random time.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "RandomFailures".
 */
export interface RandomFailures {
/**
 * How many failures.
 */
count: number
/**
 * They happen at random within this time. Absent: within the whole run.
 */
within?: string
/**
 * The components that may fail. Absent: all.
 * 
 * Items: A component that may fail.
 */
components?: string[]
repair: RepairRange
}
/**
 * Drawn evenly between these.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "RepairRange".
 */
export interface RepairRange {
/**
 * Shortest repair.
 */
min: string
/**
 * Longest repair.
 */
max: string
}
/**
 * A load test: a fixed number of requests from callers that each wait for their answer before they send the next.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Load".
 */
export interface Load {
/**
 * How many requests in all.
 */
requests: number
/**
 * How many callers send at the same time.
 */
callers: number
/**
 * Each request goes to one of these at random.
 * 
 * @minItems 1
 * 
 * Items: A service that is called.
 */
services: [string, ...(string)[]]
}
/**
 * What must hold in this scenario; the report says whether it did.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Expectations".
 */
export interface Expectations {
/**
 * Least share of requests that get an answer, such as `>= 99.9%`.
 */
availability?: string
/**
 * Slowest that 99 % of the answers may be, such as `<= 800ms`.
 */
latencyP99?: string
/**
 * Longest time until requests are answered as before and every group has its minimum again.
 */
recoversWithin?: string
}
/**
 * How to simulate this file.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Simulation".
 */
export interface Simulation {
/**
 * Simulated time of one run.
 */
duration?: string
/**
 * Start of all random numbers: the same file and seed give the same report.
 */
seed?: number
/**
 * How many runs, each with other random numbers; the report gives means with 95 % confidence intervals.
 */
replications?: number
}
