// Keys of acting on the board, beside those of moving about in it (shortcuts.ts).
import { isTakenBy } from '../shortcuts.ts';

export const ACT_KEYS = {
  palette: 'Ctrl K',
  undo: 'Ctrl Z',
  redo: 'Ctrl Shift Z',
  unassign: 'U',
  lock: 'L',
  replan: 'R',
  pick: 'Space',
} as const satisfies Record<string, string>;

export type ActKey = keyof typeof ACT_KEYS;

/** The deed a key press means. The palette opens from everywhere but another dialogue. */
export function actFor(event: KeyboardEvent): ActKey | null {
  if (event.defaultPrevented || event.altKey) return null;
  const isLetter = event.key.length === 1 && /[a-z]/i.test(event.key);
  const pressed = [
    ...(event.ctrlKey || event.metaKey ? ['Ctrl'] : []),
    ...(event.shiftKey && isLetter ? ['Shift'] : []),
    event.key === ' ' ? 'Space' : isLetter ? event.key.toUpperCase() : event.key,
  ].join(' ');
  const entries = Object.entries(ACT_KEYS) as [ActKey, string][];
  const found = entries.find(([, keys]) => keys === pressed)?.[0] ?? null;
  return found !== null && isFree(found, event) ? found : null;
}

function isFree(act: ActKey, event: KeyboardEvent): boolean {
  const { target } = event;
  if (act === 'palette') return target instanceof Element && target.closest('dialog') === null;
  // Space opens what has the focus; on a bar and on a call it picks.
  if (act === 'pick') return target instanceof Element && target.closest('[data-visit], [data-call]') !== null;
  return !isTakenBy(event);
}
