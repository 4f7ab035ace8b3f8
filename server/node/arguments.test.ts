import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const read = (...args: string[]) => readArguments(args, '1.2.3', false);

describe('arguments', () => {
  it.each([[['--stdio']], [['--stdio', '--clientProcessId=42']]])('serve: %j', (args) =>
    expect(read(...args)).toEqual({ kind: 'serve' }),
  );

  it('serve a port', () => expect(read('--socket=6009')).toEqual({ kind: 'serve', port: 6009 }));

  it('serve over IPC, but only when a process forked the server', () => {
    expect(readArguments(['--node-ipc'], '1.2.3', true)).toEqual({ kind: 'serve' });
    expect(read('--node-ipc')).toMatchObject({ kind: 'misused' });
  });

  it.each([
    [[]],
    [['--socket']],
    [['--socket=']],
    [['--socket=0']],
    [['--socket=70000']],
    [['-x']],
  ])('are misused: %j', (args) =>
    expect(read(...args)).toMatchObject({
      kind: 'misused',
      text: expect.stringMatching(/^.+ See --help\.\n$/),
    }),
  );

  it('ask for help or the version, whatever else they say', () => {
    expect(read('--stdio', '--version')).toEqual({ kind: 'print', text: '1.2.3\n' });
    expect(read('--help', '--nonsense')).toMatchObject({
      kind: 'print',
      text: expect.stringContaining('--stdio'),
    });
  });
});
