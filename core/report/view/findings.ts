import { SEVERITIES, type Severity } from '../../model/finding.ts';
import type { PlacedFinding } from '../report.ts';
import { tallyText } from '../text.ts';
import { icon } from './chart/icon.ts';
import { h, type ViewElement } from './node.ts';
import { placeReference } from './place.ts';
import { firstOnes } from './recommendations.ts';
import { blankSection, section } from './section.ts';
import type { Surface, ViewContext } from './surface.ts';

const WORDS: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Information',
  hint: 'Hint',
};

/** What the rules say about the file, worst first. */
export function findings({ report, surface }: ViewContext): ViewElement {
  const head = { id: 'findings', title: 'Findings in the file', classes: 'span-half' };
  if (report.findings.length === 0) {
    return blankSection(head, 'The rules have nothing to say about this file.');
  }
  const sorted = report.findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  return section(
    { ...head, note: tallyText(sorted) },
    firstOnes('finding', sorted, (finding) => item(surface, finding)),
  );
}

function item(surface: Surface, { severity, message, ruleId, place }: PlacedFinding): ViewElement {
  return h(
    'li',
    { class: `finding ${severity}` },
    icon(severity),
    h(
      'div',
      {},
      h('p', {}, h('span', { class: 'unseen' }, `${WORDS[severity]}: `), message),
      h(
        'p',
        { class: 'aside' },
        placeReference(surface, ruleId, place),
        h('code', { class: 'rule' }, ruleId),
      ),
    ),
  );
}
