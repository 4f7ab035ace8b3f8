import * as vscode from 'vscode';
import type { ObjectiveResult, Place } from '../../core/report/report.ts';
import type { SimulationResponse } from '../../server/protocol.ts';
import type { Simulations } from '../simulate/simulations.ts';

/** Simulates one scenario, and says of each of its expectations whether it was met. */
export async function runScenario(
  run: vscode.TestRun,
  item: vscode.TestItem,
  simulations: Simulations,
  token: vscode.CancellationToken,
): Promise<void> {
  if (!item.uri) return;
  run.started(item);
  const began = performance.now();
  const took = () => performance.now() - began;
  try {
    const scenario = item.label;
    const response = await simulations.runQuietly({ uri: item.uri, scenario }, token);
    settle(run, item, response, took());
  } catch (error) {
    run.errored(item, new vscode.TestMessage(String(error)), took());
  }
}

function settle(
  run: vscode.TestRun,
  item: vscode.TestItem,
  response: SimulationResponse,
  tookMs: number,
): void {
  switch (response.kind) {
    case 'cancelled':
    // What was seen so far decides nothing.
    case 'partial':
      run.skipped(item);
      break;
    case 'refused':
      run.errored(item, new vscode.TestMessage(response.message), tookMs);
      break;
    case 'done': {
      const { objectives, seed } = response.report;
      const expectations = objectives.filter(({ origin }) => origin === 'expectation');
      const missed = expectations.filter(({ status }) => status === 'missed');
      for (const one of expectations) run.appendOutput(`${lineOf(one)}\r\n`, undefined, item);
      if (missed.length === 0) run.passed(item, tookMs);
      else
        run.failed(
          item,
          missed.map((one) => messageOf(one, seed)),
          tookMs,
        );
    }
  }
}

/** `✔ Availability: expected ≥ 99.9%, found 99.95% ± 0.01` */
function lineOf({ achieved, name, status, target }: ObjectiveResult): string {
  const mark = { met: '✔', missed: '✘', unclear: '?' }[status];
  const doubt = status === 'unclear' ? ' (too few runs to tell)' : '';
  return `${mark} ${name}: expected ${target}, found ${achieved}${doubt}`;
}

function messageOf(missed: ObjectiveResult, seed: number): vscode.TestMessage {
  const { achieved, name, place, target, violation } = missed;
  const first = violation
    ? ` First broken ${seconds(violation.atMs)} into run ${violation.replication}.`
    : '';
  const message = new vscode.TestMessage(
    `${name}: expected ${target}, found ${achieved}, with seed ${seed}.${first}`,
  );
  message.location = new vscode.Location(vscode.Uri.parse(place.file), rangeOf(place));
  return message;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function rangeOf({ end, start }: Place): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
