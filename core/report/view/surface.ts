import type { Report } from '../report.ts';

/**
 * Where the page is shown. In the editor's `panel` places are buttons and there are controls; a
 * `document` stands alone, so places are written out as `file:line`.
 */
export type Surface = 'panel' | 'document';

/** What every section draws from. */
export interface ViewContext {
  readonly report: Report;
  readonly surface: Surface;
}
