import type { Analysis, Finding, Judging, SimulationChoice } from '../core/index.ts';
import type { ObjectiveResult } from '../core/report/report.ts';
import type { Simulator } from './simulator.ts';

/** What came of the scenarios of one file. */
export interface TestedFile {
  readonly file: string;
  /** Those that expect something, in their order. */
  readonly scenarios: readonly TestedScenario[];
}

export interface TestedScenario {
  readonly name: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** The worst of its expectations; `stopped` where not all runs were made. */
  readonly status: ObjectiveResult['status'] | 'refused' | 'stopped';
  readonly seed: number;
  /** That were run. */
  readonly replications: number;
  readonly expectations: readonly ObjectiveResult[];
  /** Why it cannot be simulated. */
  readonly problems: readonly TestProblem[];
}

export interface TestProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface TestOptions {
  readonly judging: Judging;
  readonly choice: SimulationChoice;
  /** The only scenario that is meant. */
  readonly only: string | undefined;
}

/** Simulates the scenarios of a file that expect something, one after another. */
export async function testFile(
  simulator: Simulator,
  analysis: Analysis,
  { choice, judging, only }: TestOptions,
): Promise<TestedFile> {
  const scenarios: TestedScenario[] = [];
  for (const { expect, name, nameAt } of analysis.model.scenarios.values()) {
    if (expect.length === 0 || (only !== undefined && name !== only)) continue;
    const { column, line } = placeOf(analysis, nameAt.start);
    const base = { name, line, column, seed: choice.seed ?? analysis.model.simulation.seed.value };
    const outcome = await simulator.simulate(analysis, judging, { ...choice, scenario: name });
    if (outcome.kind === 'refused' || outcome.kind === 'cancelled') {
      const isRefused = outcome.kind === 'refused';
      scenarios.push({
        ...base,
        status: isRefused ? 'refused' : 'stopped',
        replications: 0,
        expectations: [],
        problems: isRefused ? outcome.problems.map((one) => problemOf(analysis, one)) : [],
      });
      continue;
    }
    const { objectives, partial, replications } = outcome.report;
    const expectations = objectives.filter(({ origin }) => origin === 'expectation');
    const status = partial ? 'stopped' : worst(expectations);
    scenarios.push({ ...base, status, replications, expectations, problems: [] });
  }
  return { file: analysis.file, scenarios };
}

function worst(expectations: readonly ObjectiveResult[]): ObjectiveResult['status'] {
  const statuses = expectations.map(({ status }) => status);
  return (['missed', 'unclear'] as const).find((status) => statuses.includes(status)) ?? 'met';
}

function problemOf(analysis: Analysis, { at, message }: Finding): TestProblem {
  return { ...placeOf(analysis, at.start), message };
}

function placeOf({ lines }: Analysis, offset: number): { line: number; column: number } {
  const { character, line } = lines.positionAt(offset);
  return { line: line + 1, column: character + 1 };
}
