import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from './context.ts';

/** A bar on a stream, which shows it only if it is a terminal and takes it away at the end. */
export function startProgress(stream: NodeJS.WritableStream): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: 'Simulating {bar} {percentage}% {step}',
      barsize: 40,
      clearOnComplete: true,
      // Its handler of Ctrl-C would wait for the simulation to end. Without one the terminal is left
      // as it is, so nothing of it may be changed.
      gracefulExit: false,
      hideCursor: false,
      linewrap: true,
    },
    Presets.shades_grey,
  );
  bar.start(100, 0, { step: '' });
  return {
    update: (share, step = '') => bar.update(Math.floor(share * 100), { step }),
    stop: () => bar.stop(),
  };
}
