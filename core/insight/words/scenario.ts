import { countText, listed, plural } from '../../text/words.ts';
import { formatRoughly } from '../../time/index.ts';
import type { ScenarioInsight, ScenarioMoment } from '../scenario.ts';
import type { Row, Words } from './words.ts';

const MOST_NAMED = 4;

export function scenarioWords(insight: ScenarioInsight): Words {
  const { load, name, worst } = insight;
  const rows: Row[] = [{ label: 'Faults', value: faultsText(insight) }];
  if (worst) {
    rows.push(
      { label: 'Below minimum', value: namesText(worst.groupsDown, 'no group') },
      { label: 'Services lost', value: namesText(worst.servicesLost, 'none') },
    );
  }
  if (load) {
    const requests = `${plural(load.requests, 'request')} from ${plural(load.callers, 'caller')}`;
    rows.push({ label: 'Load', value: `${requests} to ${namesText(load.services, 'nobody')}` });
  }
  return { title: `Scenario '${name}'`, rows, notes: notesOf(insight) };
}

function faultsText({ faults, randomFailures, worst }: ScenarioInsight): string {
  if (faults === 0) return 'none';
  const parts = [plural(faults, 'fault')];
  if (worst && worst.failed > 0) parts.push(momentText(worst));
  if (randomFailures > 0) parts.push(`${countText(randomFailures)} failures at random`);
  return parts.join(', ');
}

function momentText({ atMs, failed }: ScenarioMoment): string {
  const are = failed === 1 ? 'component is' : 'components are';
  return `after ${formatRoughly(atMs)} ${countText(failed)} ${are} down`;
}

function namesText(names: readonly string[], none: string): string {
  if (names.length === 0) return none;
  return listed(
    names.map((name) => `'${name}'`),
    'and',
    MOST_NAMED,
  );
}

function notesOf({ faults, load }: ScenarioInsight): string[] {
  if (faults === 0 && !load) return [];
  return ['A simulation says how many requests fail meanwhile, and for how long.'];
}
