import { afterEach, describe, expect, it } from 'vitest';
import { captureRejectionStacks, PolicyError } from './policy-error.ts';
import { RejectedError } from './rejected-error.ts';

class QueueFullError extends RejectedError {
  static {
    QueueFullError.prototype.name = 'QueueFullError';
  }
}

describe('PolicyError', () => {
  afterEach(() => captureRejectionStacks(false));

  it('is an error to whoever catches it', () => {
    const error = new QueueFullError('no place left');
    for (const parent of [QueueFullError, RejectedError, PolicyError, Error]) {
      expect(error).toBeInstanceOf(parent);
    }
    expect([error.name, error.message]).toEqual(['QueueFullError', 'no place left']);
    expect(String(error)).toBe('QueueFullError: no place left');
    expect(() => {
      throw error;
    }).toThrow('no place left');
  });

  it('captures no stack, and says in its place what it is', () => {
    expect(new QueueFullError('no place left').stack).toBe('QueueFullError: no place left');
  });

  it('captures the stack when it is asked to, from where the error was made', () => {
    captureRejectionStacks(true);
    const { stack } = new QueueFullError('no place left');
    expect(stack).toMatch(/^QueueFullError: no place left\n\s+at .*policy-error\.test/);
  });

  it('lets tools write a stack of their own', () => {
    const error = new QueueFullError('no place left');
    error.stack = 'from elsewhere';
    expect(error.stack).toBe('from elsewhere');
    expect(new QueueFullError('no place left').stack).toBe('QueueFullError: no place left');
  });
});
