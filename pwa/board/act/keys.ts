// Keys of acting on the board, beside those of moving about in it (shortcuts.ts).
import { isTakenBy } from '../shortcuts.ts';

export const ACT_KEYS = {
  palette: 'Ctrl K',
} as const satisfies Record<string, string>;

export type ActKey = keyof typeof ACT_KEYS;

/** The deed a key press means. The palette opens from everywhere but another dialogue. */
export function actFor(event: KeyboardEvent): ActKey | null {
  if (event.defaultPrevented || event.altKey) return null;
  const pressed = [
    ...(event.ctrlKey || event.metaKey ? ['Ctrl'] : []),
    ...(event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? ['Shift'] : []),
    event.key.length === 1 ? event.key.toUpperCase() : event.key,
  ].join(' ');
  const entries = Object.entries(ACT_KEYS) as [ActKey, string][];
  const found = entries.find(([, keys]) => keys === pressed)?.[0] ?? null;
  return found !== null && isFree(found, event) ? found : null;
}

function isFree(act: ActKey, event: KeyboardEvent): boolean {
  if (act !== 'palette') return !isTakenBy(event);
  return event.target instanceof Element && event.target.closest('dialog') === null;
}
