// The checklist of a visit: what is still to be answered, and whether an answer can be taken.
// The office judges by the same rules; asking here keeps a step from being refused later.

import type { Schemas } from '../api/client.ts';
import type { VisitDetail } from './commands.ts';

export type ChecklistAnswer = VisitDetail['checklist'][number];
export type ChecklistItem = ChecklistAnswer['item'];
export type Answer = Schemas['AnswerBody'];
export type ReadingFault = 'not_a_number' | 'out_of_range';

/** What is sent for an item that was ticked. */
export const DONE = 'done';

/** The checklist as it is once these answers are kept; the newest of an item counts. */
export function withAnswers(
  checklist: readonly ChecklistAnswer[],
  answers: readonly Answer[],
  { at, author }: { at: string; author: string },
): ChecklistAnswer[] {
  const given = new Map(answers.map((answer) => [answer.item, answer]));
  return checklist.map((known) => {
    const answer = given.get(known.item.key);
    return answer ? { ...known, value: answer.value, reason: answer.reason ?? '', at, author } : known;
  });
}

/** What has to be answered before the work is complete. */
export function openItems(checklist: readonly ChecklistAnswer[]): ChecklistItem[] {
  return checklist
    .filter(({ item, value }) => item.is_mandatory && value === null)
    .map(({ item }) => item);
}

/** Why a reading cannot be taken as it is; out of range it can, with a reason. */
export function readingFault(item: ChecklistItem, value: string): ReadingFault | undefined {
  const reading = readingOf(value);
  if (reading === undefined) return 'not_a_number';
  const isLow = item.low !== null && reading < Number(item.low);
  const isHigh = item.high !== null && reading > Number(item.high);
  return isLow || isHigh ? 'out_of_range' : undefined;
}

/** A reading as it is typed, with a point or a comma; undefined where it is no number. */
export function readingOf(value: string): number | undefined {
  const written = value.trim().replace(',', '.');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(written) ? Number(written) : undefined;
}
