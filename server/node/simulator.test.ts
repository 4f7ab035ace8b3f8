import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver/node';
import { WorkerSimulator } from '../workers/simulator.ts';
import { threadsOf } from './threads.ts';

/** A worker that does what the text of the job says and answers with the name of its thread. */
const SCRIPT = `
  const { parentPort, threadId } = require('node:worker_threads');
  parentPort.on('message', ({ task, text, signals }) => {
    const flag = new Int32Array(signals);
    parentPort.postMessage({ kind: 'progress', fraction: 0.5 });
    if (text === 'throw') throw new Error('no luck');
    if (text === 'exit') process.exit(3);
    if (text === 'deaf') for (;;);
    if (text === 'busy') while (Atomics.load(flag, 0) === 0);
    if (text === 'half') {
      while (Atomics.load(flag, 0) === 0);
      parentPort.postMessage({ kind: 'outcome', outcome: { kind: 'partial', report: 'half' } });
      return;
    }
    if (text === 'tell') {
      parentPort.postMessage({ kind: 'outcome', outcome: { kind: 'done', report: task } });
      return;
    }
    const outcome = text === 'busy' ? { kind: 'cancelled' } : { kind: 'done', report: { threadId } };
    parentPort.postMessage({ kind: 'outcome', outcome });
  });
`;

describe('WorkerSimulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  const script = join(folder, 'worker.cjs');
  let simulator: WorkerSimulator;

  beforeAll(() => writeFileSync(script, SCRIPT));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    simulator = new WorkerSimulator(threadsOf(script));
  });
  afterEach(() => simulator.dispose());

  /** Begins a job; `started` says that the worker is at it. */
  function begin(text: string, token: CancellationToken = CancellationToken.None) {
    const fractions: number[] = [];
    let tell: () => void;
    const started = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const onProgress = (fraction: number): void => {
      fractions.push(fraction);
      tell();
    };
    const outcome = simulator.run({ text, file: 'a', options: {}, judging: {} }, onProgress, token);
    return { outcome, started, fractions };
  }

  async function threadOf(text = 'do it'): Promise<number> {
    const outcome = (await begin(text).outcome) as unknown as { report: { threadId: number } };
    return outcome.report.threadId;
  }

  it('passes on progress and the outcome', async () => {
    const { outcome, fractions } = begin('do it');
    expect(await outcome).toMatchObject({ kind: 'done' });
    expect(fractions).toEqual([0.5]);
  });

  it('gives the worker each task by its name', async () => {
    const job = { file: 'a', judging: {}, objective: { kind: 'rto' } } as const;
    const outcome = simulator.reach({ text: 'tell', ...job }, () => {}, CancellationToken.None);
    expect(await outcome).toEqual({ kind: 'done', report: 'reach' });
  });

  it('keeps its thread from job to job', async () => {
    expect(await threadOf()).toBe(await threadOf());
  });

  it('runs jobs one after another, in order', async () => {
    const source = new CancellationTokenSource();
    const first = begin('busy', source.token);
    const second = begin('do it');
    await first.started;
    expect(second.fractions).toEqual([]);
    source.cancel();
    expect(await second.outcome).toMatchObject({ kind: 'done' });
  });

  it('lets a cancelled job end by itself and keeps the thread', async () => {
    const before = await threadOf();
    const source = new CancellationTokenSource();
    const { outcome, started } = begin('busy', source.token);
    await started;
    source.cancel();
    expect(await outcome).toEqual({ kind: 'cancelled' });
    expect(await threadOf()).toBe(before);
  });

  it('gives what a cancelled job had by then', async () => {
    const source = new CancellationTokenSource();
    const { outcome, started } = begin('half', source.token);
    await started;
    source.cancel();
    expect(await outcome).toEqual({ kind: 'partial', report: 'half' });
  });

  it('answers for a job that is cancelled while it waits, and never runs it', async () => {
    const running = new CancellationTokenSource();
    const waiting = new CancellationTokenSource();
    const first = begin('busy', running.token);
    const second = begin('do it', waiting.token);
    await first.started;
    waiting.cancel();
    expect(await second.outcome).toEqual({ kind: 'cancelled' });
    running.cancel();
    await threadOf();
    expect(second.fractions).toEqual([]);
  });

  it('ends the thread of a job that does not notice that it is cancelled', async () => {
    const before = await threadOf();
    const source = new CancellationTokenSource();
    const { outcome, started } = begin('deaf', source.token);
    await started;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    source.cancel();
    vi.runAllTimers();
    expect(await outcome).toEqual({ kind: 'cancelled' });
    vi.useRealTimers();
    expect(await threadOf()).not.toBe(before);
  });

  it.each([
    [
      'throws',
      'throw',
      'The simulation stopped unexpectedly: no luck. The next one starts afresh.',
    ],
    ['exits', 'exit', 'The simulation stopped unexpectedly. The next one starts afresh.'],
  ])('says so when the worker %s, and starts another', async (_, text, message) => {
    const before = await threadOf();
    await expect(begin(text).outcome).rejects.toThrow(message);
    expect(await threadOf()).not.toBe(before);
  });

  it('says so when there is no worker to start', async () => {
    simulator = new WorkerSimulator(threadsOf(join(folder, 'missing.cjs')));
    await expect(begin('do it').outcome).rejects.toThrow(/stopped unexpectedly.*missing\.cjs/s);
  });

  it('gives up what is running when it is disposed of', async () => {
    const { outcome, started } = begin('deaf');
    await started;
    simulator.dispose();
    expect(await outcome).toEqual({ kind: 'cancelled' });
  });

  it('starts no thread for what waits or is asked for after that', async () => {
    const first = begin('deaf');
    const second = begin('do it');
    await first.started;
    simulator.dispose();
    const third = begin('do it');
    expect(await second.outcome).toEqual({ kind: 'cancelled' });
    expect(await third.outcome).toEqual({ kind: 'cancelled' });
    expect([second.fractions, third.fractions]).toEqual([[], []]);
  });
});
