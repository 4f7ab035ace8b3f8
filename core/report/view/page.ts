import type { Report } from '../report.ts';
import { assumptions, method } from './assumptions.ts';
import { breakers } from './breakers.ts';
import { calls } from './calls.ts';
import { comebacks } from './comebacks.ts';
import { components } from './components.ts';
import { failovers } from './failovers.ts';
import { findings } from './findings.ts';
import { groups } from './groups.ts';
import { header } from './header.ts';
import { limits } from './limits.ts';
import { h, type ViewElement } from './node.ts';
import { objectives } from './objectives.ts';
import { patterns } from './patterns.ts';
import { pools } from './pools.ts';
import { recommendations } from './recommendations.ts';
import { score } from './score.ts';
import { services } from './services.ts';
import type { Surface, ViewContext } from './surface.ts';
import { timeline } from './timeline.ts';
import { traffic } from './traffic.ts';
import { years } from './years.ts';

/** In reading order: the verdict and its evidence, then what to do, then the details. */
const SECTIONS: readonly ((context: ViewContext) => ViewElement)[] = [
  objectives,
  comebacks,
  score,
  traffic,
  timeline,
  years,
  recommendations,
  findings,
  components,
  groups,
  failovers,
  pools,
  breakers,
  limits,
  services,
  calls,
  patterns,
  assumptions,
  method,
];

const CONTENTS = [
  ['objectives', 'Objectives'],
  ['comebacks', 'Recovery'],
  ['numbers', 'Numbers'],
  ['timeline', 'Timeline'],
  ['years', 'Years'],
  ['recommendations', 'Changes'],
  ['findings', 'Findings'],
  ['components', 'Components'],
  ['pools', 'Pools and breakers'],
  ['services', 'Services'],
  ['patterns', 'Patterns'],
  ['method', 'Method'],
] as const;

/** The whole report page. */
export function reportPage(report: Report, surface: Surface): ViewElement {
  const context: ViewContext = { report, surface };
  return h(
    'div',
    { class: `report ${surface}` },
    header(context),
    h(
      'nav',
      { class: 'contents', 'aria-label': 'Contents' },
      CONTENTS.map(([id, title]) => h('a', { href: `#${id}` }, title)),
    ),
    h(
      'main',
      { class: 'cards' },
      SECTIONS.map((draw) => draw(context)),
    ),
  );
}
