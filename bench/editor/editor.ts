import { type Figure, printFigures, quantile } from '../table.ts';
import { type Question, Session } from './session.ts';
import { FAULTLINE, JSON_SERVER, SUBJECTS, type Subject } from './subjects.ts';

const STARTS = 9;
const SIZES = [1_000, 10_000, 50_000];
/** Before them, so that all servers are warm. */
const WARM_UP_EDITS = 40;
const EDITS = 60;
/** Who takes his time is asked less often. */
const MOST_MS = 4_000;
/** How much of the JSON server's time Faultline may take, by the length of the file. */
const SHARE_OF_JSON: Readonly<Record<number, number>> = { 1000: 1, 10000: 0.5, 50000: 0.5 };
const MEMORY_BOUND_MB = 150;

/**
 * Language servers side by side with one client over stdio. They take turns, so that whatever else
 * the machine does befalls all of them.
 */
export async function benchEditor(): Promise<void> {
  await benchStarts();
  for (const lines of SIZES) await benchEdits(lines);
}

async function benchStarts(): Promise<void> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < STARTS; round++) {
    for (const subject of SUBJECTS) {
      const session = await Session.start(subject);
      times.set(subject.name, [...(times.get(subject.name) ?? []), session.startMs]);
      await session.stop();
    }
  }
  const figures = [...times].map(([name, some]) => figure(name, some));
  printFigures(
    'Language servers, start',
    `Process start until the answer to initialize, median of ${STARTS} starts.`,
    figures,
  );
}

async function benchEdits(lines: number): Promise<void> {
  const sessions = await Promise.all(SUBJECTS.map(Session.start));
  for (const session of sessions) await session.open(lines);
  for (const question of ['diagnostics', 'hover', 'completion'] as const) {
    await takeTurns(sessions, question, WARM_UP_EDITS);
    const times = await takeTurns(sessions, question, EDITS);
    const medians = new Map([...times].map(([name, some]) => [name, quantile(some, 0.5)]));
    const peer = medians.get(JSON_SERVER.name);
    const own = medians.get(FAULTLINE.name) ?? Number.NaN;
    const leastOf = ({ name }: Subject) => quantile(times.get(name) ?? [], 0);
    printFigures(
      `Keystroke to ${question}, ${lines.toLocaleString('en')} lines`,
      'One digit typed into a value, then the question; medians, the servers taking turns.',
      [
        ...[...times].map(([name, some]) => figure(name, some)),
        ...(peer === undefined
          ? []
          : [
              {
                name: "Faultline's share of the JSON server's time",
                value: own / peer,
                unit: '',
                bound: SHARE_OF_JSON[lines] ?? 1,
              },
              {
                name: 'the same for the quickest answer of each, which nothing disturbed',
                value: leastOf(FAULTLINE) / leastOf(JSON_SERVER),
                unit: '',
              },
            ]),
      ],
    );
  }
  printFigures(
    `Memory, ${lines.toLocaleString('en')} lines`,
    'Resident memory after these edits.',
    sessions.map((session): Figure => {
      const isBound = session.subject === FAULTLINE && lines === 10_000;
      return {
        name: session.subject.name,
        value: session.memoryMb(),
        unit: 'MB',
        ...(isBound && { bound: MEMORY_BOUND_MB }),
      };
    }),
  );
  for (const session of sessions) await session.stop();
}

async function takeTurns(
  sessions: readonly Session[],
  question: Question,
  edits: number,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(sessions.map(({ subject }) => [subject.name, []]));
  for (let edit = 0; edit < edits; edit++) {
    for (const session of sessions) {
      const own = times.get(session.subject.name) ?? [];
      const spentMs = own.reduce((sum, ms) => sum + ms, 0);
      if (spentMs < MOST_MS) own.push(await session.edit(question));
    }
  }
  return times;
}

function figure(name: string, timesMs: readonly number[]): Figure {
  return { name, value: quantile(timesMs, 0.5), unit: 'ms' };
}
