// What the palette offers of the board itself: its keys, acting on visits, and everything to go to.
import { tick } from 'svelte';
import { t, wordFor } from '../../lib/i18n/index.ts';
import type { PaletteCommand } from '../palette/commands.ts';
import { mayAct } from '../permission.ts';
import { type Shortcut, SHORTCUTS } from '../shortcuts.ts';
import type { BoardVisit } from '../wire.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { ACT_KEYS, type ActKey } from './keys.ts';
import type { Deed } from './wire.ts';
import { deedWords } from './words.ts';

const WRITING: ReadonlySet<Shortcut> = new Set(['assign', 'report', 'plan']);

export function keyRows(run: Record<Shortcut, () => void>): PaletteCommand[] {
  const names = (Object.keys(SHORTCUTS) as Shortcut[]).filter((name) => mayAct() || !WRITING.has(name));
  return names.map((name) => {
    const key: string = SHORTCUTS[name][0];
    return {
      id: `key-${name}`,
      words: t(`board.keys.${name}`),
      keys: key.length === 1 ? key.toUpperCase() : key,
      run: run[name],
    };
  });
}

/** Undo and redo say what they would take back. */
export function actRows(undoable: Deed | null, redoable: Deed | null, run: (key: ActKey) => void): PaletteCommand[] {
  const row = (key: ActKey, also = ''): PaletteCommand => ({
    id: `act-${key}`,
    words: t(`board.keys.${key}`),
    also,
    keys: ACT_KEYS[key],
    run: () => run(key),
  });
  return [
    ...(undoable ? [row('undo', deedWords(undoable))] : []),
    ...(redoable ? [row('redo', deedWords(redoable))] : []),
    row('unassign'),
    row('lock'),
  ];
}

/** Selects it, and gives it the focus: whoever looked for it by keys goes on by keys. */
async function goTo(workspace: Workspace, entry: BoardVisit): Promise<void> {
  workspace.selectBar(entry);
  await tick();
  document.querySelector<HTMLElement>(`[data-visit="${entry.visit.id}"]`)?.focus({ preventScroll: true });
}

/** Everything on the board can be gone to. */
export function placeRows(workspace: Workspace): PaletteCommand[] {
  const waiting = workspace.day.queue.map((one) => ({
    id: `work-${one.id}`,
    words: `${one.site.name} · ${wordFor('severity', one.severity)}`,
    also: `${one.number} · ${one.summary} · ${t('board.palette.waiting')}`,
    run: () => workspace.select(one.id),
  }));
  const booked = workspace.day.technicians.flatMap((technician) =>
    technician.visits.map((entry) => ({
      id: `visit-${entry.visit.id}`,
      words: `${entry.site_name} · ${technician.name}`,
      also: `${entry.number} · ${entry.summary}`,
      run: () => goTo(workspace, entry),
    })),
  );
  return [...waiting, ...booked];
}
