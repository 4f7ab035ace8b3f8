import { type Config, ConfigReader } from './config/index.ts';
import { ImportJoiner, ownFindings } from './imports/index.ts';
import { type AnalyseOptions, type Analysis, judge } from './judge.ts';
import type { Model } from './model/model.ts';
import { ModelMemory } from './model/model-memory.ts';
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
  readonly #joiner = new ImportJoiner();
  readonly #memory = new ModelMemory();
  /** As text, since who sets them may make them anew for each version. */
  #settings: string | undefined;

  /** @param file name or URI of the file; only used to say where things are. */
  constructor(file: string) {
    this.#reader = new ConfigReader(file);
  }

  /**
   * Reads a version. Every rule is run over what could be read as soon as somebody wants to know what
   * was found, which few of those do who only ask what is written. Never throws.
   */
  update(text: string, options: AnalyseOptions = {}): Analysis {
    const read = this.#joiner.join(this.#reader.read(text), options.imports);
    // What is asked of the model beside its findings is remembered like these.
    const config = { ...read, model: this.#memory.show(read.model) };
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
    const { failures, findings: all } = this.#check(config.model, settings);
    const findings = ownFindings(all, config.model);
    for (const failure of failures) onRuleFailure(...failure);
    return judge(config, findings, new Set(failures.map(([{ id }]) => id)), options);
  }

  /** Runs the rules that read something that has changed. */
  #check(model: Model, settings: RuleSettings): CheckedModel {
    const setTo = JSON.stringify([...settings]);
    if (this.#settings !== setTo) this.#memory.forget();
    this.#settings = setTo;
    const failures: [Rule, unknown][] = [];
    const findings = checkModel(model, {
      settings,
      onRuleFailure: (...failure) => failures.push(failure),
    });
    return { findings, failures };
  }
}

interface CheckedModel {
  readonly findings: ReturnType<typeof checkModel>;
  readonly failures: readonly (readonly [Rule, unknown])[];
}
