import type { ComebackResult } from '../../../core/report/report.ts';
import {
  backText,
  COMEBACK_STATUS,
  COMEBACK_WORDS,
  goodputText,
  runsText,
} from '../../../core/report/view/comebacks.ts';
import { listed } from '../../../core/text/words.ts';
import { wrap } from '../text.ts';
import { MARKS, paint } from './promises.ts';
import type { Section } from './section.ts';

const INDENT = 4;

/** Whether each service came back after each disturbance, when nothing was wrong any more. */
export const comebacks: Section = (report, { style, columns }) => {
  const told = new Map<string, ComebackResult[]>();
  for (const result of report.comebacks) {
    const key = [result.after, result.status, details(result)].join('\n');
    told.set(key, [...(told.get(key) ?? []), result]);
  }
  return [...told.values()].flatMap((results) => {
    const first = results[0] as ComebackResult;
    const mark = COMEBACK_STATUS[first.status];
    const services = listed(results.map(({ service }) => service));
    const word = COMEBACK_WORDS[first.status].toLowerCase();
    const text = `${services}, after ${first.after}: ${word} ${details(first)}`;
    const lines = wrap(text.trimEnd(), columns - INDENT);
    const painted = (line: string, index: number) =>
      index === 0 ? `  ${paint(mark, style)(MARKS[mark])} ${line}` : `    ${line}`;
    return lines.map(painted);
  });
};

/** `after 1.2s ± 310ms in 4 of 5 runs`, `in 13 of 20 runs (43% to 82%), goodput 40%`. */
function details(result: ComebackResult): string {
  const { backMs, status, unclear } = result;
  const back = backText(result);
  const parts = [
    backMs === null || status === 'stuck' || status === 'unclear'
      ? ''
      : backMs.mean === 0
        ? back
        : `after ${back}`,
    runsText(result),
  ].filter((text) => text !== '');
  const notes = [
    ...(status === 'stuck' ? [`goodput ${goodputText(result)} of the usual`] : []),
    ...(status === 'unclear' && unclear ? [unclear] : []),
  ];
  return [parts.join(' '), ...notes].filter((text) => text !== '').join(', ');
}
