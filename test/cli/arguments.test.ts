import { describe, expect, it } from 'vitest';
import { faultline } from './harness.ts';

describe('what is misused is explained in a sentence, with exit code 2', () => {
  it.each([
    [['chekc', '.'], "Unknown command 'chekc'. Did you mean 'check'?"],
    [['dance'], "Unknown command 'dance'. 'faultline --help' lists what there is."],
    [['__proto__'], "Unknown command '__proto__'. 'faultline --help' lists what there is."],
    [['--verison'], "Unknown option '--verison'. Did you mean '--version'?"],
    [['help', 'chek'], "Unknown command 'chek'. Did you mean 'check'?"],
    [['check', '--fromat', 'json', '.'], "Unknown option '--fromat'. Did you mean '--format'?"],
    [['check', '-x', '.'], "Unknown option '-x'. 'faultline help check' lists them."],
    [
      ['check', '--__proto__', '.'],
      "Unknown option '--__proto__'. 'faultline help check' lists them.",
    ],
    [
      ['check', '.', '--format'],
      "Option '--format' needs a value: pretty, json, sarif, github, junit, markdown.",
    ],
    [
      ['check', '--format', '--fail-on', '.'],
      "Option '--format' needs a value: pretty, json, sarif, github, junit, markdown.",
    ],
    [
      ['check', '--format='],
      "Option '--format' needs a value: pretty, json, sarif, github, junit, markdown.",
    ],
    [['check', '--format', 'jsno', '.'], "'--format jsno' is not known. Did you mean 'json'?"],
    [
      ['check', '--format', 'xml', '.'],
      "'--format xml' is not known. Choose one of pretty, json, sarif, github, junit, markdown.",
    ],
    [
      ['check', '--explain', 'singel-instance'],
      "There is no rule 'singel-instance'. Did you mean 'single-instance'?",
    ],
    [
      ['check', '--explain', 'gravity'],
      "There is no rule 'gravity'. Findings carry the id of their rule.",
    ],
    [['check', 'nothing/*.yaml'], "Cannot read 'nothing': there is no such file or folder."],
    [['check', 'cli/*.yaml'], "No file matches 'cli/*.yaml'."],
    [['check', '--help=yes'], "Option '--help' takes no value."],
    [['check'], "Name the files or folders to check, such as 'faultline check .'."],
    [['simulate'], 'Name the config to simulate, such as shop.resilience.yaml.'],
    [
      ['simulate', '--seed', '-1', 'x'],
      "'--seed -1': expected a whole number from 0 to 4294967295.",
    ],
    [
      ['simulate', '--seed', '1e3', 'x'],
      "'--seed 1e3': expected a whole number from 0 to 4294967295.",
    ],
    [['simulate', '--years', '0', 'x'], "'--years 0': expected a whole number from 1 to 1000000."],
    [
      ['simulate', '--replications', '0', 'x'],
      "'--replications 0': expected a whole number from 1 to 1000.",
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await faultline(args);
    expect(stderr).toBe(`faultline: ${message}\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it('is the whole answer to no arguments, as an error', async () => {
    const { code, stdout, stderr } = await faultline([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: faultline COMMAND');
  });

  it.each([['--help'], ['-h'], ['help']])('%s lists the commands and exit codes', async (arg) => {
    const { code, stdout } = await faultline([arg]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}check PATH….*\n {2}simulate FILE/m);
    expect(stdout).toMatch(/^ {2}70 {2}internal error/m);
  });

  it.each(['check', 'simulate'])('for %s is the same by both names', async (command) => {
    const [asked, help] = [
      await faultline([command, '--help']),
      await faultline(['help', command]),
    ];
    expect(asked.stdout).toBe(help.stdout);
    expect(asked.stdout).toContain(`Usage: faultline ${command}`);
    expect(asked.code + help.code).toBe(0);
  });

  it('fits a terminal of 100 columns', async () => {
    for (const args of [[], ['check'], ['simulate']]) {
      const { stdout } = await faultline(['help', ...args]);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it('--version prints the version and nothing else', async () => {
    expect((await faultline(['--version'])).stdout).toBe('1.2.3\n');
  });
});

describe('an error of Faultline itself', () => {
  const broken = {
    stdout: {
      write() {
        throw new Error('boom\nsecond line');
      },
    },
  };

  it('is one line and exit code 70', async () => {
    const { code, stderr } = await faultline(['--version'], broken);
    expect(code).toBe(70);
    expect(stderr).toBe(
      'faultline: internal error: boom (run with FAULTLINE_DEBUG=1 for the stack)\n',
    );
  });

  it('shows its stack to whoever looks for the cause', async () => {
    const { stderr } = await faultline(['--version'], { ...broken, env: { FAULTLINE_DEBUG: '1' } });
    expect(stderr).toMatch(/^faultline: internal error: Error: boom\nsecond line\n +at /);
  });
});
