import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../lib/api/index.ts';
import {
  at,
  board,
  boardChanges,
  boardVisit,
  candidate,
  candidates,
  DAY,
  intervention,
  plan,
  technician,
  visit,
} from './testing/makers.ts';
import { twin, type Twin } from './testing/twin.ts';
import type { Region, Site } from './wire.ts';
import { Workspace } from './workspace.svelte.ts';

const day = () =>
  board({
    technicians: [technician('Inès', [boardVisit('one')])],
    queue: [intervention('two'), intervention('three')],
  });

function server(more: Partial<Twin> = {}): Twin {
  return twin({
    regions: async () => [{ id: 'valls' } as Region, { id: 'altes' } as Region],
    board: async () => day(),
    boardChanges: async () => boardChanges(),
    intervention: async (id) => intervention(id),
    candidates: async () => candidates(candidate('Inès')),
    assetsOf: async () => [],
    look: async () => ({ others: [] }),
    ...more,
  });
}

function open(gateway: Twin): Workspace {
  let hash = '';
  return new Workspace({
    gateway,
    hash: { read: () => hash, write: (next) => (hash = next) },
    now: () => Date.parse(at('10:00')),
    self: () => 'Eva',
    assigned: vi.fn(),
  });
}

const change = (more: Partial<Change>) => ({ kind: 'visit_accepted', region_id: 'valls', intervention_id: null, technician_id: null, data: {}, ...more }) as Change;
const reads = (gateway: Twin) => gateway.asked.filter((one) => one.call === 'board').length;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the workspace', () => {
  it('names the day of a time where the time alone would not say which', async () => {
    const workspace = open(server());
    await workspace.start();
    const [from, to] = [at('10:00'), at('10:30')];
    const tomorrow = Date.parse(from) + 86_400_000;
    expect(workspace.rangeOf(from, to)).toBe('10:00–10:30');
    expect(workspace.timeOf(tomorrow)).toMatch(/^\w{3} \d+ \w+ 10:00$/);
    await workspace.showDays(3);
    expect(workspace.rangeOf(from, to)).toMatch(/^\w{3} \d+ \w+ 10:00–10:30$/);
    expect(workspace.timeOf(from)).toMatch(/^\w{3} \d+ \w+ 10:00$/);
  });

  it('keeps the selection when the board is read again', async () => {
    const workspace = open(server());
    await workspace.start();
    workspace.select('two');
    workspace.heard(change({}));
    await vi.advanceTimersByTimeAsync(200);
    expect(workspace.address.selection?.intervention).toBe('two');
    expect(workspace.detail.intervention?.id).toBe('two');
  });

  it('reads again for what happens in its region and not for what happens elsewhere', async () => {
    const gateway = server();
    const workspace = open(gateway);
    await workspace.start();
    workspace.heard(change({ region_id: 'altes' }));
    await vi.advanceTimersByTimeAsync(200);
    expect(reads(gateway)).toBe(1);
    workspace.heard(change({ region_id: null }));
    await vi.advanceTimersByTimeAsync(200);
    expect(reads(gateway)).toBe(2);
  });

  it('reads what is open again although it is of another region', async () => {
    const gateway = server();
    const workspace = open(gateway);
    await workspace.start();
    workspace.select('two');
    await vi.advanceTimersByTimeAsync(200);
    const details = () => gateway.asked.filter((one) => one.call === 'intervention').length;
    const before = details();
    workspace.heard(change({ region_id: 'altes', intervention_id: 'two', technician_id: null }));
    await vi.advanceTimersByTimeAsync(200);
    expect(details()).toBe(before + 1);
    expect(reads(gateway)).toBe(1);
  });

  it('walks the queue that the search leaves', async () => {
    const workspace = open(server());
    await workspace.start();
    workspace.search = 'I-three';
    workspace.step(1);
    expect(workspace.address.selection?.intervention).toBe('three');
  });

  it('assigns only what is still waiting', async () => {
    const workspace = open(server());
    await workspace.start();
    workspace.select('intervention-one', 'one');
    expect(workspace.assignable).toBeNull();
    workspace.select('two');
    expect(workspace.assignable?.id).toBe('two');
  });

  it('goes straight from a saved call to who should go', async () => {
    const workspace = open(server({ report: async () => intervention('new') }));
    await workspace.start();
    workspace.report.open();
    await workspace.report.choose({ kind: 'site', site: { id: 'valira', name: 'Hotel' } as Site });
    workspace.report.severity = 'S1';
    workspace.report.summary = 'Trapped';
    await workspace.report.save();
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.assignment.intervention?.id).toBe('new');
    expect(workspace.address.selection?.intervention).toBe('new');
  });

  it('follows a call to its region', async () => {
    const elsewhere = intervention('new', { region_id: 'altes' });
    const gateway = server({ report: async () => elsewhere });
    const workspace = open(gateway);
    await workspace.start();
    await workspace.report.choose({ kind: 'site', site: { id: 'valira', name: 'Hotel' } as Site });
    workspace.report.severity = 'S2';
    workspace.report.summary = 'Stuck';
    await workspace.report.save();
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.address.region).toBe('altes');
    expect(workspace.address.selection?.intervention).toBe('new');
  });

  it('shows the new visit once somebody was sent', async () => {
    const sent = visit('new', { intervention_id: 'two' });
    const workspace = open(server({ assign: async () => sent }));
    await workspace.start();
    await workspace.assignment.open(intervention('two'));
    workspace.assignment.choose(0);
    await workspace.assignment.confirm(true, false);
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.selectedVisit).toBe('new');
  });

  it('steps two days for two quick presses', async () => {
    const gateway = server();
    const workspace = open(gateway);
    await workspace.start();
    const first = workspace.goToDay(1);
    await Promise.all([first, workspace.goToDay(1)]);
    expect(workspace.address.day).toBe('2026-11-25');
  });

  it('shows the plan of the region on screen, never that of the one before', async () => {
    const gateway = server({
      board: async (region) => board({ ...day(), region_id: region }),
      latestPlan: async (region) => plan({ id: `${region}’s`, region_id: region, status: 'ready' }),
    });
    const workspace = open(gateway);
    await workspace.start();
    await workspace.plan.open('valls', DAY);
    expect(workspace.plan.plan?.id).toBe('valls’s');
    const turned = workspace.goToRegion('altes');
    expect(workspace.plan.plan).toBeNull();
    await turned;
    expect(workspace.plan.plan?.id).toBe('altes’s');
    expect(workspace.plan.timesAsked).toBe(1);
  });

  it('searches anew only what is picked', async () => {
    const gateway = server({ latestPlan: async () => null, startPlan: async () => plan() });
    const workspace = open(gateway);
    await workspace.start();
    workspace.acts.toggle('two');
    await workspace.replanPicked();
    expect(gateway.asked.find(({ call }) => call === 'startPlan')?.given[0]).toMatchObject({ only: ['two'] });
    expect(workspace.plan.isOpen).toBe(true);
    workspace.stop();
  });

  it('names work by its site, wherever the board shows it', async () => {
    const workspace = open(server());
    await workspace.start();
    expect(workspace.nameOf('I-one')).toBe('Hotel Valira (I-one)');
    expect(workspace.nameOf('I-two')).toBe('Hotel Valira (I-two)');
    expect(workspace.nameOf('I-gone')).toBe('I-gone');
  });
});
