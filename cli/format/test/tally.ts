import type { TestedFile } from '../../test-file.ts';

export interface Tally {
  readonly scenarios: number;
  readonly met: number;
  readonly missed: number;
  readonly unclear: number;
  /** Scenarios that cannot be simulated. */
  readonly refused: number;
  /** Scenarios that were not, or not wholly, simulated. */
  readonly stopped: number;
}

/** How many expectations came out how. */
export function tally(files: readonly TestedFile[]): Tally {
  const scenarios = files.flatMap((file) => file.scenarios);
  const expectations = scenarios.flatMap((scenario) => scenario.expectations);
  const withStatus = <T extends { readonly status: string }>(all: readonly T[], status: string) =>
    all.filter((one) => one.status === status).length;
  return {
    scenarios: scenarios.length,
    met: withStatus(expectations, 'met'),
    missed: withStatus(expectations, 'missed'),
    unclear: withStatus(expectations, 'unclear'),
    refused: withStatus(scenarios, 'refused'),
    stopped: withStatus(scenarios, 'stopped'),
  };
}
