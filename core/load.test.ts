import { describe, expect, it } from 'vitest';
import {
  BulkheadFullError,
  CircuitOpenError,
  ConcurrencyLimitedError,
  ConfigError,
  ConnectionPoolExhaustedError,
  ConnectionPoolTimeoutError,
  load,
  type PolicyEvent,
  RateLimitedError,
  TimeoutError,
  VirtualClock,
} from './index.ts';

/** Loads a config of one service `shop` with one call, `calls` further ones, and what they need. */
function loaded(call: string, { calls = [] as string[], policies = '' } = {}) {
  const clock = new VirtualClock();
  const random = { next: () => 0.5 };
  const text = `version: 1
${policies}
services:
  shop: { calls: [${[call, ...calls].join(', ')}] }
  pay: {}
  spare: {}
`;
  return { clock, policies: load(text, { clock, random }) };
}

const RETRY = 'retries: { twice: { attempts: 2, backoff: { initial: 10ms, jitter: none } } }';
const BREAKER = 'circuitBreakers: { pay: { failureThreshold: 2 } }';
const fails = () => Promise.reject(new Error('broken'));

describe('load', () => {
  it('refuses a config with the messages and places that the editor shows', () => {
    const text = 'version: 1\ncircuitBreakers: { pay: { failureTreshold: 3 } }\n';
    const error = (() => {
      try {
        return load(text, { file: 'shop.resilience.yaml' });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toBe(
      "'shop.resilience.yaml' cannot be loaded:\n" +
        "  shop.resilience.yaml:2:27 'failureTreshold' is not known here. Did you mean 'failureThreshold'?",
    );
    expect((error as ConfigError).problems).toMatchObject([{ ruleId: 'unknown-key' }]);
  });

  it('refuses names that refer to nothing, but not what is only unwise', () => {
    const services = 'services: { a: { calls: [{ to: b, retry: twise }] }, b: {} }';
    expect(() => load(`version: 1\n${services}\n`)).toThrow(/no retry policy 'twise'/);
    const unwise = 'redundancy: { db: { minHealthy: 1, active: [only] } }';
    expect(() => load(`version: 1\n${unwise}\n`)).not.toThrow();
  });

  it('reads JSON as well', () => {
    const config = { version: 1, services: { a: { calls: [{ to: 'b' }] }, b: {} } };
    const policies = load(JSON.stringify(config), { file: 'a.resilience.json' });
    return expect(policies.call('b', () => 'answer')).resolves.toBe('answer');
  });

  it('asks whose calls it is to make where several services make some', async () => {
    const text =
      'version: 1\nservices: { a: { calls: [{ to: c }] }, b: { calls: [{ to: c }] }, c: {} }\n';
    expect(() => load(text).call('c', () => 1)).toThrow(/Load with 'service', one of: a, b, c/);
    await expect(load(text, { service: 'b' }).call('c', () => 1)).resolves.toBe(1);
    await expect(
      load(text)
        .service('a')
        .call('c', () => 1),
    ).resolves.toBe(1);
    expect(() => load(text, { service: 'd' })).toThrow("The config has no service 'd'");
  });
});

describe('a call', () => {
  it('that the service does not make is refused, with the name that was meant', () => {
    const { policies } = loaded('{ to: pay }');
    expect(() => policies.call('pey', fails)).toThrow(
      "Service 'shop' does not call 'pey'. Did you mean 'pay'?",
    );
    expect(() => policies.call('pay', fails, { operation: 'write' })).toThrow(
      "Service 'shop' does not call 'pay' to write.",
    );
  });

  it('to the same callee is told apart by its operation', async () => {
    const { policies } = loaded('{ to: pay, fallback: { default: read } }', {
      calls: ['{ to: pay, operation: write, fallback: { default: written } }'],
    });
    await expect(policies.call('pay', fails)).resolves.toBe('read');
    await expect(policies.call('pay', fails, { operation: 'write' })).resolves.toBe('written');
  });

  it('keeps its timeout and its deadline', async () => {
    const { clock, policies } = loaded(
      '{ to: pay, timeout: 100ms, deadline: 150ms, retry: twice }',
      { policies: RETRY },
    );
    let tries = 0;
    const ended = policies
      .call('pay', () => {
        tries += 1;
        return new Promise(() => {});
      })
      .catch((error: unknown) => error);
    await clock.advance(100);
    expect(tries).toBe(1);
    await clock.advance(10);
    expect(tries).toBe(2);
    await clock.advance(40);
    expect(await ended).toBeInstanceOf(TimeoutError);
    expect(await ended).toMatchObject({ message: expect.stringContaining('pay (deadline)') });
  });

  it('shares its breaker with every call that names the same', async () => {
    const { policies } = loaded('{ to: pay, circuitBreaker: pay }', {
      calls: ['{ to: spare, circuitBreaker: pay }'],
      policies: BREAKER,
    });
    await expect(policies.call('pay', fails)).rejects.toThrow('broken');
    await expect(policies.call('spare', fails)).rejects.toThrow('broken');
    await expect(policies.call('pay', () => 1)).rejects.toBeInstanceOf(CircuitOpenError);
    expect(policies.breaker('pay').state.kind).toBe('open');
    expect(() => policies.breaker('pray')).toThrow(
      "The config has no circuit breaker 'pray'. Did you mean 'pay'?",
    );
  });

  it.each([
    { order: '', failuresSeen: 2 },
    { order: ', order: [circuitBreaker, retry]', failuresSeen: 1 },
  ])('wraps its policies in the order of the config$order', async ({ order, failuresSeen }) => {
    const { clock, policies } = loaded(`{ to: pay, retry: twice, circuitBreaker: pay${order} }`, {
      policies: `${RETRY}\ncircuitBreakers: { pay: { failureThreshold: 9 } }`,
    });
    const ended = policies.call('pay', fails).catch(() => {});
    await clock.advance(10);
    await ended;
    expect(policies.breaker('pay').metrics.failureCount).toBe(failuresSeen);
  });

  it.each([
    { idempotent: true, tries: 2 },
    { idempotent: false, tries: 1 },
  ])('that failed is tried again if idempotent is $idempotent', async ({ idempotent, tries }) => {
    const { clock, policies } = loaded(`{ to: pay, retry: twice, idempotent: ${idempotent} }`, {
      policies: RETRY,
    });
    let made = 0;
    const ended = policies
      .call('pay', () => {
        made += 1;
        return fails();
      })
      .catch(() => {});
    await clock.advance(10);
    await ended;
    expect(made).toBe(tries);
  });

  it('that must not be made twice is tried again when it never was made', async () => {
    const { clock, policies } = loaded(
      '{ to: pay, retry: twice, idempotent: false, bulkhead: one }',
      { policies: `${RETRY}\nbulkheads: { one: { size: 1 } }` },
    );
    let free = (_: string) => {};
    const first = policies.call('pay', () => new Promise<string>((resolve) => (free = resolve)));
    const second = policies.call('pay', () => 'second');
    free('first');
    await clock.advance(10);
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });
});

describe('limits, caches and hedges of a call', () => {
  it('keep to the rate, and to what the callee bears at once', async () => {
    const { policies } = loaded('{ to: pay, rateLimiter: pay }', {
      calls: ['{ to: spare, concurrencyLimit: spare }'],
      policies:
        'rateLimiters: { pay: { rate: 1/s, burst: 2 } }\n' +
        'concurrencyLimits: { spare: { initial: 1, max: 1 } }',
    });
    const calls = [1, 2, 3].map((n) => policies.call('pay', () => n).catch((error) => error));
    expect(await Promise.all(calls)).toEqual([1, 2, expect.any(RateLimitedError)]);
    void policies.call('spare', () => new Promise(() => {}));
    await expect(policies.call('spare', () => 1)).rejects.toThrow(ConcurrencyLimitedError);
    expect(policies.concurrencyLimits.get('spare')?.limit).toBe(1);
  });

  it('give a fresh answer without a call, and a stale one when a call fails', async () => {
    const { clock, policies } = loaded(
      '{ to: pay, cache: { maxAge: 10s, staleIfError: 1m, keys: 5 } }',
    );
    await policies.call('pay', () => 'first', { key: 'a' });
    await expect(policies.call('pay', () => 'second', { key: 'a' })).resolves.toBe('first');
    await expect(policies.call('pay', () => 'other', { key: 'b' })).resolves.toBe('other');
    await clock.advance(30_000);
    await expect(policies.call('pay', fails, { key: 'a' })).resolves.toBe('first');
    await expect(policies.call('pay', () => 'second', { key: 'a' })).resolves.toBe('second');
  });

  it('need no key where the config says that all requests are the same', async () => {
    const { policies } = loaded('{ to: pay, fallback: { cache: 1m } }');
    await policies.call('pay', () => 'good');
    await expect(policies.call('pay', fails)).resolves.toBe('good');
  });

  it('send a late call once more', async () => {
    const { clock, policies } = loaded('{ to: pay, hedge: { after: 20ms } }');
    const answers = [new Promise(() => {}), Promise.resolve('second')];
    const call = policies.call('pay', ({ attempt }) => answers[attempt - 1]);
    await clock.advance(20);
    await expect(call).resolves.toBe('second');
  });
});

describe('a connection pool', () => {
  const text = `version: 1
connectionPools: { db: { max: 1, queue: 1, acquireTimeout: 50ms } }
services: { shop: { calls: [{ to: db, connectionPool: db }] }, db: {} }
`;

  it('gives operations connections of the service, and closes them in the end', async () => {
    const closed: string[] = [];
    const names = ['first', 'second'];
    const db = {
      open: () => names.shift(),
      close: (connection: unknown) => closed.push(String(connection)),
    };
    const policies = load(text, { clock: new VirtualClock(), connections: { db } });
    const query = () => policies.call('db', ({ connection }) => connection);
    expect([await query(), await query()]).toEqual(['first', 'first']);
    await policies.close();
    expect(closed).toEqual(['first']);
  });

  it('that the service fills itself only limits how many use one', async () => {
    const clock = new VirtualClock();
    const policies = load(text, { clock });
    void policies.call('db', () => new Promise(() => {}));
    const waits = policies.call('db', () => 'in time').catch((error: unknown) => error);
    const finds = policies.call('db', () => 'at once').catch((error: unknown) => error);
    await clock.advance(50);
    expect(await finds).toBeInstanceOf(ConnectionPoolExhaustedError);
    expect(await waits).toBeInstanceOf(ConnectionPoolTimeoutError);
  });

  it('that the config does not know is a mistake', () => {
    const dbb = { open: () => 1, close: () => {} };
    expect(() => load(text, { connections: { dbb } })).toThrow(
      "The config has no connection pool 'dbb'. Did you mean 'db'?",
    );
  });
});

describe('a redundancy group', () => {
  const text = `version: 1
redundancy:
  db:
    minHealthy: 1
    active: [db-1]
    standby: [db-2]
    failover: { attempts: 2, wait: 1s }
services:
  shop:
    calls:
      - { to: db }
      - { to: db, operation: write }
`;
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

  it('tells operations who is to do them, and fails over to the next', async () => {
    const clock = new VirtualClock();
    const policies = load(text, { clock });
    const asked: unknown[] = [];
    const answer = policies.call('db', ({ member }) => {
      asked.push(member?.id);
      if (member?.id === 'db-1') throw refused;
      return 'rows';
    });
    await clock.advance(1_000);
    await expect(answer).resolves.toBe('rows');
    expect(asked).toEqual(['db-1', 'db-2']);
    expect(policies.group('db').actives).toEqual(['db-2']);
    await policies.close();
  });

  it('gives writes to the first active', async () => {
    const policies = load(text);
    const ask = () => policies.call('db', ({ member }) => member?.id, { operation: 'write' });
    expect([await ask(), await ask()]).toEqual(['db-1', 'db-1']);
  });

  it('without failover is not judged by its calls', async () => {
    const policies = load(text.replace('    failover: { attempts: 2, wait: 1s }\n', ''));
    await expect(policies.call('db', () => Promise.reject(refused))).rejects.toBe(refused);
    expect(policies.group('db').actives).toEqual(['db-1']);
  });

  it('brings members back by the check of the service', async () => {
    const clock = new VirtualClock();
    const checked: string[] = [];
    const healthCheck = ({ id }: { id: string }) => checked.push(id) > 0;
    const policies = load(text, { clock, groups: { db: { healthCheck } } });
    const group = policies.group('db');
    group.degrade('db-1');
    await clock.advance(10_000);
    expect(checked).toEqual(['db-1']);
    expect(group.member('db-1')?.status).toBe('healthy');
    await policies.close();
  });
});

describe('the fallback of a call', () => {
  it('answers with the default, whatever kind of value it is', async () => {
    const { policies } = loaded('{ to: pay, fallback: { default: { items: [] } } }');
    await expect(policies.call('pay', fails)).resolves.toEqual({ items: [] });
  });

  it('asks another service first, in the way that the call says, within its timeout', async () => {
    const { clock, policies } = loaded(
      '{ to: pay, fallback: { call: spare, timeout: 50ms, default: none } }',
    );
    await expect(
      policies.call('pay', fails, { alternatives: { spare: () => 'spared' } }),
    ).resolves.toBe('spared');
    const hanging = policies.call('pay', fails, {
      alternatives: { spare: () => new Promise(() => {}) },
    });
    await clock.advance(50);
    await expect(hanging).resolves.toBe('none');
  });

  it('has to be told how to ask', () => {
    const { policies } = loaded('{ to: pay, fallback: { call: spare } }');
    expect(() => policies.call('pay', fails)).toThrow(
      "The fallback of 'pay' asks 'spare': say how, as 'alternatives: { 'spare': … }'",
    );
  });
});

describe('a service', () => {
  it('does its work in its pool, and says how full that is', async () => {
    const text =
      'version: 1\nbulkheads: { web: { size: 1 } }\nservices: { site: { bulkhead: web } }\n';
    const policies = load(text);
    const site = policies.service('site');
    void site.serve(() => new Promise(() => {}));
    const rejected = site.serve(() => 1);
    await expect(rejected).rejects.toBeInstanceOf(BulkheadFullError);
    await expect(rejected).rejects.toMatchObject({ pool: 'web', utilisation: 1 });
    expect(policies.bulkhead('web').stats).toMatchObject({ requests: 2, admitted: 1, rejected: 1 });
  });
});

describe('those who subscribe', () => {
  it('hear of what is shared once, and of nothing after they have left', async () => {
    const { policies } = loaded('{ to: pay, circuitBreaker: pay }', {
      calls: ['{ to: spare, circuitBreaker: pay }'],
      policies: 'circuitBreakers: { pay: { failureThreshold: 1 } }',
    });
    const events: PolicyEvent[] = [];
    const leave = policies.subscribe((event) => events.push(event));
    await policies.call('pay', fails).catch(() => {});
    leave();
    await policies.call('pay', fails).catch(() => {});
    expect(events).toMatchObject([
      { kind: 'state-changed', policy: 'pay', from: 'closed', to: 'open' },
      { kind: 'call-ended', policy: 'shop → pay', outcome: 'failure', attempts: 1 },
    ]);
  });
});

describe('a config that imports others', () => {
  const text = `version: 1
imports: [shared/retries.resilience.yaml]
services: { shop: { calls: [{ to: stock, timeout: 1s, retry: quick }] }, stock: {} }
`;

  it('is loaded with what they define', async () => {
    const asked: string[] = [];
    const policies = load(text, {
      file: 'configs/resilience.yaml',
      readFile: (file) => {
        asked.push(file);
        return 'version: 1\nretries: { quick: { attempts: 2, backoff: { initial: 0s } } }\n';
      },
    });
    expect(asked).toEqual(['configs/shared/retries.resilience.yaml']);
    let tries = 0;
    const answer = await policies.call('stock', async () => {
      if (tries++ === 0) throw new Error('once');
      return 'there';
    });
    expect(answer).toBe('there');
  });

  it('is refused where they cannot be read', () => {
    expect(() => load(text)).toThrow(/retries.resilience.yaml cannot be read from here/);
  });
});
