import { type ConnectionTicket, PolicyError, RejectedError } from '../patterns/index.ts';
import type { Connections } from './connections.ts';
import type { Upper } from './frame.ts';
import { HoldingFrame } from './holding-frame.ts';

/** Has a connection for those below, from the moment that its ticket is leased. */
export class ConnectionFrame<C> extends HoldingFrame {
  declare readonly connections: Connections<C>;
  declare readonly ticket: ConnectionTicket<C>;
  declare isBroken: boolean;

  constructor(above: Upper, connections: Connections<C>, ticket: ConnectionTicket<C>) {
    super(above);
    this.connections = connections;
    this.ticket = ticket;
    this.isBroken = false;
  }

  get connection(): C | undefined {
    return this.ticket.connection;
  }

  override succeed(value: unknown): void {
    this.finish();
    this.above.succeed(value);
  }

  override fail(error: unknown): void {
    let answer = error;
    try {
      this.isBroken ||= this.isToBlame(error) && this.connections.isBroken(error);
    } catch (bug) {
      this.isBroken = true;
      answer = bug;
    }
    this.finish();
    this.above.fail(answer);
  }

  override cancel(reason: unknown, abandon: boolean): void {
    if (this.connections.cancel(this.ticket)) return;
    super.cancel(reason, abandon);
    this.finish();
  }

  /** Of an operation that was given up and then failed, nobody knows how far it has got. */
  override ended(failed: boolean): void {
    this.isBroken ||= failed;
    super.ended(failed);
  }

  override release(): void {
    this.connections.release(this.ticket, this.isBroken);
  }

  /**
   * Whether an error says something of the connection. One by a policy further in does not: either
   * the operation has not begun, or it goes on, and then it matters how that ends.
   */
  isToBlame(error: unknown): boolean {
    if (error instanceof RejectedError) return false;
    return this.straggling === 0 || !(error instanceof PolicyError);
  }
}
