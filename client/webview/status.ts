import { h, type ViewElement } from '../../core/report/view/node.ts';
import { placeReference } from '../../core/report/view/place.ts';
import type { FailedMessage, RunningMessage } from './protocol.ts';

/** What stands above the report, or in its place while there is none. */
export function runningView({ fraction, message }: RunningMessage): ViewElement {
  const percent = Math.round(Math.min(1, Math.max(0, fraction || 0)) * 100);
  return h(
    'div',
    { class: 'notice running' },
    h('label', { for: 'progress' }, message),
    h('progress', { id: 'progress', value: percent, max: 100 }),
    h('span', { class: 'notice-percent', 'aria-hidden': 'true' }, `${percent}%`),
    h('button', { type: 'button', class: 'action', 'data-action': 'cancel' }, 'Cancel'),
  );
}

export function failedView({ message, problems = [] }: FailedMessage): ViewElement {
  return h(
    'div',
    { class: 'notice failed', role: 'alert' },
    h('h2', {}, 'The simulation could not run'),
    h('p', {}, message),
    problems.length === 0
      ? undefined
      : h(
          'ul',
          { class: 'plain-list' },
          problems.map((problem) =>
            h(
              'li',
              {},
              problem.message,
              ' ',
              problem.place && placeReference('panel', problem.message, problem.place),
            ),
          ),
        ),
    rerunButton(),
  );
}

export function cancelledView(): ViewElement {
  return h(
    'div',
    { class: 'notice cancelled', role: 'status' },
    h('p', {}, 'The simulation was cancelled.'),
    rerunButton(),
  );
}

export function staleView(): ViewElement {
  return h(
    'div',
    { class: 'notice stale', role: 'status' },
    h('p', {}, 'The file has changed since this run: numbers and lines may no longer fit it.'),
    rerunButton(),
  );
}

function rerunButton(): ViewElement {
  return h('button', { type: 'button', class: 'action', 'data-action': 'rerun' }, 'Run again');
}
