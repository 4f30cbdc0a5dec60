import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assert } from '../../../src-shared/lib/assert.ts';
import { createChance } from '../seeded-chance.ts';
import { act, revoke, type Acting } from './desk-acts.ts';
import { emptyFigures, type Figures } from './figures.ts';
import { isEverybodyAtRest, isServerEqual, lookAtEnd, lookAtSetBack } from './final-check.ts';
import type { OfficeTemplate } from './office-template.ts';
import { logsOfDesk, logsOfServer, Oracle } from './oracle.ts';
import { LINK_FAULTS, ODD_DESK, type FaultKind, type LinkFault, type Plan, type Step } from './plan.ts';
import { seedProcess, takeTurnsBy } from './seeded-process.ts';
import { SimulatedDesk } from './simulated-desk.ts';
import { SimulatedServer } from './simulated-server.ts';
import { VirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

export interface RunOutcome {
  readonly findings: readonly string[];
  readonly figures: Figures;
}

/** Everybody must be equal by then, whatever each waits for by itself. */
const HEAL_MS = 3 * 3_600_000;
const HEAL_STEP_MS = 60_000;

/** One plan from its first step until everybody is equal or is not. */
export async function runSimulation(template: OfficeTemplate, plan: Plan): Promise<RunOutcome> {
  const run = new Run(template, plan);
  try {
    await run.play();
  } catch (error) {
    run.world.oracle.find(`the run failed: ${String((error as Error).stack)}`);
  } finally {
    await run.close();
  }
  return { findings: run.world.oracle.findings, figures: run.world.figures };
}

class Run {
  readonly world: World;
  readonly #plan: Plan;
  readonly #server: SimulatedServer;
  readonly #desks: readonly SimulatedDesk[];
  #stopped: number | undefined;
  /** What must be done as soon as nothing is in the middle of a turn. */
  readonly #due: (() => void | Promise<void>)[] = [];
  #crashAfterTurns: { left: number; readonly run: () => void } | null = null;

  constructor(template: OfficeTemplate, plan: Plan) {
    seedProcess(plan.seed);
    const time = new VirtualTime();
    const oracle = new Oracle(() => this.#desks.filter(({ isUp }) => isUp).map(({ desk }) => logsOfDesk(desk)));
    this.world = {
      template, time, oracle, chance: createChance(plan.seed ^ 0x5eed), figures: { ...emptyFigures(), runs: 1 },
      root: mkdtempSync(path.join(tmpdir(), 'motcua-simulation-')), trueMs: () => template.startMs + Math.floor(time.nowMs),
    };
    this.#plan = plan;
    this.#server = new SimulatedServer(this.world);
    this.#desks = plan.desks.map((desk, no) => new SimulatedDesk(this.world, this.#server, no, desk));
    takeTurnsBy(() => this.#turn());
  }

  async play(): Promise<void> {
    await this.#server.start();
    for (const desk of this.#desks) {
      if (desk.isThin) desk.link.heal('thin');
      desk.start();
    }
    for (const step of this.#plan.steps) {
      await this.#runFor(step.gapMs);
      if (step.do !== 'wish' && step.do !== 'write' && step.do !== 'keepCopy' && step.do !== 'revoke') await this.#befall(step.do, step);
      else await this.#doAct(step.do, step);
      if (this.world.oracle.findings.length > 0) return;
    }
    await this.#heal();
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) desk.close();
    await this.#server.close();
    takeTurnsBy(undefined);
    rmSync(this.world.root, { recursive: true, force: true });
  }

  async #runFor(ms: number): Promise<void> {
    const { time } = this.world;
    for (const endMs = time.nowMs + ms; ;) {
      await time.runUntil(endMs, () => this.#due.length > 0);
      const due = this.#due.shift();
      if (!due) return;
      await due();
    }
  }

  /** Others have their turn; somebody may lose power between two. */
  async #turn(): Promise<void> {
    const { time, chance } = this.world;
    await time.wait(chance.isHit(0.05) ? chance.between(5, 60) : chance.between(0, 2));
    if (this.#crashAfterTurns && (this.#crashAfterTurns.left -= 1) <= 0) {
      const { run } = this.#crashAfterTurns;
      this.#crashAfterTurns = null;
      run();
    }
  }

  async #doAct(what: 'write' | 'wish' | 'keepCopy' | 'revoke', step: Step): Promise<void> {
    const desk = this.#desks[step.desk]!;
    if (what === 'keepCopy') {
      for (const each of this.#desks) each.keepCopy();
      if (this.#server.isUp) this.#server.keepCopy();
      return;
    }
    if (!desk.isUp) return;
    if (what === 'write') {
      this.world.figures.acts += 1;
      act(desk.desk, this.#acting(desk), step.seed);
      desk.record();
      desk.worker.heard({ type: 'dossier', id: this.world.template.officer });
    } else if (what === 'wish') desk.worker.wish();
    else await this.#revoke(desk);
  }

  #acting(desk: SimulatedDesk): Acting {
    return { officer: this.world.template.officer, writesNewKinds: desk.version === 'newKinds', writesMuch: desk.isThin, trueMs: this.world.trueMs() };
  }

  async #revoke(desk: SimulatedDesk): Promise<void> {
    const odd = [...desk.desk.office().desks.values()].find(({ id }) => id === this.#oddDeskId());
    if (!odd || this.#desks[ODD_DESK]!.isSetBack) return;
    const id = await revoke(desk.desk, this.#acting(desk), odd.id);
    if (id === undefined) return;
    this.world.oracle.revoked(ODD_DESK, id);
    this.#stopped = ODD_DESK;
    desk.record();
    desk.worker.heard({ type: 'office' });
  }

  #oddDeskId() {
    const odd = this.#desks[ODD_DESK]!;
    return odd.isUp ? odd.desk.deskId : undefined;
  }

  async #befall(fault: FaultKind, step: Step): Promise<void> {
    const chance = createChance(step.seed);
    const desk = this.#desks[step.desk]!;
    const { faults } = this.world.figures;
    if (!(await this.#didBefall(fault, desk, chance))) return;
    faults[fault] = (faults[fault] ?? 0) + 1;
  }

  async #didBefall(fault: FaultKind, desk: SimulatedDesk, chance: ReturnType<typeof createChance>): Promise<boolean> {
    const { time } = this.world;
    if (isLinkFault(fault)) {
      desk.link.befall(fault, chance.between(5_000, 300_000), chance.isHit(0.5));
      return true;
    }
    switch (fault) {
      case 'deskCrash': {
        const crash = () => {
          desk.crash();
          time.after(chance.between(100, 120_000), () => this.#due.push(() => desk.start()));
        };
        if (chance.isHit(0.3)) crash();
        else {
          // In the middle of what it does next.
          if (desk.isUp) desk.worker.wish();
          this.#crashAfterTurns = { left: chance.between(1, 25), run: () => this.#due.push(crash) };
        }
        return true;
      }
      case 'deskRestore':
        return this.#setDeskBack(desk, () => desk.restore(chance.between(0, 3)));
      case 'setBack':
        return this.#stopped === undefined && this.#setDeskBack(desk, () => desk.setBack(chance.between(0, 3)));
      case 'clockJump':
        this.world.oracle.desk(desk.no).isClockRight = false;
        desk.clock.offMs = chance.pick([0, 0, 3_600_000, -7_200_000, 86_400_000 * 3, 86_400_000 * 400, -86_400_000 * 400]);
        return true;
      case 'serverCrash': {
        const crash = async () => {
          await this.#server.crash();
          time.after(chance.between(100, 60_000), () => this.#due.push(() => this.#server.start()));
        };
        if (chance.isHit(0.3)) await crash();
        else this.#server.crashAfterWrites = { left: chance.between(1, 6), run: () => this.#due.push(crash) };
        return true;
      }
      case 'serverRestore':
        return this.#server.restore(chance.between(0, 3));
      case 'busy':
      case 'fault':
        this.#server.meets = fault;
        return true;
    }
  }

  async #setDeskBack(desk: SimulatedDesk, putBack: () => boolean): Promise<boolean> {
    // A device introduces itself with a frame of each that it follows, in one message: too much for a thin link after a restore.
    if (!desk.isUp || !this.#server.isUp || desk.isThin) return false;
    const had = logsOfDesk(desk.desk);
    if (!putBack()) return false;
    this.world.oracle.deskSetBack(had, await logsOfServer(this.#server.raw));
    return true;
  }

  /** All faults end but one: a thin link stays thin, and must do. */
  async #heal(): Promise<void> {
    const { time, chance, oracle, figures } = this.world;
    this.#crashAfterTurns = null;
    this.#server.crashAfterWrites = null;
    this.#server.meets = null;
    for (const desk of this.#desks) {
      const staysThin = desk.version === 'withoutStreams' && chance.isHit(0.5);
      desk.link.heal(staysThin || desk.isThin ? 'thin' : undefined);
      desk.start();
    }
    await this.#server.start();
    const begunMs = time.nowMs;
    const honest = this.#desks.filter((desk) => desk.no !== this.#stopped && !desk.isSetBack);
    const isEqual = async () => honest.every(({ isUp }) => isUp) && this.#server.isUp && isEverybodyAtRest(honest) && (await isServerEqual(honest, this.#server.raw));
    do await this.#runFor(HEAL_STEP_MS);
    while (!(await isEqual()) && time.nowMs < begunMs + HEAL_MS && oracle.findings.length === 0);
    figures.healMinutesMax = (time.nowMs - begunMs) / 60_000;
    await this.#settleServer();
    await this.#lookAtAll(honest);
    figures.virtualMinutes = time.nowMs / 60_000;
    figures.operations = oracle.written.size;
  }

  async #settleServer(): Promise<void> {
    assert(this.#server.isUp, 'the server is up in the end');
    let isSettled = false;
    void this.#server.settle().then(() => (isSettled = true));
    await this.world.time.runUntil(this.world.time.nowMs + HEAL_MS, () => isSettled);
  }

  async #lookAtAll(honest: readonly SimulatedDesk[]): Promise<void> {
    const { oracle } = this.world;
    const { raw } = this.#server;
    for (const desk of this.#desks) desk.record();
    for (const desk of this.#desks.filter((one) => !honest.includes(one))) {
      // What nobody else has of it stays with it.
      for (const [device, links] of logsOfDesk(desk.desk)) links.forEach((hash, index) => oracle.mayBeMissing.add(`${device}:${index + 1}:${hash.slice(0, 16)}`));
      if (desk.isSetBack) await lookAtSetBack(oracle, desk, raw);
    }
    await lookAtEnd(oracle, honest, raw);
  }
}

function isLinkFault(fault: FaultKind): fault is LinkFault {
  return (LINK_FAULTS as readonly FaultKind[]).includes(fault);
}
