// One's own last deed taken back, or done again: by the keys, the buttons of the bar and the palette.
import { t } from '../../lib/i18n/index.ts';
import { toasts } from '../../lib/ui/index.ts';
import type { Acts } from './acts.svelte.ts';

/** Reads first what was done lately: a colleague may have taken it back already. */
export async function takeBack(acts: Acts, way: 'undo' | 'redo'): Promise<void> {
  await acts.readDeeds();
  const deed = way === 'undo' ? acts.undoable : acts.redoable;
  if (deed !== null) await acts.undo(deed);
  else toasts.show(t(`board.act.no_${way}`));
}
