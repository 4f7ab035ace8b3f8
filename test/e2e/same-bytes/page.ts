/**
 * Simulates in a browser: in the page as the one who gathers, and in each worker as the one who runs.
 * One script for both; who has no document is a worker.
 */
import {
  analyse,
  type SimulationChoice,
  type SimulationPart,
  simulateInParts,
  simulatePart,
  simulateYears,
} from '../../../core/index.ts';

/** What a worker is asked for: one replication of a config. */
interface Task {
  readonly text: string;
  readonly file: string;
  readonly choice: SimulationChoice;
  readonly replication: number;
}

/** As much of a browser as is needed here: this project is compiled without its types. */
interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
}
interface Browser extends Port {
  readonly document?: unknown;
  readonly Worker: new (url: string) => Port;
  simulate?: typeof simulate;
}
const browser = globalThis as unknown as Browser;

if (browser.document === undefined) {
  browser.onmessage = ({ data }) => {
    const { choice, file, replication, text } = data as Task;
    browser.postMessage(simulatePart(analyse(text, file), choice, replication, () => true));
  };
} else browser.simulate = simulate;

/** The outcome of a simulation in so many workers, as JSON. */
async function simulate(
  script: string,
  config: { readonly text: string; readonly file: string; readonly choice: SimulationChoice },
  workers: number,
): Promise<string> {
  const analysis = analyse(config.text, config.file);
  const free = Array.from({ length: workers }, () => new browser.Worker(script));
  const outcome = await simulateInParts(analysis, config.choice, {
    atOnce: workers,
    async run(replication) {
      const worker = free.pop() as Port;
      const part = await new Promise<SimulationPart>((resolve) => {
        worker.onmessage = ({ data }) => resolve(data as SimulationPart);
        worker.postMessage({ ...config, replication } satisfies Task);
      });
      free.push(worker);
      return part;
    },
    runYears: async (years, seed) => simulateYears(analysis, years, seed, () => false),
  });
  return JSON.stringify(outcome);
}

export type SimulateInPage = typeof simulate;
