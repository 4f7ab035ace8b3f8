// Generated from schemas/resilience.schema.json by `npm run generate`. Do not edit.
export const DEFAULTS = {
  "Group": {
    "minHealthy": 2,
    "active": [],
    "standby": [],
    "standbyMode": "hot",
    "activation": "0s",
    "coverage": "100%",
    "singleton": false,
    "loadBalancing": "round-robin",
    "latency": "10ms",
    "errorRate": 0
  },
  "Member": {
    "weight": 1
  },
  "Failures": {
    "distribution": "exponential",
    "shape": 1.5,
    "sigma": 1,
    "commonCause": "0%"
  },
  "Recovery": {
    "time": "5s",
    "growth": "linear",
    "maxTime": "30s",
    "successRate": "70%",
    "maxAttempts": 5,
    "retryAfter": "60s",
    "distribution": "constant",
    "shape": 1.5,
    "sigma": 1
  },
  "Replication": {
    "mode": "async",
    "lag": "0s"
  },
  "Detection": {
    "method": "heartbeat",
    "interval": "1s",
    "missed": 3,
    "weakeningPhi": 3,
    "failedPhi": 8
  },
  "Failover": {
    "attempts": 3,
    "wait": "2s",
    "writeLoadLimit": "80%",
    "restoreAfter": 3,
    "healthCheck": "10s"
  },
  "FailureDomain": {
    "distribution": "exponential",
    "shape": 1.5,
    "sigma": 1
  },
  "DomainRepair": {
    "distribution": "constant",
    "shape": 1.5,
    "sigma": 1
  },
  "RepairCrew": {
    "size": 1,
    "inspection": "0s",
    "order": "first-come"
  },
  "CircuitBreaker": {
    "counting": "leaky",
    "failureThreshold": 5,
    "minimumCalls": 10,
    "failureRate": "50%",
    "slowCallRate": "50%",
    "recoveryTimeout": "60s",
    "recoveryFactor": 1,
    "maxRecoveryTimeout": "5m",
    "successThreshold": 3
  },
  "Bulkhead": {
    "queue": 0,
    "maxWait": "10s"
  },
  "Retry": {
    "attempts": 3,
    "minRetriesPerSecond": 3
  },
  "Backoff": {
    "initial": "100ms",
    "growth": "exponential",
    "factor": 2,
    "max": "30s",
    "jitter": "full"
  },
  "RateLimiter": {
    "burst": 1,
    "maxWait": "0s"
  },
  "ConcurrencyLimit": {
    "algorithm": "aimd",
    "initial": 20,
    "min": 1,
    "max": 200
  },
  "ConnectionPool": {
    "max": 10,
    "queue": 100,
    "acquireTimeout": "10s",
    "connect": "0s",
    "idleTimeout": "10m"
  },
  "Service": {
    "tier": 2,
    "instances": 1,
    "latency": "10ms",
    "errorRate": 0,
    "calls": []
  },
  "Traffic": {
    "arrivals": "poisson"
  },
  "Call": {
    "operation": "read",
    "onTimeout": "abort",
    "idempotent": true
  },
  "Hedge": {
    "attempts": 2
  },
  "Cache": {
    "staleIfError": "0s",
    "keys": 1
  },
  "Fallback": {
    "keys": 1
  },
  "FallbackStep": {
    "keys": 1
  },
  "Scenario": {
    "faults": []
  },
  "Fault": {
    "at": "0s",
    "type": "crash",
    "severity": "high"
  },
  "Rollout": {
    "latency": "10ms"
  },
  "WorstDegradation": {
    "errorRate": "50%",
    "latency": "1s"
  },
  "Simulation": {
    "duration": "10m",
    "seed": 1,
    "replications": 5,
    "maxEvents": 200000000,
    "maxReplications": 1000
  }
} as const;
