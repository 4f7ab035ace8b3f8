import { afterEach, beforeEach, expect } from 'vitest';

type Note = (error: unknown) => void;

declare const process: {
  on(event: 'unhandledRejection', note: Note): void;
  off(event: 'unhandledRejection', note: Note): void;
};
declare function setImmediate(callback: () => void): void;

/** Fails every test of the file after which the host has a rejection that nobody handles. */
export function expectNoUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await new Promise((resolve) => setImmediate(() => resolve(undefined)));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
}
