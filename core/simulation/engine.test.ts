import { expect, test } from 'vitest';
import { Engine } from './engine.ts';
import { TooMuchWork } from './too-much-work.ts';

test('a loop in which no time passes ends with the events that are allowed', () => {
  const engine = new Engine(10_000);
  const again = () => engine.after(0, again, undefined);
  again();
  expect(() => engine.run(1000, () => true)).toThrow(TooMuchWork);
  expect(engine.events).toBeLessThan(20_000);
});

test('a loop in which no time passes can be given up', () => {
  const engine = new Engine();
  const again = () => engine.after(0, again, undefined);
  again();
  expect(engine.run(1000, () => false)).toBe(false);
});
