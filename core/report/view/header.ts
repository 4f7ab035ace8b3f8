import { durationText, precisionText, replicationsText } from '../text.ts';
import { icon } from './chart/icon.ts';
import { type Child, h, type ViewElement } from './node.ts';
import { standing } from './objectives.ts';
import { baseName, placedName, placeReference } from './place.ts';
import type { ViewContext } from './surface.ts';

/** Which system, which scenario, and what came out, in one sentence. */
export function header(context: ViewContext): ViewElement {
  const { report, surface } = context;
  const outcome = standing(report.objectives);
  return h(
    'header',
    { class: 'masthead' },
    h(
      'div',
      { class: 'masthead-top' },
      h('p', { class: 'brand' }, icon('mark'), 'Faultline report'),
      surface === 'panel' ? controls(context) : undefined,
    ),
    h('h1', {}, report.system),
    scenarioLine(context),
    h(
      'p',
      { class: `verdict ${outcome ?? 'neutral'}` },
      outcome === undefined ? undefined : icon(outcome),
      h('span', {}, report.verdict),
    ),
    h(
      'ul',
      { class: 'facts' },
      h('li', {}, baseName(report.file)),
      h('li', {}, `${durationText(report.durationMs)} simulated`),
      h('li', {}, replicationsText(report)),
      report.precision ? h('li', {}, precisionText(report.precision)) : undefined,
      h('li', {}, `Seed ${report.seed}`),
    ),
  );
}

function scenarioLine(context: ViewContext): ViewElement {
  const { report, surface } = context;
  const { scenario } = report;
  if (scenario === null) {
    return h(
      'p',
      { class: 'scenario-line' },
      'No scenario: failures come only from the failure rates.',
    );
  }
  const { name, place, description } = scenario;
  return h(
    'p',
    { class: 'scenario-line' },
    'Scenario ',
    surface === 'panel'
      ? placedName(context, name, place)
      : h('span', { class: 'name' }, name, ' ', placeReference(surface, name, place)),
    description === undefined ? undefined : h('span', { class: 'muted' }, ` – ${description}`),
  );
}

/** Choosing a scenario and running again: only where there is an editor to do it. */
function controls({ report }: ViewContext): ViewElement {
  const chosen = report.scenario === null ? -1 : report.scenarios.indexOf(report.scenario.name);
  const options: Child[] = ['No scenario', ...report.scenarios].map((name, index) =>
    // The value is a position, so that no name can be mistaken for "no scenario".
    h('option', { value: index - 1, selected: index - 1 === chosen ? true : undefined }, name),
  );
  return h(
    'div',
    { class: 'controls' },
    h('label', { for: 'scenario' }, 'Scenario'),
    h('select', { id: 'scenario', 'data-action': 'run-scenario' }, options),
    h('button', { type: 'button', class: 'action', 'data-action': 'rerun' }, 'Run again'),
  );
}
