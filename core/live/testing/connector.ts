import type { ConnectionsOptions } from '../connections.ts';
import type { Signal } from '../signal.ts';
import { controlled } from './controlled.ts';

/** A connection that knows how it is. */
export interface TestConnection {
  readonly number: number;
  isOpen: boolean;
}

/** Opens and closes connections, at once or when the test says so, and keeps a record of them. */
export function connector() {
  const connections: TestConnection[] = [];
  const openings = controlled<void>();
  const signals: Signal[] = [];
  const record = {
    connections,
    signals,
    /** Whether opening one waits for the test to resolve its run. */
    waits: false,
    openings,
    get open(): number[] {
      return connections.filter(({ isOpen }) => isOpen).map(({ number }) => number);
    },
    handling: {
      open: async (signal: Signal) => {
        signals.push(signal);
        if (record.waits) await openings.operation(undefined as never);
        const connection = { number: connections.length + 1, isOpen: true };
        connections.push(connection);
        return connection;
      },
      close: async (connection: TestConnection) => {
        if (!connection.isOpen) throw new Error('Closed twice');
        connection.isOpen = false;
      },
    } satisfies Partial<ConnectionsOptions<TestConnection>>,
  };
  return record;
}
