import type { Connections } from '../connections.ts';
import type { Outcome } from '../outcome.ts';
import { type InwardMove, Layer, type OutwardMove } from './layer.ts';
import type { Passage } from './passage.ts';

/** Uses a connection for as long as the call goes on inside. */
export class ConnectionPoolLayer extends Layer {
  readonly #connections: Connections;

  constructor(depth: number, connections: Connections) {
    super(depth);
    this.#connections = connections;
  }

  override begin(passage: Passage): InwardMove {
    const ticket = this.#connections.enter(passage);
    passage.connection = ticket;
    if (ticket.outcome === 'leased') return 'inward';
    return ticket.outcome === 'rejected' ? passage.refuse('no-connection') : 'wait';
  }

  override ended(passage: Passage, outcome: Outcome): OutwardMove {
    this.giveUp(passage);
    return outcome;
  }

  /** A connection over which an answer is still to come is of no use to anybody else. */
  override giveUp({ connection, connectionKeepers, isUnanswered }: Passage): void {
    if (connection && connectionKeepers === 0) this.#connections.leave(connection, isUnanswered);
  }

  override keep(passage: Passage): void {
    passage.connectionKeepers++;
  }

  override letGo(passage: Passage): void {
    const { connection } = passage;
    passage.connectionKeepers--;
    if (!connection || passage.connectionKeepers > 0 || !passage.hasLeft(this)) return;
    this.#connections.leave(connection, false);
  }
}
