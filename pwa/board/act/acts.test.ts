import { describe, expect, it } from 'vitest';
import { at, boardVisit, DAY, intervention, visit, ZONE } from '../testing/makers.ts';
import { promised, refusal, twin } from '../testing/twin.ts';
import { Acts, type Shown } from './acts.svelte.ts';
import type { Deed, DeedResult, RowResult, Verdict, Verdicts } from './wire.ts';

const held = boardVisit('v1', { visit: visit('v1', { status: 'dispatched', technician_id: 'aina' }) });
const work = held.visit.intervention_id;
const waiting = intervention('waits');

function deed(id: string, more: Partial<Deed> = {}): Deed {
  return {
    id,
    region_id: 'r',
    kind: 'place',
    at: at('10:00'),
    author_name: 'Dora',
    is_own: true,
    is_undo: false,
    is_undone: false,
    row_count: 1,
    number: '1',
    site_name: 'Hotel',
    technician_name: 'Aina',
    ...more,
  };
}

function row(intervention_id: string, more: Partial<RowResult> = {}): RowResult {
  return { intervention_id, number: '1', site_name: 'Hotel', outcome: 'done', code: null, facts: {}, ...more };
}

const done = (...rows: RowResult[]): DeedResult => ({ deed: deed('d'), rows });

function verdicts(level: Verdict['level'], pushed: Verdict['pushed'] = []): Verdicts {
  const span = { from_at: at('08:00'), to_at: at('17:00') };
  const reason = level === 'blocked' ? { code: 'overtime', facts: {} } : null;
  const verdict = { ...span, level, reason, pushed, is_late: false, overtime_seconds: 0 };
  return {
    intervention_id: work,
    day: DAY,
    read_at: at('08:00'),
    step_seconds: 300,
    duration_seconds: 3600,
    due_at: at('12:00'),
    rows: [{ technician_id: 'bruno', reason: null, would_need: {}, verdicts: [verdict] }],
  };
}

const shown: Shown = { region: 'r', day: DAY, zone: ZONE, queue: [waiting], entries: [held] };

function acting(answers: Parameters<typeof twin>[0]) {
  const server = twin({ deeds: () => Promise.resolve([]), ...answers });
  return { server, acts: new Acts(server, () => shown, () => Promise.resolve()) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const sent = (server: { asked: readonly { call: string; given: readonly unknown[] }[] }) =>
  server.asked.find(({ call }) => call === 'place')?.given[0];

describe('a visit in the hand', () => {
  it('is asked about once, judged where it is held, and put down there with what was shown', async () => {
    const push = { intervention_id: 'other', number: '2', starts_before: at('11:00'), starts_after: at('11:30') };
    const { acts, server } = acting({
      verdicts: () => Promise.resolve(verdicts('costs', [{ ...push, promise_breaks: true }])),
      place: () => Promise.resolve(done(row(work))),
    });
    expect(acts.takeVisit(held)).toBe(true);
    await settled();
    acts.hand.aim('bruno', Date.parse(at('12:28')));
    expect(acts.hand.spot?.start).toBe(Date.parse(at('12:30')));
    expect(acts.hand.judged?.level).toBe('costs');
    expect(acts.hand.lateBy).toBe(1800);
    await acts.drop();
    expect(server.asked.filter(({ call }) => call === 'verdicts')).toHaveLength(1);
    expect(sent(server)).toMatchObject({
      kind: 'place',
      technician_id: 'bruno',
      starts_at: at('12:30'),
      rows: [{ intervention_id: work, visit_id: 'v1', pushes: ['other'], breaks: ['other'] }],
    });
    expect(acts.hand.held).toBeNull();
    expect(acts.outcome?.kind).toBe('place');
  });

  it('is asked about for the rows in view first, from the moment it is pressed', async () => {
    const server = twin({ verdicts: () => Promise.resolve(verdicts('fits')) });
    const acts = new Acts(server, () => shown, () => Promise.resolve(), () => ['bruno']);
    acts.expectVisit(held);
    expect(server.asked).toMatchObject([{ call: 'verdicts', given: [work, DAY, ['bruno']] }]);
    acts.takeVisit(held);
    await settled();
    expect(server.asked.map(({ given }) => given[2])).toEqual([['bruno'], undefined]);
    expect(acts.hand.rowsOf('bruno')).toHaveLength(1);
  });

  it('goes back where it was when let go over what cannot be, and nothing is asked of the server', async () => {
    const { acts, server } = acting({ verdicts: () => Promise.resolve(verdicts('blocked')) });
    acts.takeVisit(held);
    await settled();
    acts.hand.aim('bruno', Date.parse(at('12:00')));
    const kept = await acts.drop();
    expect(kept?.judged?.reason?.code).toBe('overtime');
    expect(kept?.spot).toEqual({ technician: 'bruno', start: Date.parse(at('12:00')) });
    expect(kept?.instead).toBeNull();
    expect(acts.hand.held).toBeNull();
    expect(sent(server)).toBeUndefined();
  });

  it('can be put at the nearest start that disturbs nobody, where the one it was let go at cannot be', async () => {
    const [fits] = verdicts('fits').rows[0]?.verdicts ?? [];
    const known = verdicts('blocked');
    const [blocked] = known.rows[0]?.verdicts ?? [];
    const until = { ...blocked!, to_at: at('12:55') };
    const rows = [{ ...known.rows[0]!, verdicts: [until, { ...fits!, from_at: at('13:00') }] }];
    const { acts, server } = acting({
      verdicts: () => Promise.resolve({ ...known, rows }),
      place: () => Promise.resolve(done(row(work))),
    });
    acts.takeVisit(held);
    await settled();
    acts.hand.aim('bruno', Date.parse(at('12:00')));
    const kept = await acts.drop();
    expect(kept?.instead?.start).toBe(Date.parse(at('13:00')));
    await acts.placeInstead(kept!);
    expect(sent(server)).toMatchObject({ technician_id: 'bruno', starts_at: at('13:00'), rows: [{ visit_id: 'v1' }] });
  });

  it('let go before anything is known is placed once it is known that nothing else moves', async () => {
    const { answer, give } = promised<Verdicts>();
    const { acts, server } = acting({ verdicts: () => answer, place: () => Promise.resolve(done(row(work))) });
    acts.takeVisit(held);
    acts.hand.aim('bruno', Date.parse(at('11:00')));
    const dropped = acts.drop();
    await settled();
    expect(sent(server)).toBeUndefined();
    give(verdicts('fits'));
    expect(await dropped).toBeNull();
    expect(sent(server)).toMatchObject({ technician_id: 'bruno', starts_at: at('11:00') });
  });

  it('let go before anything is known stays, and may yet be put there, where it costs others', async () => {
    const { answer, give } = promised<Verdicts>();
    const { acts, server } = acting({ verdicts: () => answer });
    acts.takeVisit(held);
    acts.hand.aim('bruno', Date.parse(at('11:00')));
    const dropped = acts.drop();
    give(verdicts('costs'));
    const kept = await dropped;
    expect([kept?.judged?.level, kept?.instead?.start]).toEqual(['costs', Date.parse(at('11:00'))]);
    expect(sent(server)).toBeUndefined();
  });

  it('taken on while nothing is known yet was not let go', async () => {
    const { answer, give } = promised<Verdicts>();
    const { acts, server } = acting({ verdicts: () => answer });
    acts.takeVisit(held);
    acts.hand.aim('bruno', Date.parse(at('11:00')));
    const dropped = acts.drop();
    acts.hand.aim('bruno', Date.parse(at('11:30')));
    give(verdicts('fits'));
    expect(await dropped).toBeNull();
    expect(acts.hand.held).not.toBeNull();
    expect(sent(server)).toBeUndefined();
  });

  it('stays, and says why, where the server cannot be asked what would come of it, or to place it', async () => {
    const away = () => Promise.reject(refusal('unreachable', 0));
    const unknown = acting({ verdicts: away }).acts;
    const unplaced = acting({ verdicts: () => Promise.resolve(verdicts('fits')), place: away }).acts;
    for (const acts of [unknown, unplaced]) {
      acts.takeVisit(held);
      await settled();
      acts.hand.aim('bruno', Date.parse(at('11:00')));
      const kept = await acts.drop();
      expect([kept?.failure?.code, kept?.instead]).toEqual(['unreachable', null]);
      expect(acts.hand.held).toBeNull();
      expect(acts.failure).toBeNull();
    }
  });

  it('carried by keys says where it can go no further', async () => {
    const { acts } = acting({ verdicts: () => Promise.resolve(verdicts('fits')) });
    acts.takeVisit(held);
    await settled();
    acts.hand.turnTo('bruno', Date.parse(at('17:00')));
    acts.hand.step(1);
    expect([acts.hand.spot?.start, acts.hand.edge]).toEqual([Date.parse(at('17:00')), 'later']);
    acts.hand.step(-1);
    expect(acts.hand.edge).toBeNull();
  });

  it('goes back to the queue when let go over it', async () => {
    const { acts, server } = acting({
      verdicts: () => Promise.resolve(verdicts('fits')),
      place: () => Promise.resolve(done(row(work))),
    });
    acts.takeVisit(held);
    acts.hand.aimAtQueue();
    await acts.drop();
    expect(sent(server)).toMatchObject({ kind: 'unassign', rows: [{ visit_id: 'v1' }] });
  });

  it('stays in the hand, judged anew, when the day changed meanwhile', async () => {
    let asked = 0;
    const { acts } = acting({
      verdicts: () => Promise.resolve(verdicts(asked++ === 0 ? 'fits' : 'costs')),
      place: () => Promise.resolve({ deed: null, rows: [row(work, { outcome: 'refused', code: 'candidate_changed' })] }),
    });
    acts.takeVisit(held);
    await settled();
    acts.hand.aim('bruno', Date.parse(at('11:00')));
    await acts.drop();
    expect(acts.hasChanged).toBe(true);
    expect(acts.hand.judged?.level).toBe('costs');
  });

  it('is not taken where its technician is under way', () => {
    const { acts } = acting({});
    expect(acts.takeVisit(boardVisit('v2', { visit: visit('v2', { status: 'en_route' }) }))).toBe(false);
  });
});

describe('several at once', () => {
  it('are sent as they are shown; what was refused stays picked', async () => {
    const refused = row('waits', { outcome: 'refused', code: 'visit_locked' });
    const { acts, server } = acting({ place: () => Promise.resolve(done(row(work), refused)) });
    acts.pickAll([work, 'waits', 'gone meanwhile']);
    await acts.doToPicked({ kind: 'assign', technician_id: 'aina' }, null);
    expect(sent(server)).toMatchObject({
      rows: [
        { intervention_id: work, visit_id: 'v1', base_version: held.visit.version },
        { intervention_id: 'waits' },
      ],
    });
    expect([...acts.picked]).toEqual(['waits', 'gone meanwhile']);
  });
});

describe('undo and redo', () => {
  const deeds = [
    deed('theirs', { is_own: false }),
    deed('undo', { is_undo: true }),
    deed('mine', { is_undone: true }),
    deed('older'),
  ];

  it('take back one’s own last deed, and do again one’s own last undo', async () => {
    const undone: unknown[] = [];
    const undoDeed = (id: string) => {
      undone.push(id);
      return Promise.resolve(done(row(work)));
    };
    const { acts } = acting({ deeds: () => Promise.resolve(deeds), undoDeed });
    await acts.readDeeds();
    expect([acts.undoable?.id, acts.redoable?.id]).toEqual(['older', 'undo']);
    await acts.undo();
    await acts.redo();
    expect(undone).toEqual(['older', 'undo']);
    expect(acts.outcome?.kind).toBe('redo');
  });

  it('say why where somebody else was faster', async () => {
    const { acts } = acting({
      deeds: () => Promise.resolve(deeds),
      undoDeed: () => Promise.reject(refusal('already_undone')),
    });
    await acts.readDeeds();
    await acts.undo();
    expect(acts.failure?.code).toBe('already_undone');
  });
});
