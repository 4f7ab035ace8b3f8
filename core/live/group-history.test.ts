import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLoadBalancer,
  type DatabaseCall,
  type DatabaseCallKind,
  type DatabaseErrorKind,
  type DatabaseEvent,
  FaultTolerantDatabase,
  type RecoveryAttempt,
  type RecoveryOutcome,
  RedundancyGroup,
  Replication,
  Retry,
  type RetryOptions,
} from '../patterns/index.ts';
import { createRandom, type Timer, VirtualClock } from '../time/index.ts';
import { DatabasePolicy } from './database-policy.ts';
import { watch } from './testing/controlled.ts';
import { expectNoUnhandledRejections } from './testing/unhandled.ts';

// Each random history is played twice, through the shell and with the machine alone, as those of the
// other policies are in history.test.ts.

expectNoUnhandledRejections();

const IDS = ['a', 'b', 's', 't'];
const MEMBERS = IDS.map((id) => ({ id, role: 'ab'.includes(id) ? 'active' : 'standby' }) as const);
const GROUP = {
  name: 'database',
  componentType: 'database',
  recovery: { timeMs: 1_000, retryAfterMs: 1_500, maxAttempts: 2 },
};
const RETRY: RetryOptions = {
  attempts: 3,
  backoff: { initialMs: 400, maxMs: 10_000, jitter: 'none' },
};
const REPLICATION = { mode: 'quorum', copies: IDS, write: 2, read: 1 } as const;
const HEALTH_CHECK_MS = 700;
const CAPACITY = 4;
const ERRORS: readonly DatabaseErrorKind[] = [
  'connection-refused',
  'timeout',
  'other',
  'other',
  'rejected',
  'cancelled',
];

const ACTIONS = ['read', 'write', 'read', 'write', 'succeed', 'succeed', 'fail', 'fail'] as const;
const RARE = ['cancel', 'cancel', 'crash', 'repair', 'sicken', 'heal'] as const;

interface Step {
  readonly do: (typeof ACTIONS)[number] | (typeof RARE)[number];
  readonly id: string;
  readonly error: DatabaseErrorKind;
  /** Picks one of the calls that it can be done with. */
  readonly which: number;
  readonly ms: number;
}

const histories = fc.array(
  fc.record<Step>({
    do: fc.constantFrom(...ACTIONS, ...RARE),
    id: fc.constantFrom(...IDS),
    error: fc.constantFrom(...ERRORS),
    which: fc.nat(20),
    ms: fc.oneof(fc.constant(0), fc.nat(100), fc.nat(1_200)),
  }),
  { minLength: 30, maxLength: 100 },
);

/** Who is well, as a health check finds them. */
type Health = ReadonlySet<string>;

/** Somebody who drives the machine as it says, without promises, signals and frames. */
class Machine {
  readonly group = new RedundancyGroup(GROUP);
  readonly database: FaultTolerantDatabase;
  readonly #clock: VirtualClock;
  readonly #sick: Health;
  readonly #load = new Map(IDS.map((id) => [id, 0]));
  readonly #plans = new Map<string, Timer>();

  constructor(clock: VirtualClock, sick: Health) {
    this.#clock = clock;
    this.#sick = sick;
    for (const { id, role } of MEMBERS) this.group.add(id, role);
    const random = createRandom(1);
    this.database = new FaultTolerantDatabase({
      group: this.group,
      balancer: createLoadBalancer('power-of-two', random),
      replication: new Replication(REPLICATION),
      retry: new Retry(RETRY),
      random,
      writeLoadLimit: 0.8 * CAPACITY,
      onEvent: (event) => this.#hear(event),
    });
  }

  begin(call: MachineCall): void {
    const node = this.database.begin(call.query, this.#clock.nowMs());
    call.at = node?.id;
    if (node) this.#work(node.id, 1);
    else this.#wait(call);
  }

  end(call: MachineCall, error: DatabaseErrorKind | undefined): void {
    if (call.at !== undefined) this.#work(call.at, -1);
    const nowMs = this.#clock.nowMs();
    if (error === undefined) this.database.succeeded(call.query, nowMs);
    else this.database.failed(call.query, error, nowMs);
    this.#wait(call);
  }

  cancel(call: MachineCall): void {
    if (call.query.state === 'running') this.end(call, 'cancelled');
    else call.timer?.cancel();
  }

  repair(id: string): void {
    const nowMs = this.#clock.nowMs();
    if (this.group.component(id)?.status === 'degraded') this.database.passHealthCheck(id, nowMs);
    else this.#came(id, this.database.rejoinNode(id, nowMs));
  }

  #wait(call: MachineCall): void {
    const { state, waitMs } = call.query;
    if (state === 'waiting') call.timer = this.#clock.after(waitMs, () => this.begin(call));
  }

  #work(id: string, calls: number): void {
    this.#load.set(id, (this.#load.get(id) ?? 0) + calls);
    this.group.setLoad(id, this.#load.get(id) ?? 0);
  }

  #hear(event: DatabaseEvent): void {
    const { node } = event;
    for (const id of IDS) this.group.setLoad(id, this.#load.get(id) ?? 0);
    if (event.kind === 'degraded') this.#plan(node, HEALTH_CHECK_MS, () => this.#check(node));
    else this.#forget(node);
    if (event.kind === 'failed' && event.outcome.recovery)
      this.#recover(node, event.outcome.recovery);
    if (event.kind === 'failed' && !event.outcome.recovery) this.#watch(node);
  }

  #recover(id: string, { attempt, completesAtMs }: RecoveryAttempt): void {
    this.#forget(id);
    this.#plan(id, completesAtMs - this.#clock.nowMs(), () => {
      const isWell = !this.#sick.has(id);
      this.#came(id, this.database.completeRecovery(id, this.#clock.nowMs(), isWell, attempt));
    });
  }

  #came(id: string, outcome: RecoveryOutcome): void {
    if (outcome.kind === 'recovered') {
      this.#forget(id);
      this.group.setLoad(id, this.#load.get(id) ?? 0);
    } else if (outcome.kind === 'retry') {
      this.#plan(id, outcome.retryAtMs - this.#clock.nowMs(), () => {
        const attempt = this.group.startRecovery(id, this.#clock.nowMs());
        if (attempt) this.#recover(id, attempt);
      });
      this.#watch(id);
    } else if (outcome.kind === 'given-up') {
      this.#watch(id);
    }
  }

  #watch(id: string): void {
    this.#plan(`${id} check`, HEALTH_CHECK_MS, () => this.#check(id));
  }

  #check(id: string): void {
    if (!this.#sick.has(id)) this.repair(id);
    else if (this.group.component(id)?.status === 'degraded') {
      this.#plan(id, HEALTH_CHECK_MS, () => this.#check(id));
    } else this.#watch(id);
  }

  #plan(key: string, delayMs: number, callback: () => void): void {
    this.#plans.set(key, this.#clock.after(delayMs, callback));
  }

  #forget(id: string): void {
    for (const key of [id, `${id} check`]) this.#plans.get(key)?.cancel();
  }
}

interface MachineCall {
  readonly query: DatabaseCall;
  /** Where it runs. */
  at: string | undefined;
  timer: Timer | undefined;
}

/** One call of a history, as it is on both sides. */
interface BothCalls {
  readonly machine: MachineCall;
  readonly watched: ReturnType<typeof watch>;
  readonly caller: AbortController;
  readonly run: { resolve?: () => void; reject?: (error: unknown) => void };
}

describe('A live database and its machine', () => {
  it('go through the same states, and end the same calls at the same nodes', async () => {
    await fc.assert(fc.asyncProperty(histories, (steps) => play(steps)));
  });
});

async function play(steps: readonly Step[]): Promise<void> {
  const sick = new Set<string>();
  const clock = new VirtualClock();
  const policy = new DatabasePolicy({
    ...GROUP,
    members: MEMBERS,
    loadBalancing: 'power-of-two',
    replication: REPLICATION,
    retry: RETRY,
    capacity: CAPACITY,
    errorKind: (error) => error as DatabaseErrorKind,
    healthCheck: ({ id }) => !sick.has(id),
    healthCheckMs: HEALTH_CHECK_MS,
    random: createRandom(1),
    clock,
  });
  const machineClock = new VirtualClock();
  const machine = new Machine(machineClock, sick);
  const calls: BothCalls[] = [];
  const pick = (which: number, ...states: DatabaseCall['state'][]) => {
    const those = calls.filter((call) => states.includes(call.machine.query.state));
    return those[which % Math.max(1, those.length)];
  };

  const start = (kind: DatabaseCallKind): BothCalls => {
    const caller = new AbortController();
    const run: BothCalls['run'] = {};
    const operation = () =>
      new Promise<void>((resolve, reject) => Object.assign(run, { resolve, reject }));
    const watched = watch(policy[kind](operation, { signal: caller.signal }));
    const call = { query: machine.database.call(kind), at: undefined, timer: undefined };
    machine.begin(call);
    return { machine: call, watched, caller, run };
  };

  for (const { do: action, id, error, which, ms } of steps) {
    await clock.advance(ms);
    await machineClock.advance(ms);
    if (action === 'read' || action === 'write') {
      calls.push(start(action));
    } else if (action === 'succeed' || action === 'fail') {
      const call = pick(which, 'running');
      if (call === undefined) continue;
      if (action === 'succeed') call.run.resolve?.();
      else call.run.reject?.(error);
      machine.end(call.machine, action === 'succeed' ? undefined : error);
    } else if (action === 'cancel') {
      const call = pick(which, 'running', 'waiting');
      if (call === undefined) continue;
      call.caller.abort('gone');
      call.run.reject?.('cancelled');
      machine.cancel(call.machine);
      calls.splice(calls.indexOf(call), 1);
    } else if (action === 'crash') {
      expect(policy.fail(id)).toEqual(machine.database.failNode(id, machineClock.nowMs()));
    } else if (action === 'repair') {
      policy.restore(id);
      machine.repair(id);
    } else if (action === 'sicken') {
      sick.add(id);
    } else {
      sick.delete(id);
    }
    await clock.advance(0);
    await machineClock.advance(0);
    expect([policy.actives, policy.standbys]).toEqual([
      machine.group.actives,
      machine.group.standbys,
    ]);
    for (const each of IDS) expect(policy.member(each)).toEqual(machine.group.component(each));
    for (const { machine: call, watched } of calls) {
      const { node, retries, state } = call.query;
      if (state === 'succeeded')
        expect(watched.value).toEqual({ value: undefined, node: node.id, retries });
      else if (state === 'failed') expect(watched.error).toMatchObject({ retries });
      else expect(watched.state).toBe('pending');
    }
  }
  policy.close();
  for (const { caller } of calls) caller.abort();
  await clock.advance(0);
  expect(clock.pendingTimers).toBe(0);
}
