/** What is measured: the success path of ever more policies, and a call that is not made. */
export const SCENARIOS = {
  breaker: 'circuit breaker',
  stack: 'retry + breaker + bulkhead',
  full: 'retry + breaker + bulkhead + timeout',
  rejected: 'rejected by an open circuit',
} as const;
export type Scenario = keyof typeof SCENARIOS;

/** A library at work. Each scenario is set up alike in all, and in a process of its own. */
export type Subject = Readonly<Record<Scenario, () => Call | Promise<Call>>>;

/** One call under policies, from start to end. */
export type Call = () => Promise<unknown>;

/** What every library is given to call: the cheapest thing that there is to await. */
export async function operation(): Promise<number> {
  return 1;
}

/** How all of them are set up, as far as they can be. */
export const SETTINGS = {
  attempts: 3,
  initialDelayMs: 100,
  maxDelayMs: 1_000,
  failureThreshold: 5,
  openMs: 60_000,
  slots: 10,
  timeoutMs: 1_000,
} as const;

/** Opens a circuit, then makes calls to it. */
export async function rejectedBy(execute: (operation: Call) => Promise<unknown>): Promise<Call> {
  const fail = (): Promise<never> => Promise.reject(new Error('broken'));
  for (let i = 0; i < 2 * SETTINGS.failureThreshold; i++) await execute(fail).catch(() => {});
  let reached = false;
  const reach = async (): Promise<void> => {
    reached = true;
  };
  await execute(reach).catch(() => {});
  if (reached) throw new Error('The circuit is not open.');
  return async () => {
    try {
      return await execute(operation);
    } catch (error) {
      return error;
    }
  };
}
