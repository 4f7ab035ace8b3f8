import { writeText } from './config/edit/index.ts';
import { comment, nativeModel } from './convert/index.ts';
import type { Group, Model, Service } from './model/model.ts';

/**
 * A first config that adds to files of other tools what they do not say. Its numbers are examples, so
 * they are commented out, each with the question that it answers and what the answer lets be judged.
 *
 * @param paths of the files, as the config imports them
 */
export function initialConfig(model: Model, paths: readonly string[], system: string): string {
  const { groups, services } = nativeModel(model);
  const called = new Set(
    [...services.values()].flatMap(({ calls }) => calls.map(({ to }) => to.value)),
  );
  const blocks = [
    [
      question(
        'What the imported files do not say. Fill in what you know and take its comment signs away; each number lets more be judged, and simulated.',
      ),
      'version: 1',
      `system: ${text(system)}`,
      'imports:',
      ...paths.map((path) => `  - ${text(path)}`),
    ],
    [
      question('What did you promise? Then checks and simulations say whether it can be kept.'),
      '# objectives:',
      '#   availability: 99.9%',
      '#   latency: { p99: 800ms }',
    ],
    section('services', [...services], (name, one) => serviceLines(name, one, called.has(name))),
    section('redundancy', [...groups], groupLines),
    [
      question(
        'What should it live through? `faultline simulate` plays it, `faultline test` holds it.',
      ),
      '# scenarios:',
      '#   a-bad-day:',
      `#     faults: [{ at: 2m, for: 1m, hang: ${text([...called][0] ?? [...services.keys()][0] ?? [...groups.keys()][0] ?? 'something')} }]`,
      "#     expect: { availability: '>= 99%' }",
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section<T>(
  key: string,
  parts: readonly (readonly [string, T])[],
  write: (name: string, part: T) => readonly string[],
): readonly string[] {
  return parts.length === 0
    ? []
    : [`# ${key}:`, ...parts.flatMap(([name, one]) => write(name, one))];
}

function serviceLines(name: string, { runsOn }: Service, isCalled: boolean): readonly string[] {
  if (!isCalled) {
    return [
      '#   # How much arrives at its busiest? Says what retries add, what pools must hold, how fast breakers open.',
      `#   ${text(name)}: { traffic: { rate: 50/s } }`,
    ];
  }
  const errors = runsOn ? '' : ', errorRate: 0.1%';
  return [
    '#   # How long does it take to answer, as measured? Says whether timeouts are right, and what retries cost.',
    `#   ${text(name)}: { latency: { p50: 20ms, p99: 200ms }${errors} }`,
  ];
}

function groupLines(name: string, { members }: Group): readonly string[] {
  const least = Math.max(1, members.length - 1);
  return [
    '#   # How many must run, how often does one fail, and how long until it is back? Says how available it is.',
    `#   ${text(name)}: { minHealthy: ${least}, failures: { mtbf: 30d }, recovery: { time: 1m, maxTime: 1m } }`,
  ];
}

/** Told apart from what is commented out. */
function question(words: string): string {
  return comment(words, '').replaceAll(/^#/gm, '##');
}

function text(value: string): string {
  return writeText(value, { quote: 'plain', otherwise: 'double', isFlow: true });
}
