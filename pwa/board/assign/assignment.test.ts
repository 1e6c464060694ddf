import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Assignment } from './assignment.svelte.ts';
import { candidate, candidates, intervention, visit } from '../testing/makers.ts';
import { promised, refusal, twin } from '../testing/twin.ts';
import type { Assign } from '../gateway.ts';
import type { Candidates } from '../wire.ts';

const two = () => candidates(candidate('Inès'), candidate('Tom', { rank: 2 }));

describe('sending somebody', () => {
  it('reads the candidates and waits for a choice', async () => {
    const assignment = new Assignment(twin({ candidates: async () => two() }), vi.fn());
    await assignment.open(intervention('one'));
    expect(assignment.step).toBe('choosing');
    expect(assignment.answer?.candidates).toHaveLength(2);
  });

  it('shows the bill before anything is written', async () => {
    const server = twin({ candidates: async () => two() });
    const assignment = new Assignment(server, vi.fn());
    await assignment.open(intervention('one'));
    assignment.choose(1);
    expect(assignment.step).toBe('bill');
    expect(assignment.chosen?.technician_name).toBe('Tom');
    expect(server.asked.map((one) => one.call)).toEqual(['candidates']);
  });

  it('sends the card the decision was made on, and closes', async () => {
    const assigned = vi.fn();
    const server = twin({ candidates: async () => two(), assign: async () => visit('new') });
    const assignment = new Assignment(server, assigned);
    await assignment.open(intervention('one'));
    assignment.choose(0);
    await assignment.confirm(true, false);
    const choice: Assign = {
      technician: 'Inès',
      basis: 'basis-Inès',
      tellNow: true,
      lockTechnician: false,
      staying: [],
    };
    expect(server.asked.at(-1)?.given.slice(0, 2)).toEqual(['one', choice]);
    expect(assignment.step).toBe('closed');
    expect(assigned).toHaveBeenCalledOnce();
  });

  it('shows new candidates and says so when the day changed meanwhile', async () => {
    const answers = [two(), candidates(candidate('Léo'))];
    const server = twin({
      candidates: async () => answers.shift() as Candidates,
      assign: () => Promise.reject(refusal('candidate_changed')),
    });
    const assignment = new Assignment(server, vi.fn());
    await assignment.open(intervention('one'));
    assignment.choose(0);
    await assignment.confirm(true, false);
    expect(assignment.step).toBe('choosing');
    expect(assignment.hasChanged).toBe(true);
    expect(assignment.answer?.candidates[0]?.technician_name).toBe('Léo');
  });

  it('keeps the bill on screen when the network fails, and repeats under the same key', async () => {
    const server = twin({
      candidates: async () => two(),
      assign: () => Promise.reject(Problem.offline()),
    });
    const assignment = new Assignment(server, vi.fn());
    await assignment.open(intervention('one'));
    assignment.choose(0);
    await assignment.confirm(true, false);
    await assignment.confirm(true, false);
    const keys = server.asked.filter((one) => one.call === 'assign').map((one) => one.given[2]);
    expect(assignment.step).toBe('bill');
    expect(assignment.failure?.isOffline).toBe(true);
    expect(keys[0]).toBe(keys[1]);
  });

  it('asks again with a refused line, and sends what was then shown', async () => {
    const server = twin({ candidates: async () => two(), assign: async () => visit('new') });
    const assignment = new Assignment(server, vi.fn());
    await assignment.open(intervention('one'));
    assignment.choose(1);
    await assignment.refuse({ visit_id: 'moved', number: '7', site_name: 'Prat', severity: 'S3' });
    expect(server.asked.at(-1)?.given).toEqual(['one', ['moved']]);
    expect([assignment.step, assignment.chosen?.technician_name]).toEqual(['bill', 'Tom']);
    await assignment.confirm(true, false);
    expect(server.asked.at(-1)?.given[1]).toMatchObject({ staying: ['moved'] });
  });

  it('goes back to the ranking when nobody can go that way, and lets the line move after all', async () => {
    const answers = [two(), candidates(candidate('Inès')), two()];
    const server = twin({ candidates: async () => answers.shift() as Candidates });
    const assignment = new Assignment(server, vi.fn());
    await assignment.open(intervention('one'));
    assignment.choose(1);
    const line = { visit_id: 'moved', number: '7', site_name: 'Prat', severity: 'S3' } as const;
    await assignment.refuse(line);
    expect([assignment.step, assignment.chosen]).toEqual(['choosing', null]);
    await assignment.allow(line);
    expect(assignment.staying).toEqual([]);
    expect(assignment.answer?.candidates).toHaveLength(2);
  });

  it('forgets candidates that arrive after the dialog was closed', async () => {
    const slow = promised<Candidates>();
    const assignment = new Assignment(twin({ candidates: () => slow.answer }), vi.fn());
    const opened = assignment.open(intervention('one'));
    assignment.close();
    slow.give(two());
    await opened;
    expect(assignment.step).toBe('closed');
  });

  it('moves along the ranking and stays at its ends', async () => {
    const assignment = new Assignment(twin({ candidates: async () => two() }), vi.fn());
    await assignment.open(intervention('one'));
    assignment.move(1);
    assignment.move(1);
    expect(assignment.place).toBe(1);
    assignment.move(-1);
    assignment.move(-1);
    expect(assignment.place).toBe(0);
  });
});
