import { createController } from '../signal.ts';

/** A real abort signal that knows how many listen to it. */
export function countingSignal() {
  const controller = createController();
  const { signal } = controller;
  const counter = { listeners: 0 };
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    counter.listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    counter.listeners -= 1;
    remove(...args);
  };
  return { controller, signal, counter };
}
