/**
 * What the extension and the page of its report panel say to each other. Both sides check what they
 * receive with the guards here. No DOM and no VS Code, because both sides import it.
 */
import type { Place, Report } from '../../core/report/report.ts';
import { isPlace, isReport } from './report-shape.ts';
import {
  type Guard,
  hasShape,
  isListOf,
  isNumber,
  isOneOf,
  isString,
  orMissing,
  orNull,
} from './shape.ts';

/** From the extension to the page. */
export type ToPage =
  /** What the panel is about, before anything else; the page keeps it over a reload. */
  | OpenMessage
  | { readonly type: 'report'; readonly report: Report }
  /** Go to this moment of the report that is shown. */
  | MomentMessage
  | RunningMessage
  | FailedMessage
  | { readonly type: 'cancelled' }
  /** The file has changed since the report was made: its places may have moved. */
  | { readonly type: 'stale' };

export interface OpenMessage {
  readonly type: 'open';
  readonly file: string;
  /** `null` for none; absent for the file's first. */
  readonly scenario?: string | null;
}

export interface MomentMessage {
  readonly type: 'moment';
  /** Since the run began, ms. */
  readonly atMs: number;
}

export interface RunningMessage {
  readonly type: 'running';
  /** How much is done, in [0, 1]. */
  readonly fraction: number;
  readonly message: string;
}

export interface FailedMessage {
  readonly type: 'failed';
  readonly message: string;
  /** What stands in the way, e.g. the errors in the file. */
  readonly problems?: readonly { readonly message: string; readonly place?: Place }[];
}

/** From the page to the extension. */
export type FromPage =
  /** The page listens; sent again whenever VS Code has thrown the page away and made a new one. */
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly place: Place }
  /** `null` runs without a scenario. */
  | { readonly type: 'runScenario'; readonly scenario: string | null }
  | { readonly type: 'rerun' }
  | { readonly type: 'cancel' };

/** What the page keeps over a reload of the window, for the extension's panel serializer. */
export interface PageState {
  readonly file: string;
  readonly scenario?: string | null;
  readonly scrollY: number;
}

export const isToPage: Guard<ToPage> = either<ToPage>(
  hasShape<OpenMessage>({
    type: isOneOf('open'),
    file: isString,
    scenario: orMissing(orNull(isString)),
  }),
  hasShape<Extract<ToPage, { type: 'report' }>>({ type: isOneOf('report'), report: isReport }),
  hasShape<MomentMessage>({ type: isOneOf('moment'), atMs: isNumber }),
  hasShape<RunningMessage>({ type: isOneOf('running'), fraction: isNumber, message: isString }),
  hasShape<FailedMessage>({
    type: isOneOf('failed'),
    message: isString,
    problems: orMissing(
      isListOf(
        hasShape<{ message: string; place?: Place }>({
          message: isString,
          place: orMissing(isPlace),
        }),
      ),
    ),
  }),
  hasShape<{ type: 'cancelled' }>({ type: isOneOf('cancelled') }),
  hasShape<{ type: 'stale' }>({ type: isOneOf('stale') }),
);

export const isFromPage: Guard<FromPage> = either<FromPage>(
  hasShape<{ type: 'ready' }>({ type: isOneOf('ready') }),
  hasShape<{ type: 'reveal'; place: Place }>({ type: isOneOf('reveal'), place: isPlace }),
  hasShape<{ type: 'runScenario'; scenario: string | null }>({
    type: isOneOf('runScenario'),
    scenario: orNull(isString),
  }),
  hasShape<{ type: 'rerun' }>({ type: isOneOf('rerun') }),
  hasShape<{ type: 'cancel' }>({ type: isOneOf('cancel') }),
);

export const isPageState = hasShape<PageState>({
  file: isString,
  scenario: orMissing(orNull(isString)),
  scrollY: isNumber,
});

function either<T>(...guards: readonly Guard<T>[]): Guard<T> {
  return (value): value is T => guards.some((guard) => guard(value));
}
