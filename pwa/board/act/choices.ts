// What can be done with a visit or a call, as rows of a menu; the palette and the keys do the same.
import { t } from '../../lib/i18n/index.ts';
import type { BoardVisit, Intervention } from '../wire.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { isMovable } from './acts.svelte.ts';
import { ACT_KEYS } from './keys.ts';

export interface Choice {
  readonly id: string;
  readonly words: string;
  readonly keys?: string;
  readonly run: () => unknown;
}

/** For a bar of the timeline. */
export function barChoices(workspace: Workspace, entry: BoardVisit): Choice[] {
  const { acts } = workspace;
  const { intervention_id: id, is_technician_locked: who, is_start_locked: when } = entry.visit;
  const isPicked = acts.picked.has(id);
  const row = () => acts.rowOf(id);
  const lock = (technician: boolean, start: boolean) => () => {
    const seen = row();
    const asked = { kind: 'lock', is_technician_locked: technician, is_start_locked: start } as const;
    return seen && acts.do(asked, [seen]);
  };
  const pick: Choice = {
    id: 'pick',
    words: t(isPicked ? 'board.act.unpick' : 'board.act.pick'),
    keys: ACT_KEYS.pick,
    run: () => acts.toggle(id),
  };
  const always: Choice[] = [
    ...(row() === null ? [] : [pick]),
    { id: 'open', words: t('board.act.open'), keys: 'Enter', run: () => workspace.selectBar(entry) },
  ];
  if (!isMovable(entry)) return always;
  return [
    { id: 'move', words: t('board.act.move'), keys: 'Alt ← → ↑ ↓', run: () => acts.takeVisit(entry) },
    {
      id: 'best',
      words: t('board.act.best'),
      run: () => {
        const seen = row();
        return seen && acts.do({ kind: 'replan' }, [seen]);
      },
    },
    {
      id: 'unassign',
      words: t('board.act.unassign'),
      keys: ACT_KEYS.unassign,
      run: () => {
        const seen = row();
        return seen && acts.do({ kind: 'unassign' }, [seen]);
      },
    },
    {
      id: 'lock-technician',
      words: t(who ? 'board.act.free_technician' : 'board.act.lock_technician'),
      run: lock(!who, when),
    },
    { id: 'lock-start', words: t(when ? 'board.act.free_start' : 'board.act.lock_start'), run: lock(who, !when) },
    {
      id: 'lock-both',
      words: t(who && when ? 'board.act.free_both' : 'board.act.lock_both'),
      keys: ACT_KEYS.lock,
      run: lock(!(who && when), !(who && when)),
    },
    ...always,
  ];
}

/** For a call that waits. */
export function callChoices(workspace: Workspace, call: Intervention): Choice[] {
  const { acts } = workspace;
  return [
    { id: 'assign', words: t('board.assign.open'), keys: 'A', run: () => workspace.assignment.open(call) },
    { id: 'move', words: t('board.act.move'), keys: 'Alt →', run: () => takeCall(workspace, call) },
    {
      id: 'best',
      words: t('board.act.best'),
      run: () => acts.do({ kind: 'replan' }, [{ intervention_id: call.id }]),
    },
    {
      id: 'pick',
      words: t(acts.picked.has(call.id) ? 'board.act.unpick' : 'board.act.pick'),
      keys: ACT_KEYS.pick,
      run: () => acts.toggle(call.id),
    },
  ];
}

/** A call taken up by keys stands above the first technician until it is moved on. */
export function takeCall(workspace: Workspace, call: Intervention): boolean {
  const { acts } = workspace;
  const taken = acts.takeCall(call);
  const first = workspace.technicians[0];
  if (taken && first) acts.hand.turnTo(first.id, workspace.moment);
  return taken;
}
