import { expect, it } from 'vitest';
import { TimeoutError } from './timeout-error.ts';

it('TimeoutError says what took too long, and how long that is', () => {
  const error = new TimeoutError("call 'payments'", 1_500);
  expect(error).toMatchObject({ name: 'TimeoutError', what: "call 'payments'", timeoutMs: 1_500 });
  expect(error.message).toBe("Timeout of call 'payments': no answer within 1.5s");
});
