import { describe, expect, it } from 'vitest';
import { agreement, terms, version } from '../testing/makers.ts';
import { refusal, twin } from '../testing/twin.ts';
import type { AgreementBody, VersionBody } from '../wire.ts';
import { type About, Draft, earliestDay } from './draft.svelte.ts';
import type { Kept } from './kept.ts';

const now = new Date('2026-11-24T09:00:00Z');
const usual = { zone: 'Europe/Andorra', calendar: 'office', service: 'lift-repair' };

function keptInMemory(): Kept & { all: Map<string, unknown> } {
  const all = new Map<string, unknown>();
  return {
    all,
    read: (name) => all.get(name) ?? null,
    write: (name, value) => void all.set(name, structuredClone(value)),
    forget: (name) => void all.delete(name),
  };
}

function drafted(server = twin({}), about: About = { kind: 'new' }, kept = keptInMemory()): Draft {
  return new Draft(server, about, kept, usual, now);
}

describe('writing a new agreement', () => {
  it('asks for a number, a name, a customer and one promise, and no more', async () => {
    const server = twin({ create: async () => agreement({ id: 'new' }) });
    const draft = drafted(server);
    draft.form.number = 'SLA-9';
    draft.form.name = 'Full service';
    draft.form.customer = 'c1';
    draft.form.terms.lines[0]!.amount.amount = '4';
    expect(await draft.save()).toBe('new');
    const body = server.asked[0]!.given[0] as AgreementBody;
    expect(body).toMatchObject({ number: 'SLA-9', customer_id: 'c1', kind: 'customer' });
    expect(body.first_version).toMatchObject({ valid_from: '2026-11-24', zone: 'Europe/Andorra' });
    expect(body.first_version.terms.clauses).toMatchObject([
      { severity: 'S2', clock: 'response', promise: { kind: 'seconds', seconds: 14_400 } },
    ]);
  });

  it('says what is missing without asking the server', async () => {
    const server = twin({});
    const draft = drafted(server);
    expect(await draft.save()).toBeUndefined();
    expect(draft.fault('number')).toBeDefined();
    expect(draft.fault('zone')).toBeUndefined();
    expect(server.asked).toEqual([]);
  });

  it('shows what the server says at the field it is about', async () => {
    const errors = [{ path: 'first_version.terms.clauses.0.promise', code: 'promise_incomplete', detail: '' }];
    const draft = drafted(
      twin({ create: () => Promise.reject(refusal('invalid', 422, { errors })) }),
    );
    draft.form.number = draft.form.name = 'SLA-9';
    await draft.save();
    expect(draft.fault('terms.clauses.0.promise')).toBeDefined();
    expect(draft.fault('terms.clauses.0', { deep: true })).toBeDefined();
    expect(draft.fault('terms.clauses.0')).toBeUndefined();
    expect(draft.fault('terms.clauses.1', { deep: true })).toBeUndefined();
  });

  it('sends an unanswered draft again under the same key, and a refused one under another', async () => {
    const problems = [refusal('unreachable', 0), refusal('invalid', 422), refusal('invalid', 422)];
    const server = twin({ create: () => Promise.reject(problems.shift()!) });
    const draft = drafted(server);
    draft.form.number = draft.form.name = 'SLA-9';
    await draft.save();
    await draft.save();
    await draft.save();
    const keys = server.asked.map((each) => each.given[1]);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('still has what was typed after a refusal and a reload, until it is saved', async () => {
    const kept = keptInMemory();
    const first = drafted(twin({ create: () => Promise.reject(refusal('unreachable', 0)) }), undefined, kept);
    first.form.number = 'SLA-9';
    first.form.name = 'Full service';
    first.keep();
    await first.save();

    const again = drafted(twin({ create: async () => agreement() }), undefined, kept);
    expect(again.isRestored).toBe(true);
    expect(again.form.name).toBe('Full service');
    await again.save();
    expect(kept.all.size).toBe(0);
  });

  it('throws away what was typed when asked to', () => {
    const kept = keptInMemory();
    const draft = drafted(twin({}), undefined, kept);
    draft.form.name = 'Wrong';
    draft.keep();
    draft.startOver();
    expect(draft.form.name).toBe('');
    expect(kept.all.size).toBe(0);
  });
});

describe('amending', () => {
  const from = version({ status: 'active', terms: terms({ desired_outcome: 'Quiet nights' }) });
  const about: About = { kind: 'amend', agreement: agreement({ versions: [from] }), from };

  it('begins as a copy of what holds, on the earliest day agreed', async () => {
    const server = twin({ addVersion: async () => undefined });
    const draft = drafted(server, about);
    expect(await draft.save()).toBe('a1');
    const body = server.asked[0]!.given[1] as VersionBody;
    expect(body.valid_from).toBe('2026-12-24');
    expect(body.terms.desired_outcome).toBe('Quiet nights');
  });

  it('waits for the first of a month where that is agreed', () => {
    const amendment = { notice_days: 30, effective: 'first_of_month', approver: '' } as const;
    expect(earliestDay(version({ terms: terms({ amendment }) }), now)).toBe('2027-01-01');
  });
});

describe('editing a draft', () => {
  const held = version({ version: 3 });
  const about: About = { kind: 'edit', agreement: agreement({ versions: [held] }), version: held };

  it('keeps what was typed when somebody else saved meanwhile, and can save over it', async () => {
    const newest = agreement({ versions: [version({ version: 4 })] });
    const server = twin({
      changeVersion: (_at, expected) =>
        expected === 4 ? Promise.resolve() : Promise.reject(refusal('stale', 412)),
      agreement: async () => newest,
    });
    const draft = drafted(server, about);
    draft.form.validFrom = '2027-02-01';
    expect(await draft.save()).toBeUndefined();
    expect(draft.isStale).toBe(true);
    expect(draft.form.validFrom).toBe('2027-02-01');
    expect(await draft.saveAnyway()).toBe('a1');
  });
});
