import { AnalysisSession } from './analysis-session.ts';
import { type Config, isNativeFile } from './config/index.ts';
import type { AnalyseOptions, Analysis } from './judge.ts';
import type { Finding } from './model/finding.ts';
import { checkModel, RULES } from './rules/index.ts';
import { Workspace } from './workspace.ts';

export type { AnalyseOptions, Analysis, FoundText, Judging } from './judge.ts';

/**
 * Reads a config and runs every rule over what could be read. A file that is in the format of another
 * tool is judged by itself: `Workspace` judges it together with others. Never throws.
 */
export function analyse(text: string, file: string, options: AnalyseOptions = {}): Analysis {
  if (!isNativeFile(file)) {
    const workspace = new Workspace();
    workspace.set(file, text);
    const analysis = workspace.analyse(file, options);
    if (analysis) return analysis;
  }
  return new AnalysisSession(file).update(text, options);
}

const UNKNOWN_REFERENCE = RULES.filter(({ id }) => id === 'unknown-reference');

/**
 * What keeps a config from being simulated or loaded: errors of the text, and names that refer to
 * nothing, whether they are reported or not. Numbers and policies of a system that nobody described
 * would be worse than none.
 */
export function blockersOf({ problems, model }: Config): readonly Finding[] {
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...checkModel(model, { rules: UNKNOWN_REFERENCE }),
  ];
}
