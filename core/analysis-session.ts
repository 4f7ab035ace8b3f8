import { type Config, ConfigReader } from './config/index.ts';
import { type AnalyseOptions, type Analysis, judge } from './judge.ts';
import type { Model } from './model/model.ts';
import { checkModel, type Rule, type RuleSettings, USUAL_SETTINGS } from './rules/index.ts';

/**
 * Analyses the versions of a native config, one after another: of each only what is new in it. What
 * is found depends on the version alone, whatever came before.
 *
 * An analysis is that of the current version until the next one: then the places in what both have
 * in common become those in the new text.
 */
export class AnalysisSession {
  readonly #reader: ConfigReader;
  #checked: CheckedModel | undefined;

  /** @param file name or URI of the file; only used to say where things are. */
  constructor(file: string) {
    this.#reader = new ConfigReader(file);
  }

  /**
   * Reads a version. Every rule is run over what could be read as soon as somebody wants to know what
   * was found, which few of those do who only ask what is written. Never throws.
   */
  update(text: string, options: AnalyseOptions = {}): Analysis {
    const config = this.#reader.read(text);
    let judged: Analysis | undefined;
    const judgedNow = () => {
      judged ??= this.#judge(config, options);
      return judged;
    };
    return {
      ...config,
      get findings() {
        return judgedNow().findings;
      },
      get suppressed() {
        return judgedNow().suppressed;
      },
      get gone() {
        return judgedNow().gone;
      },
    };
  }

  #judge(config: Config, options: AnalyseOptions): Analysis {
    const { settings = USUAL_SETTINGS, onRuleFailure = () => {} } = options;
    const { failures, findings } = this.#check(config.model, settings);
    for (const failure of failures) onRuleFailure(...failure);
    return judge(config, findings, new Set(failures.map(([{ id }]) => id)), options);
  }

  /** Runs the rules, unless the model and the settings say what they said before. */
  #check(model: Model, settings: RuleSettings): CheckedModel {
    const last = this.#checked;
    if (last?.settings === settings && hasSameParts(last.model, model)) return last;
    const failures: [Rule, unknown][] = [];
    const findings = checkModel(model, {
      settings,
      onRuleFailure: (...failure) => failures.push(failure),
    });
    this.#checked = { model, settings, findings, failures };
    return this.#checked;
  }
}

interface CheckedModel {
  readonly model: Model;
  readonly settings: RuleSettings;
  readonly findings: ReturnType<typeof checkModel>;
  readonly failures: readonly (readonly [Rule, unknown])[];
}

function hasSameParts(a: Model, b: Model): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Model>;
  return [...keys].every((key) => a[key] === b[key]);
}
