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
 * Shape of a Weibull distribution with the median `p50`: below 1 its tail is longer than an exponential one, above 1 shorter.
 */
shape?: number
/**
 * As measured: so many percent of the requests take at most this long. Between two percentiles times are spread evenly, below the lowest one from 0 (or `p0`) on. Nothing takes longer than the highest: write `p100` where the slowest is known.
 */
percentiles?: {
/**
 * This percentile.
 */
[k: string]: string
}
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
 * How long the work takes when nothing is wrong: a duration (always the same), `{ p50, p99 }` (lognormal), `{ p50, shape }` (Weibull), `{ min, max }` (uniform), `{ mean }` (exponential) or measured `{ percentiles }`.
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
 * Shape of a Weibull distribution with the median `p50`: below 1 its tail is longer than an exponential one, above 1 shorter.
 */
shape?: number
/**
 * As measured: so many percent of the requests take at most this long. Between two percentiles times are spread evenly, below the lowest one from 0 (or `p0`) on. Nothing takes longer than the highest: write `p100` where the slowest is known.
 */
percentiles?: {
/**
 * This percentile.
 */
[k: string]: string
}
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
 * What answers when the call fails: the last good answer while it is fresh enough, else another service, else the default; or a list of such steps, tried in its order. The answer counts as *degraded*, not as failed.
 * 
 * @minItems 1
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Fallback".
 */
export type Fallback = ({
/**
 * Use the last good answer to the same request while it is younger than this.
 */
cache?: string
/**
 * How many different requests there are, each cached apart; a simulated request is one of them at random.
 */
keys?: number
/**
 * The service or redundancy group to ask instead.
 */
call?: string
/**
 * How long the other service may take. Absent: as long as it takes.
 */
timeout?: string
/**
 * The answer to give when nothing else answers; any value.
 */
default?: {
[k: string]: unknown
}
} | [FallbackStep, ...(FallbackStep)[]])
/**
 * How long the work takes when nothing is wrong: a duration (always the same), `{ p50, p99 }` (lognormal), `{ p50, shape }` (Weibull), `{ min, max }` (uniform), `{ mean }` (exponential) or measured `{ percentiles }`.
 */
export type Latency2 = (string | {
/**
 * Half of the requests take at most this long.
 */
p50?: string
/**
 * 99 % of the requests take at most this long; not below `p50`.
 */
p99?: string
/**
 * Shape of a Weibull distribution with the median `p50`: below 1 its tail is longer than an exponential one, above 1 shorter.
 */
shape?: number
/**
 * As measured: so many percent of the requests take at most this long. Between two percentiles times are spread evenly, below the lowest one from 0 (or `p0`) on. Nothing takes longer than the highest: write `p100` where the slowest is known.
 */
percentiles?: {
/**
 * This percentile.
 */
[k: string]: string
}
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
 * What must hold in this scenario; the report says whether it did, and `faultline test` fails where it did not. For the whole run and the whole system, or with `of`, `from`, `to`, `during` and `after` for a part of it; a list where several parts promise something.
 * 
 * @minItems 1
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Expectations".
 */
export type Expectations = ({
/**
 * Share of requests that get an answer, in full or by a fallback, such as `>= 99.9%`. With `of`: of a service, or the share of the time that a redundancy group has its minimum.
 */
availability?: string
/**
 * Share of requests that fail, such as `<= 1%`.
 */
errorRate?: string
/**
 * Share of requests that a fallback answers, such as `<= 5%`.
 */
degradedRate?: string
/**
 * Requests answered in full, per time, such as `>= 35/s`.
 */
goodput?: string
/**
 * Time within which half of the answers come, such as `<= 100ms`.
 */
latencyP50?: string
/**
 * Time within which 90 % of the answers come, such as `<= 300ms`.
 */
latencyP90?: string
/**
 * Time within which 95 % of the answers come, such as `<= 400ms`.
 */
latencyP95?: string
/**
 * Time within which 99 % of the answers come, such as `<= 800ms`.
 */
latencyP99?: string
/**
 * Time within which 99.9 % of the answers come, such as `<= 2s`. Any other percentile is written alike: `latencyP75`.
 */
"latencyP99.9"?: string
/**
 * Longest time until requests are answered as before and every group has its minimum again. With `of`: until that group has.
 */
recoversWithin?: string
/**
 * How many requests fail, such as `<= 100`.
 */
droppedRequests?: string
/**
 * Tries that leave their caller per call that is meant to be made, such as `<= 1.5`. With `of`: of the calls of a service; with `calling` too: of its calls to that callee.
 */
amplification?: string
/**
 * How many tries follow a failure, such as `<= 500`; `of` and `calling` as with `amplification`.
 */
retries?: string
/**
 * How often the breaker, or without `of` any, opens, such as `<= 1`.
 */
breakerOpens?: string
/**
 * State of the breaker, or without `of` of every one, when the window ends.
 */
breakerState?: ("closed" | "open" | "half-open")
/**
 * Share of the slots of a bulkhead, or without `of` of all, in use on average, such as `<= 80%`.
 */
poolUse?: string
/**
 * How many wait for a slot of a bulkhead, or without `of` of any, on average, such as `<= 2`.
 */
queue?: string
/**
 * How many calls and requests a breaker, bulkhead, rate limiter, concurrency limit or connection pool, or without `of` all of them, turn away, such as `<= 10`.
 */
rejections?: string
/**
 * What the numbers are of: a service, a redundancy group, a breaker, a pool or a limit. Absent: the whole system, as its users see it.
 */
of?: string
/**
 * Only its calls to this service or redundancy group; for `amplification` and `retries`.
 */
calling?: string
/**
 * Time since the run began from which on it must hold. Absent: from the beginning.
 */
from?: string
/**
 * Time since the run began until which it must hold. Absent: until the end.
 */
to?: string
/**
 * `fault`: only while something is down or degraded.
 */
during?: "fault"
/**
 * `fault`: only after something was down or degraded, while nothing is any more.
 */
after?: "fault"
} | [Expectations, ...(Expectations)[]])
/**
 * A length of time: a number and a unit (`ms`, `s`, `m` or `min`, `h`, `d`), such as `250ms`, `1.5s`, `2h`, `30d`, `1m30s`, or ISO 8601 such as `PT1M30S`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Duration".
 */
export type Duration = string
/**
 * A length of time forwards, such as `10m`, or backwards, such as `-10m`.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Offset".
 */
export type Offset = string
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
/**
 * Other resilience configs that belong to the same system, as paths from this file. What they define can be named here; their objectives, scenarios and settings are their own. Files of other tools (Dapr, Istio, Kubernetes and so on) can be imported too: what is said here under the name of one of their services or groups adds what they do not say, such as `traffic`, `latency` and `failures`.
 * 
 * @maxItems 100
 * 
 * Items: A resilience config, as a path from this file.
 */
imports?: string[]
objectives?: Objectives
/**
 * Groups of interchangeable components, by name.
 */
redundancy?: {
[k: string]: Group
}
/**
 * How often the zones that members name fail as a whole.
 */
zones?: {
[k: string]: FailureDomain
}
/**
 * How often the regions that members name fail as a whole.
 */
regions?: {
[k: string]: FailureDomain
}
network?: FailureDomain1
/**
 * Crews that `recovery.crew` and `repair.crew` name.
 */
repairCrews?: {
[k: string]: RepairCrew
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
 * Limits on how many calls are made in a unit of time, by name.
 */
rateLimiters?: {
[k: string]: RateLimiter
}
/**
 * Limits on how many calls run at once that adapt to how the callee is doing, by name.
 */
concurrencyLimits?: {
[k: string]: ConcurrencyLimit
}
/**
 * Pools of connections that are kept open and used again, by name.
 */
connectionPools?: {
[k: string]: ConnectionPool
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
 * Probability that a standby takes over when an active member fails. Otherwise the group is down until the failed member is back. Simulated over years.
 */
coverage?: (string | number)
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
 * How much longer a request takes for each other one that is being worked on when it begins at the same member: what requests in progress cost one another in locks, memory and processor time. Absent: nothing.
 */
contention?: string
/**
 * Share of requests that fail at a healthy member, whether they call the group or a service that runs on it.
 */
errorRate?: (string | number)
/**
 * Requests that one member can serve in a unit of time. What arrives faster waits in line. Without it a member is never the bottleneck.
 */
capacity?: string
/**
 * Connections that one member accepts at once, from all callers together, such as `max_connections` of PostgreSQL. The connection pools in front of the group must not ask for more. In a simulation each call in progress at a member takes one, and a call that finds none is refused.
 */
maxConnections?: number
failures?: Failures
recovery?: Recovery
replication?: Replication
detection?: Detection
failover?: Failover
}
/**
 * How often members fail by themselves during a simulation. Without it they fail only when a scenario says so.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Failures".
 */
export interface Failures {
/**
 * Mean up time of one member; the time to the next failure is drawn from `distribution`.
 */
mtbf: string
/**
 * How times to the next failure spread around their mean.
 */
distribution?: ("exponential" | "weibull" | "lognormal" | "constant")
/**
 * Shape of a `weibull` distribution: below 1 for early failures, 1 is `exponential`, above 1 for wear.
 */
shape?: number
/**
 * Standard deviation of the logarithm, for a `lognormal` distribution.
 */
sigma?: number
/**
 * How often a standby fails while it waits, relative to an active member. By default `100%` for `hot` and `warm` standbys; a `cold` one is off and cannot fail.
 */
standbyRate?: (string | number)
/**
 * Share of a member's failures that strike all running members of the group at once, such as a bad deployment or an expired certificate (the β factor). Simulated over years.
 */
commonCause?: (string | number)
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
/**
 * How the times of attempts spread around their mean.
 */
distribution?: ("exponential" | "weibull" | "lognormal" | "constant")
/**
 * Shape of a `weibull` distribution: 1 is `exponential`, higher is closer to the mean.
 */
shape?: number
/**
 * Standard deviation of the logarithm, for a `lognormal` distribution.
 */
sigma?: number
/**
 * The crew of `repairCrews` that recovers members, one at a time for each of its people; the others wait. Without it no member waits. Simulated over years.
 */
crew?: string
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
 * How far a copy may be behind under `async`, or behind those that a quorum has written to.
 */
lag?: string
}
/**
 * How the failure of a member is noticed. Until then it is still given requests, which fail. Absent: at once.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Detection".
 */
export interface Detection {
/**
 * `heartbeat`: failed after `missed` heartbeats in a row did not come. `phi-accrual`: failed when a heartbeat is so late that, judged by the earlier ones, the odds against it are 10^`failedPhi` to 1; from `weakeningPhi` on the member counts as degraded (Hayashibara et al., 2004).
 */
method?: ("heartbeat" | "phi-accrual")
/**
 * How often a member sends a heartbeat.
 */
interval?: string
/**
 * With `heartbeat`: how many in a row must be missing.
 */
missed?: number
/**
 * With `phi-accrual`: the suspicion from which a member counts as degraded.
 */
weakeningPhi?: number
/**
 * With `phi-accrual`: the suspicion from which a member counts as failed; not below `weakeningPhi`.
 */
failedPhi?: number
}
/**
 * Callers use the group as a fault-tolerant database: a refused connection or a timeout fails the member over, any other error degrades it, and the operation is tried again elsewhere. Writes go to members below `writeLoadLimit`; reads to any healthy one.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Failover".
 */
export interface Failover {
/**
 * Tries of an operation in all, the first one included.
 */
attempts?: number
/**
 * Wait before the second try; it doubles before each further one.
 */
wait?: string
/**
 * A member with this much load, or more, is given no writes.
 */
writeLoadLimit?: (string | number)
/**
 * Successes in a row after which a degraded member is healthy again.
 */
restoreAfter?: number
/**
 * How often a degraded member is checked.
 */
healthCheck?: string
}
/**
 * How often a zone, a region or the network between zones fails as a whole, and how long until it is repaired. Simulated over years.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "FailureDomain".
 */
export interface FailureDomain {
/**
 * Mean time until it fails as a whole.
 */
mtbf: string
/**
 * How times to the next failure spread around their mean.
 */
distribution?: ("exponential" | "weibull" | "lognormal" | "constant")
/**
 * Shape of a `weibull` distribution: below 1 for early failures, 1 is `exponential`, above 1 for wear.
 */
shape?: number
/**
 * Standard deviation of the logarithm, for a `lognormal` distribution.
 */
sigma?: number
repair: DomainRepair
}
/**
 * How a failed zone, region or network comes back.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "DomainRepair".
 */
export interface DomainRepair {
/**
 * Mean time of a repair, once it has begun.
 */
time: string
/**
 * How repair times spread around their mean.
 */
distribution?: ("exponential" | "weibull" | "lognormal" | "constant")
/**
 * Shape of a `weibull` distribution: 1 is `exponential`, higher is closer to the mean.
 */
shape?: number
/**
 * Standard deviation of the logarithm, for a `lognormal` distribution.
 */
sigma?: number
/**
 * The crew of `repairCrews` that repairs it. Without one the repair begins at once.
 */
crew?: string
}
/**
 * How often a zone, a region or the network between zones fails as a whole, and how long until it is repaired. Simulated over years.
 */
export interface FailureDomain1 {
/**
 * Mean time until it fails as a whole.
 */
mtbf: string
/**
 * How times to the next failure spread around their mean.
 */
distribution?: ("exponential" | "weibull" | "lognormal" | "constant")
/**
 * Shape of a `weibull` distribution: below 1 for early failures, 1 is `exponential`, above 1 for wear.
 */
shape?: number
/**
 * Standard deviation of the logarithm, for a `lognormal` distribution.
 */
sigma?: number
repair: DomainRepair
}
/**
 * People who bring failed members, zones, regions and the network back. What is broken waits until one of them is free. Simulated over years.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "RepairCrew".
 */
export interface RepairCrew {
/**
 * How many repairs can go on at once.
 */
size?: number
/**
 * Mean time to find out what is broken, before each repair (exponential).
 */
inspection?: string
/**
 * `first-come`: what broke first is repaired first. `race`: everything that is broken is inspected at once, by group or domain, and the inspection that ends first decides.
 */
order?: ("first-come" | "race")
}
/**
 * Stops calling a dependency that keeps failing. Closed: calls pass and are judged, by a counter (`failureThreshold`), or by rates over the last calls (`windowCalls`) or the last time (`window`). Open: calls are rejected until `recoveryTimeout` has passed. Half-open: `successThreshold` successes close it, one failure opens it again.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "CircuitBreaker".
 */
export interface CircuitBreaker {
/**
 * `leaky`: each failure raises a counter and each success lowers it by one. `consecutive`: each success sets it back to 0. Not with a window.
 */
counting?: ("leaky" | "consecutive")
/**
 * Count of failures that opens it. Not with a window.
 */
failureThreshold?: number
/**
 * How often a closed breaker begins to count anew; calls that began before are not counted when they end, as in gobreaker (and so Dapr). Absent: it does not. Not with a window.
 */
resetInterval?: string
/**
 * Judge the failure rate of this many last calls instead of counting.
 */
windowCalls?: number
/**
 * Judge the failure rate of the calls of this last time instead of counting.
 */
window?: string
/**
 * Calls that the window must hold before it is judged. With `windowCalls`, at most the size of that window.
 */
minimumCalls?: number
/**
 * Share of failures in the window that opens it.
 */
failureRate?: (string | number)
/**
 * Calls that take longer are slow. Absent: none is.
 */
slowCall?: string
/**
 * Share of slow calls in the window that opens it.
 */
slowCallRate?: (string | number)
/**
 * How long it stays open before it lets trial calls through.
 */
recoveryTimeout?: string
/**
 * How much longer it stays open each time that it opens again without having closed; 1 keeps it constant.
 */
recoveryFactor?: number
/**
 * It never stays open for longer than this.
 */
maxRecoveryTimeout?: string
/**
 * Successful trial calls that close it.
 */
successThreshold?: number
/**
 * Trial calls that may run at once. Absent: `successThreshold`.
 */
halfOpenLimit?: number
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
 * Retries allowed as a share of first tries over the last 10 seconds, so that an outage does not multiply the load. Absent: without limit.
 */
budget?: (string | number)
/**
 * Makes the budget a token bucket, as the AWS SDKs have it: each first try adds `budget` of a token, up to this many, and each retry takes a whole one. It begins full, and forgets nothing in quiet times; it has no `minRetriesPerSecond`. Absent: a share of the last 10 seconds.
 */
budgetBurst?: number
/**
 * Retries a second that a budget without `budgetBurst` always allows, so that one failure at little traffic can be retried.
 */
minRetriesPerSecond?: number
}
/**
 * How long to wait before each retry, at most `max`, randomised by `jitter`.
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
 * How the wait before retry n grows: `constant` stays `initial`, `linear` is `initial` × n, `exponential` is `initial` × `factor`ⁿ⁻¹.
 */
growth?: ("constant" | "linear" | "exponential")
/**
 * What each further wait is multiplied with when growth is `exponential`; 1 keeps it constant.
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
 * A token bucket: it fills with `rate` up to `burst`, and each call takes a token. A call that finds none waits up to `maxWait`, or is rejected.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "RateLimiter".
 */
export interface RateLimiter {
/**
 * Calls allowed in a unit of time, over the long run.
 */
rate: string
/**
 * Calls that may be made at once after a quiet time.
 */
burst?: number
/**
 * How long a call may wait for its token. 0 rejects at once.
 */
maxWait?: string
}
/**
 * How many calls may run at once, found out while running: it grows while the callee keeps up and shrinks when it does not. A call above it is rejected.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "ConcurrencyLimit".
 */
export interface ConcurrencyLimit {
/**
 * `aimd`: one more after a success, 30 % fewer after a timeout or an overload. `gradient`: follows how the latency of now compares with that of before.
 */
algorithm?: ("aimd" | "gradient")
/**
 * Where the limit begins.
 */
initial?: number
/**
 * The limit never falls below this.
 */
min?: number
/**
 * The limit never grows above this.
 */
max?: number
}
/**
 * Connections that are kept open and used again. A call takes one, opens one if fewer than `max` are open, or waits.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "ConnectionPool".
 */
export interface ConnectionPool {
/**
 * Connections that may be open at once.
 */
max?: number
/**
 * How many calls may wait for a connection. 0 rejects at once when all are in use.
 */
queue?: number
/**
 * How long a call may wait for a connection.
 */
acquireTimeout?: string
/**
 * How long it takes to open a connection.
 */
connect?: string
/**
 * A connection that was not used for this long is closed.
 */
idleTimeout?: string
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
objectives?: ServiceObjectives
/**
 * The redundancy group whose members run this service. A request needs one of them.
 */
runsOn?: string
/**
 * Processes that run the service, each with breakers, limits and pools of its own, among which the traffic is shared. The rules reckon with it; a simulation runs the service as one process, whose breakers, limits and pools see what all instances do: give pools the size of all of them together there.
 */
instances?: number
/**
 * The pool that limits how many requests the service works on at once.
 */
bulkhead?: string
traffic?: Traffic
latency?: Latency1
/**
 * How much longer a request takes for each other one that is being worked on when it begins there, or at the same member of the group that it `runsOn`: what requests in progress cost one another in locks, memory and processor time. Absent: nothing.
 */
contention?: string
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
 * What the service promises its callers: an objective of your own, or what the contract with its provider says.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "ServiceObjectives".
 */
export interface ServiceObjectives {
/**
 * Share of requests that get an answer, with everything that the service itself depends on.
 */
availability?: (string | number)
}
/**
 * Requests that arrive from outside: at a mean `rate`, along a `profile` of rates over time, or as a recorded `trace` says.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Traffic".
 */
export interface Traffic {
/**
 * Mean rate of requests.
 */
rate?: string
/**
 * The rate over time: between two points it changes evenly (a ramp), at two points with the same `at` it jumps (a step), and after the last one it stays.
 * 
 * @minItems 1
 */
profile?: [ProfilePoint, ...(ProfilePoint)[]]
trace?: Trace
/**
 * How requests follow one another at a given rate: `poisson`, independently of each other, as those of many users do; `constant`, evenly spaced, as those of a clock do.
 */
arrivals?: ("poisson" | "constant")
bursts?: Bursts
}
/**
 * The rate at one time.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "ProfilePoint".
 */
export interface ProfilePoint {
/**
 * When, from the start of the run; not before the point above.
 */
at: string
/**
 * Requests in a unit of time; `0/s` where none arrive.
 */
rate: string
}
/**
 * Arrivals as they were recorded: how many in each stretch of time (`every` and `counts`), or when each one came (`times`).
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Trace".
 */
export interface Trace {
/**
 * Length of the stretch of time that each count is for.
 */
every?: string
/**
 * Requests in each stretch of time, from the start of the run on. Within a stretch they arrive as `arrivals` says, so many of them on average.
 * 
 * @minItems 1
 * 
 * Items: Requests in this stretch.
 */
counts?: [number, ...(number)[]]
/**
 * When each request arrives, from the start of the run.
 * 
 * @minItems 1
 * 
 * Items: When a request arrives.
 */
times?: [string, ...(string)[]]
/**
 * When it begins again, counted from its start. Absent: nothing arrives after its end.
 */
repeatAfter?: string
}
/**
 * Traffic that comes in bursts: a Markov-modulated Poisson process with two states. Bursts, and the quiet times between them, last for times with exponential distributions; in the quiet times so much arrives that `traffic.rate` remains the mean.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Bursts".
 */
export interface Bursts {
/**
 * Mean rate of requests during a burst. With `traffic.rate` × `every` ÷ `for` nothing arrives between bursts (on and off); more cannot be.
 */
rate: string
/**
 * Mean time from the beginning of one burst to that of the next.
 */
every: string
/**
 * Mean length of a burst; shorter than `every`.
 */
for: string
}
/**
 * A call to a service or a redundancy group, with its protection. `order` says what is wrapped around what.
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
 * What the call does at a redundancy group with `replication` or `failover`: a `read` needs its read quorum, a `write` its write quorum.
 */
operation?: ("read" | "write")
/**
 * How long each attempt may take. Without it the caller waits for as long as it takes.
 */
timeout?: string
/**
 * `abort`: the work is told to stop, and what it holds is free at once. `abandon`: the work goes on unwatched and holds its slot and connection until it really ends.
 */
onTimeout?: ("abort" | "abandon")
/**
 * How long the call may take in all, with every attempt and wait. Without it only `timeout` limits it.
 */
deadline?: string
/**
 * The retry policy.
 */
retry?: string
hedge?: Hedge
/**
 * The limiter that the call takes a token from; calls that name the same one share it.
 */
rateLimiter?: string
/**
 * The adaptive limit that the call counts against; calls that name the same one share it.
 */
concurrencyLimit?: string
/**
 * The breaker; calls that name the same one share its state.
 */
circuitBreaker?: string
/**
 * The pool whose slot the call occupies for as long as it runs.
 */
bulkhead?: string
/**
 * The pool whose connection the call uses for as long as it runs.
 */
connectionPool?: string
/**
 * Whether the call may be made twice without harm. If not, it is retried only when it never reached the callee.
 */
idempotent?: boolean
cache?: Cache
fallback?: Fallback
/**
 * The policies of this call, from the outermost to the innermost, when they are not to be wrapped in the usual order: fallback, cache, deadline, retry, hedge, rateLimiter, concurrencyLimit, circuitBreaker, bulkhead, connectionPool, timeout. Names every one that the call has.
 */
order?: ("fallback" | "cache" | "deadline" | "retry" | "hedge" | "rateLimiter" | "concurrencyLimit" | "circuitBreaker" | "bulkhead" | "connectionPool" | "timeout")[]
}
/**
 * Sends the same call once more when no answer has come after a while; the first good answer counts. Only for calls that may be made twice.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Hedge".
 */
export interface Hedge {
/**
 * How long to wait for an answer before the next copy is sent. A good value is the 95th percentile of the latency.
 */
after: string
/**
 * Copies in all, the first one included.
 */
attempts?: number
}
/**
 * Good answers that are used again without a call while they are young, and, when a call fails, for a while longer.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Cache".
 */
export interface Cache {
/**
 * Answers younger than this are given without a call.
 */
maxAge: string
/**
 * How much longer an answer may be given when a new one cannot be had. It counts as *degraded*.
 */
staleIfError?: string
/**
 * How many different requests there are, each cached apart; a simulated request is one of them at random.
 */
keys?: number
}
/**
 * One way to answer when the call fails.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "FallbackStep".
 */
export interface FallbackStep {
/**
 * Use the last good answer to the same request while it is younger than this.
 */
cache?: string
/**
 * How many different requests there are, each cached apart; a simulated request is one of them at random.
 */
keys?: number
/**
 * The service or redundancy group to ask instead.
 */
call?: string
/**
 * How long the other service may take. Absent: as long as it takes.
 */
timeout?: string
/**
 * The answer to give when nothing else answers; any value.
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
/**
 * Requests that arrive from outside in this scenario, by service, in place of the services' own `traffic`. Services that are not named keep theirs.
 */
traffic?: {
[k: string]: Traffic
}
load?: Load
expect?: Expectations
}
/**
 * One thing that goes wrong: `fail`, `failZone` and `failRegion` stop components; `degrade` makes something slow, faulty or weak; `hang` lets it answer nothing; `partition` cuts the network; `slowRecovery` makes recoveries take longer; `surge` brings more requests; `clockJump` sets a clock; `rollout` changes a service; `randomFailures` draws failures by chance.
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
 * How long it lasts. Absent: a failed component comes back as its recovery policy says; anything else lasts to the end.
 */
for?: string
/**
 * The component or group that stops.
 */
fail?: string
/**
 * The zone whose components all stop at once, in whichever groups they are.
 */
failZone?: string
/**
 * The region whose components all stop at once, in whichever groups they are.
 */
failRegion?: string
/**
 * What kind of failure it is, for the failure patterns in the report.
 */
type?: string
/**
 * How bad the failure is, for the failure patterns in the report.
 */
severity?: ("low" | "medium" | "high" | "critical")
/**
 * The component, group or service that gets slow (`latency`), faulty (`errorRate`) or weak (`capacity`).
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
/**
 * Share of its usual `capacity` that what is degraded still has. Requests that are in line already keep their place and time.
 */
capacity?: (string | number)
/**
 * How long it takes to be as usual again when `for` has passed: a slow recovery, as of a cache that has to fill. A degradation fades evenly; what had failed comes back with the `errorRate`, `latency` and `capacity` that are said beside it, which fade. Absent: it is over at once.
 */
recoverOver?: string
/**
 * The component, group or service that takes requests but answers none, nor any heartbeat, until this ends; then it goes on with them all.
 */
hang?: string
partition?: Partition
/**
 * The group whose recoveries, of those that begin during this, take `factor` times as long.
 */
slowRecovery?: string
/**
 * The service at which `factor` times the usual requests arrive from outside.
 */
surge?: string
/**
 * The service whose policies are told another time from then on, `by` so much: a clock that was set, or a virtual machine that was paused. Breakers, windows of budgets, rate limiters, adaptive limits and caches of its calls see it, and what they share with other services does; timeouts that were armed do not. After `for` the clock is set right. Faultline's own live policies go by a monotonic clock, which does not jump; this shows what others would do.
 */
clockJump?: string
/**
 * How far the clock jumps: forwards, or backwards with a minus. Backwards, what was open or counted stays so; nothing waits for longer.
 */
by?: string
rollout?: Rollout
/**
 * How many times as many requests arrive in a `surge` (`0` for none at all), or how many times as long a `slowRecovery` takes.
 */
factor?: number
randomFailures?: RandomFailures
}
/**
 * A network that is cut between two sides: no request and no answer comes through, and nobody is told. What waits when it ends, for want of a timeout, fails then.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Partition".
 */
export interface Partition {
/**
 * Services and redundancy groups on one side.
 * 
 * @minItems 1
 * 
 * Items: A service or redundancy group on this side.
 */
between: [string, ...(string)[]]
/**
 * Services and redundancy groups on the other side.
 * 
 * @minItems 1
 * 
 * Items: A service or redundancy group on this side.
 */
and: [string, ...(string)[]]
}
/**
 * A new version or config of a service: from then on it is as said here, and as before where nothing is said. It is rolled back when `for` has passed. Requests in progress end as they began; caches of its calls begin empty.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "Rollout".
 */
export interface Rollout {
/**
 * The service that changes.
 */
service: string
latency?: Latency2
/**
 * How much longer a request takes for each other one in progress, from then on.
 */
contention?: string
/**
 * Share of requests that fail in its own work from then on.
 */
errorRate?: (string | number)
/**
 * Requests that it can serve in a unit of time from then on.
 */
capacity?: string
/**
 * The bulkhead that limits its requests from then on. Those that are inside or in the queue of the one before stay there.
 */
bulkhead?: string
/**
 * All calls that it makes for each request from then on, with other timeouts, retries or callees than before.
 */
calls?: Call[]
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
/**
 * What happens each time, one of these at random: a component stops (`fail`), takes requests and answers none (`hang`), or gets slow and faulty (`degrade`, up to `degradation`); the network between a service and one that it calls is cut (`partition`); or a zone stops with all in it (`failZone`); until it is repaired. Absent: components stop.
 * 
 * @minItems 1
 */
kinds?: [("fail" | "hang" | "degrade" | "partition" | "failZone"), ...(("fail" | "hang" | "degrade" | "partition" | "failZone"))[]]
degradation?: WorstDegradation
repair: RepairRange
}
/**
 * How bad a degradation at random is at most: each is drawn evenly from nothing to this.
 * 
 * This interface was referenced by `ResilienceConfig`'s JSON-Schema
 * via the `definition` "WorstDegradation".
 */
export interface WorstDegradation {
/**
 * Share of requests that fail while it is degraded, at most.
 */
errorRate?: (string | number)
/**
 * Added to every request while it is degraded, at most.
 */
latency?: string
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
/**
 * How many events all runs together may take: arrivals, answers, failures, heartbeats. What is sure to need more is not begun, and what turns out to need more is given up. 10 million take seconds.
 */
maxEvents?: number
/**
 * Run on until the 95 % confidence intervals are this narrow, as a share of their means, such as `1%`: those of what the scenario expects, else of the share of answered requests and of the 99th percentile of latency. `replications` are run before the first look. Absent: run `replications` and no more.
 */
precision?: (string | number)
/**
 * How many runs there may be to reach `precision`.
 */
maxReplications?: number
/**
 * Also let components fail and be repaired for so many years, without traffic: the report then says how available groups and services are in the long run.
 */
years?: number
}
