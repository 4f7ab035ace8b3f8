import type { Failover, RedundancyGroup } from '../patterns/index.ts';
import type { Copies } from '../simulation/copies.ts';
import type { Engine } from '../simulation/engine.ts';
import { drawExponential, type RandomStream } from '../time/index.ts';
import { Downtime, type OutageCause } from './downtime.ts';
import type { Part } from './part.ts';

export interface YearsGroupOptions {
  readonly engine: Engine;
  readonly machine: RedundancyGroup;
  readonly members: readonly YearsMember[];
  readonly network: Part | undefined;
  readonly copies: Copies | undefined;
  readonly activationMs: number;
  /** How fast standbys age while they wait, in [0, 1]. */
  readonly standbyPace: number;
  /** Probability that a takeover works. */
  readonly coverage: number;
  /** Until a cause strikes that all running members have in common, ms; Infinity means never. */
  readonly commonCauseMs: number;
  readonly random: RandomStream;
  /** How long the next failure goes unnoticed, ms; absent means not at all. */
  readonly drawDetectionMs: (() => number) | undefined;
  /** Told when it went up or down. */
  readonly onChange: (group: YearsGroup) => void;
}

/** A member as its group knows it. */
export class YearsMember {
  readonly id: string;
  readonly part: Part;
  /** The zone and region whose loss it shares. */
  readonly domains: readonly Part[];
  readonly zone: string;
  /** Whether it and all that it lies in are up. */
  isReachable = true;
  isActive: boolean;
  /** Whether the machine takes it for failed. */
  isAway = false;
  /** Promoted, but not serving yet. */
  isActivating = false;
  /** Goes up whenever what was planned for it is void. */
  epoch = 0;
  loss: Failover | undefined;

  constructor(id: string, part: Part, domains: readonly Part[], zone: string, isActive: boolean) {
    this.id = id;
    this.part = part;
    this.domains = domains;
    this.zone = zone;
    this.isActive = isActive;
  }
}

/**
 * Drives the redundancy machine of a group through years of failures and repairs, without traffic. It
 * is up while enough members serve that can reach one another, and a takeover that did not work is
 * over.
 */
export class YearsGroup {
  readonly name: string;
  readonly downtime = new Downtime();
  /** Times that a standby took the place of an active. */
  failovers = 0;
  /** Failovers that lost writes, and how many ms of them at the most. */
  lossyFailovers = 0;
  lostMs = 0;
  readonly #options: YearsGroupOptions;
  readonly #machine: RedundancyGroup;
  readonly #members: readonly YearsMember[];
  readonly #byId: ReadonlyMap<string, YearsMember>;
  readonly #byPart: ReadonlyMap<Part, YearsMember>;
  /** Until this member is back, the group is down. */
  #blockedBy: YearsMember | undefined;

  constructor(options: YearsGroupOptions) {
    this.#options = options;
    this.#machine = options.machine;
    this.name = options.machine.name;
    this.#members = options.members;
    this.#byId = new Map(options.members.map((member) => [member.id, member]));
    this.#byPart = new Map(options.members.map((member) => [member.part, member]));
    for (const { part } of options.members) part.owner = this;
    this.#promote(this.#machine.promoteMissing());
    // Nobody waits for those that begin.
    for (const member of this.#members) {
      member.isActivating = false;
      member.epoch++;
      this.#setPace(member);
      member.part.begin();
    }
    this.#planCommonCause();
    this.update('failures');
  }

  /** One of its members failed by itself. */
  failed(part: Part): void {
    const member = this.#byPart.get(part);
    if (member) this.#lose(member);
    this.update('failures');
  }

  repaired(part: Part): void {
    const member = this.#byPart.get(part);
    if (member) this.#findAgain(member);
    this.update('failures');
  }

  /** All that lies in a zone or a region was lost; standbys first, so that none is promoted. */
  domainFailed(domain: Part, cause: OutageCause): void {
    this.#loseAll((member) => member.domains.includes(domain));
    this.update(cause);
  }

  domainRepaired(domain: Part): void {
    for (const member of this.#members) {
      if (member.domains.includes(domain)) this.#findAgain(member);
    }
    this.update('failures');
  }

  strikeAll(): void {
    const struck = this.#members.filter(({ part }) => part.isUp && part.pace > 0);
    for (const { part } of struck) part.breakDown();
    this.#loseAll((member) => struck.includes(member));
    this.#planCommonCause();
    this.update('common-cause');
  }

  detect(member: YearsMember): void {
    this.#takeAway(member);
    this.update('failures');
  }

  endActivation(member: YearsMember): void {
    member.isActivating = false;
    this.#setPace(member);
    this.update('failures');
  }

  /** To be called when anything changed. */
  update(cause: OutageCause): void {
    const isUp = this.#isUp();
    if (isUp === this.downtime.isUp) return;
    this.downtime.set(isUp, this.#options.engine.nowMs, isUp ? cause : this.#causeOf(cause));
    this.#options.onChange(this);
  }

  #isUp(): boolean {
    const { copies, network } = this.#options;
    if (this.#blockedBy || copies?.allows(undefined) === false) return false;
    const { minHealthy } = this.#machine;
    if (network?.isUp !== false) return this.#serving() >= minHealthy;
    return this.#strongestZone() >= minHealthy;
  }

  #serving(): number {
    let serving = 0;
    for (const { isActivating, isActive, isReachable } of this.#members) {
      if (isReachable && isActive && !isActivating) serving++;
    }
    return serving;
  }

  /**
   * Cut off from each other, zones promote their own standbys: those that serve at once count. The
   * machine knows nothing of it, because all is as it was when the network is back.
   */
  #strongestZone(): number {
    const { activationMs } = this.#options;
    const serving = new Map<string, number>();
    for (const { isActivating, isActive, isReachable, zone } of this.#members) {
      const serves = isReachable && !isActivating && (isActive || activationMs === 0);
      if (serves) serving.set(zone, (serving.get(zone) ?? 0) + 1);
    }
    return Math.max(0, ...serving.values());
  }

  #causeOf(cause: OutageCause): OutageCause {
    if (cause !== 'failures') return cause;
    if (this.#blockedBy) return 'coverage';
    if (this.#options.network?.isUp === false) return 'network';
    const left = this.#members.filter(({ isReachable }) => isReachable).length;
    return left >= this.#machine.minHealthy ? 'takeover' : 'failures';
  }

  #loseAll(isLost: (member: YearsMember) => boolean): void {
    for (const member of this.#members) {
      if (isLost(member) && !member.isActive) this.#lose(member);
    }
    for (const member of this.#members) {
      if (isLost(member) && member.isActive) this.#lose(member);
    }
  }

  #lose(member: YearsMember): void {
    const { copies, drawDetectionMs, engine } = this.#options;
    if (!member.isReachable) {
      // It was behind a failed zone, and has failed itself now.
      if (member.isAway && !member.part.isUp) member.part.beginRepair();
      return;
    }
    member.isReachable = false;
    member.epoch++;
    member.loss = copies?.failover(member.id, engine.nowMs);
    copies?.fail(member.id, engine.nowMs);
    if (!drawDetectionMs) this.#takeAway(member);
    else {
      const noticed: Planned = { group: this, member, epoch: member.epoch };
      engine.after(drawDetectionMs(), detect, noticed);
    }
  }

  #takeAway(member: YearsMember): void {
    const { copies, coverage, engine, random } = this.#options;
    const { isActive, loss } = member;
    member.isAway = true;
    member.isActive = false;
    member.isActivating = false;
    const outcome = this.#machine.fail(member.id, engine.nowMs);
    if (!member.part.isUp) member.part.beginRepair();
    if (outcome.kind !== 'failed') return;
    const { promoted } = outcome;
    if (promoted.length > 0) this.failovers++;
    if (isActive && loss?.kind === 'possible' && loss.lostMs > 0 && copies?.allows('write')) {
      this.lossyFailovers++;
      this.lostMs += loss.lostMs;
    }
    const fails = promoted.length > 0 && coverage < 1 && random.next() >= coverage;
    if (fails && !this.#blockedBy) this.#blockedBy = member;
    this.#promote(promoted);
  }

  #findAgain(member: YearsMember): void {
    const { copies, engine } = this.#options;
    if (member.isReachable || !member.part.isUp) return;
    if (member.domains.some(({ isUp }) => !isUp)) return;
    member.isReachable = true;
    member.epoch++;
    copies?.recover(member.id, engine.nowMs);
    if (this.#blockedBy === member) this.#unblock();
    if (member.isAway) {
      member.isAway = false;
      const outcome = this.#machine.rejoin(member.id, engine.nowMs);
      this.#setPace(member);
      if (outcome.kind === 'recovered') this.#promote(outcome.promoted);
    } else if (member.isActivating) this.#planActivation(member);
  }

  /** Whoever was promoted in vain serves now. */
  #unblock(): void {
    this.#blockedBy = undefined;
    for (const member of this.#members) {
      if (!member.isActivating || !member.isReachable) continue;
      member.isActivating = false;
      this.#setPace(member);
    }
  }

  #promote(promoted: readonly string[]): void {
    for (const id of promoted) {
      const member = this.#byId.get(id);
      if (!member) continue;
      member.isActive = true;
      if (this.#blockedBy) member.isActivating = true;
      else if (this.#options.activationMs > 0) this.#planActivation(member);
      this.#setPace(member);
    }
  }

  #planActivation(member: YearsMember): void {
    member.isActivating = true;
    const planned: Planned = { group: this, member, epoch: ++member.epoch };
    this.#options.engine.after(this.#options.activationMs, endActivation, planned);
  }

  #setPace({ isActivating, isActive, part }: YearsMember): void {
    part.pace = isActive && !isActivating ? 1 : this.#options.standbyPace;
  }

  #planCommonCause(): void {
    const { commonCauseMs, engine, random } = this.#options;
    if (commonCauseMs === Number.POSITIVE_INFINITY) return;
    engine.after(drawExponential(commonCauseMs, random), strikeAll, this);
  }
}

interface Planned {
  readonly group: YearsGroup;
  readonly member: YearsMember;
  /** The member's epoch when this was planned. */
  readonly epoch: number;
}

function detect({ epoch, group, member }: Planned): void {
  if (epoch === member.epoch) group.detect(member);
}

function endActivation({ epoch, group, member }: Planned): void {
  if (epoch === member.epoch) group.endActivation(member);
}

function strikeAll(group: YearsGroup): void {
  group.strikeAll();
}
