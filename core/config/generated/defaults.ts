// Generated from schemas/resilience.schema.json by `npm run generate`. Do not edit.
export const DEFAULTS = {
  "Group": {
    "minHealthy": 2,
    "active": [],
    "standby": [],
    "standbyMode": "hot",
    "activation": "0s",
    "singleton": false,
    "loadBalancing": "round-robin",
    "latency": "10ms",
    "errorRate": 0
  },
  "Member": {
    "weight": 1
  },
  "Recovery": {
    "time": "5s",
    "growth": "linear",
    "maxTime": "30s",
    "successRate": "70%",
    "maxAttempts": 5,
    "retryAfter": "60s"
  },
  "Replication": {
    "mode": "async",
    "lag": "0s"
  },
  "CircuitBreaker": {
    "failureThreshold": 5,
    "recoveryTimeout": "60s",
    "successThreshold": 3
  },
  "Bulkhead": {
    "queue": 0,
    "maxWait": "10s"
  },
  "Retry": {
    "attempts": 3
  },
  "Backoff": {
    "initial": "100ms",
    "factor": 2,
    "max": "30s",
    "jitter": "full"
  },
  "Service": {
    "tier": 2,
    "latency": "10ms",
    "errorRate": 0,
    "calls": []
  },
  "Call": {
    "idempotent": true
  },
  "Fallback": {
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
  "Simulation": {
    "duration": "10m",
    "seed": 1,
    "replications": 5
  }
} as const;
