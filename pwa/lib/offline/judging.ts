// What the server's judgements change on the phone: the visit becomes as it says, what it carried
// out leaves the queue, what it refused waits there for the technician.

import { type CommandResult, isAddition, isOfVisit, type Pending, type Refusal, type VisitPending } from './commands.ts';
import type { Writing } from './database.ts';
import { applied } from './project.ts';
import { keepIn, visitIn } from './store.ts';

/** Stores the judgements of commands that travelled together; says whether each got one. */
export async function judge(
  writing: Writing,
  items: readonly Pending[],
  results: readonly CommandResult[],
): Promise<boolean> {
  const resultOf = new Map(results.map((result) => [result.id, result]));
  let isBlocked = false;
  for (const item of items) {
    const result = resultOf.get(item.id);
    if (!result) continue;
    await learn(writing, item, result);
    if (isDone(result)) await writing.objectStore('outbox').delete(item.order!);
    else if (isAddition(item.kind) || !isBlocked) {
      await park(writing, item, refusalOf(result));
      isBlocked ||= !isAddition(item.kind);
    }
    // A move behind a refused one stays with it: both wait for the same decision.
  }
  return items.every(({ id }) => resultOf.has(id));
}

export async function park(writing: Writing, item: Pending, refusal: Refusal): Promise<void> {
  const known = await writing.objectStore('outbox').get(item.order!);
  if (known) await writing.objectStore('outbox').put({ ...known, state: 'parked', refusal });
}

async function learn(writing: Writing, item: Pending, result: CommandResult): Promise<void> {
  if (result.duty) await keepIn(writing, 'duty', result.duty);
  if (result.visit && isOfVisit(item)) await learnVisit(writing, item, result, result.visit);
}

async function learnVisit(
  writing: Writing,
  item: VisitPending,
  result: CommandResult,
  visit: NonNullable<CommandResult['visit']>,
): Promise<void> {
  const known = await visitIn(writing, item.target.id);
  if (!known || visit.version < known.detail.visit.version) return;
  // The answer tells of the visit alone; its clocks and facts follow with the next sync.
  const shown = isDone(result) ? applied(known.detail, item) : known.detail;
  await writing.objectStore('visits').put({ ...known, detail: { ...shown, visit } });
}

function isDone({ outcome }: CommandResult): boolean {
  return outcome === 'applied' || outcome === 'duplicate';
}

function refusalOf({ outcome, code, facts }: CommandResult): Refusal {
  return { outcome: outcome === 'conflict' ? 'conflict' : 'rejected', code: code ?? 'unknown', facts };
}
