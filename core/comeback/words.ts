import { numberText, plural } from '../text/words.ts';
import { formatRate, formatRoughly } from '../time/index.ts';
import type { ComebackLimit } from './index.ts';
import type { Trial } from './trial.ts';

/** What was found, in one sentence: whether it comes back as written, and up to which load. */
export function comebackSentence(found: ComebackLimit): string {
  const { asWritten, limits, scenario } = found;
  const load = rateText(found, 1);
  switch (asWritten.outcome) {
    case 'stuck':
      return `Stuck: under its load of ${load} the system stays down after '${scenario}', ${runsText(asWritten, 'stuck')}, though nothing is broken any more.`;
    case 'overloaded':
      return `Overloaded: its load of ${load} is too much for the system even without '${scenario}'.`;
    case 'unclear':
      return `Cannot tell: under its load of ${load} most runs end before it is known what becomes of the system after '${scenario}'.`;
    default: {
      const back = `Comes back: under its load of ${load} the system recovers from '${scenario}', ${runsText(asWritten, 'cameBack')}.`;
      const { gives } = limits;
      if (!gives) return `${back} No load that was tried keeps it down.`;
      return gives.outcome === 'stuck'
        ? `${back} It stays down from about ${rateText(found, gives.factor)}.`
        : `${back} It does so under every load that it carries without a fault.`;
    }
  }
}

/** `156/s`: a multiple of the load of the file. */
export function rateText({ loadPerSecond }: ComebackLimit, factor: number): string {
  return formatRate(Number((loadPerSecond * factor).toPrecision(3)));
}

/** `in 4 of 5 runs`. */
export function runsText(trial: Trial, what: 'stuck' | 'cameBack' | 'overloaded'): string {
  return `in ${trial[what]} of ${plural(trial.runs, 'run')}`;
}

/** `300/s of 'database' ÷ 2 requests for each that fails`: how the formula has it; nothing where there is none. */
function closedFormText({ closedForm }: ComebackLimit): string | undefined {
  if (!closedForm) return undefined;
  const { amplification, capacityPerSecond, node, slots } = closedForm;
  const from = slots ? ` (${plural(slots.count, 'slot')} ÷ ${formatRoughly(slots.holdMs)})` : '';
  return `${formatRate(capacityPerSecond)} of '${node}'${from} ÷ ${numberText(amplification)} requests for each that fails`;
}

/** A load that matters, as a multiple of that of the file, and what was seen under it. */
export interface LoadRow {
  readonly title: string;
  readonly factor: number;
  readonly seen: string;
}

/** The loads on both sides of the limit, and where the formula has it. */
export function loadRows(found: ComebackLimit): LoadRow[] {
  const { closedForm, limits } = found;
  const { comesBack, gives } = limits;
  const formula = closedFormText(found);
  const rows: LoadRow[] = [];
  const add = (title: string, factor: number, seen: string) => rows.push({ title, factor, seen });
  if (comesBack) add('Comes back up to', comesBack.factor, runsText(comesBack, 'cameBack'));
  if (gives?.outcome === 'stuck') add('Stuck from', gives.factor, runsText(gives, 'stuck'));
  else if (gives) {
    add('Too much, fault or not, from', gives.factor, runsText(gives, 'overloaded'));
  }
  if (closedForm && formula) add('Closed form', closedForm.factor, formula);
  return rows;
}
