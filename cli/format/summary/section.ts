import type { Report } from '../../../core/index.ts';
import type { Style } from '../style.ts';

export interface SummaryOptions {
  readonly style: Style;
  readonly columns: number;
  /** Messages that stand above the summary already, so that advice need not repeat them. */
  readonly alreadyShown: ReadonlySet<string>;
}

/** One part of the summary: no lines where there is nothing to say. */
export type Section = (report: Report, options: SummaryOptions) => readonly string[];
