import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { Names } from './names.svelte.ts';
import { OneAgreement } from './one_agreement.svelte.ts';
import { Register } from './register.svelte.ts';
import { AgreementReviews } from './reviews.svelte.ts';
import { firstShown, mayAmend, offeredSteps } from './steps.ts';
import { agreement, brief, version } from './testing/makers.ts';
import { refusal, twin } from './testing/twin.ts';

const lists = {
  customers: async () => [],
  regions: async () => [],
  calendars: async () => [],
  services: async () => [],
  sites: async () => [],
};

describe('the register', () => {
  const rows = [
    brief({ id: '1', kind: 'customer', status: 'active', is_review_overdue: true }),
    brief({ id: '2', kind: 'supplier', status: 'draft', name: 'Escalators', party: 'Rulli SA' }),
  ];

  async function read(): Promise<Register> {
    const register = new Register(twin({ agreements: async () => rows }));
    await register.list.refresh();
    return register;
  }

  it('finds by every word typed, in any of the names', async () => {
    const register = await read();
    register.query = 'rulli esc';
    expect(register.shown.map((each) => each.id)).toEqual(['2']);
    register.query = 'rulli hotel lift';
    expect(register.shown).toEqual([]);
  });

  it('narrows by kind, by status and to overdue reviews', async () => {
    const register = await read();
    register.kind = 'supplier';
    expect(register.shown.map((each) => each.id)).toEqual(['2']);
    register.clearFilter();
    register.status = 'active';
    expect(register.shown.map((each) => each.id)).toEqual(['1']);
    register.clearFilter();
    register.isOverdueOnly = true;
    expect(register.shown.map((each) => each.id)).toEqual(['1']);
    expect(register.overdue).toBe(1);
  });

  it('names the agreement a fault of an imported file is in', async () => {
    const errors = [{ path: 'agreements.1.number', code: 'already_exists', detail: '' }];
    const register = new Register(
      twin({ importRegister: () => Promise.reject(refusal('invalid', 422, { errors })) }),
    );
    const text = JSON.stringify({ agreements: [{ number: 'A' }, { number: 'B' }] });
    expect(await register.import({ text: async () => text })).toBeUndefined();
    expect(register.importing.problem?.errors).toHaveLength(1);
    expect(register.numberAt('agreements.1.number')).toBe('B');
    expect(register.numberAt('format')).toBe('');
  });

  it('says that a file is no register without asking the server', async () => {
    const server = twin({});
    const register = new Register(server);
    await register.import({ text: async () => '%PDF-1.7' });
    expect(register.importing.problem?.code).toBe('not_a_register');
    expect(server.asked).toEqual([]);
  });
});

describe('the steps of a version', () => {
  it('offers what the server allows, the way on before the way back', () => {
    const given = version({ allowed: ['withdraw', 'send_back', 'sign'] });
    expect(offeredSteps(given)).toEqual(['sign', 'send_back', 'withdraw']);
    expect(offeredSteps(version())).toEqual([]);
  });

  it('offers an amendment only where a version holds and none is in preparation', () => {
    const active = version({ id: 'v1', status: 'active' });
    const draft = version({ id: 'v2', status: 'draft' });
    expect(mayAmend(agreement({ versions: [active] }))).toBe(true);
    expect(mayAmend(agreement({ versions: [active, draft] }))).toBe(false);
    expect(mayAmend(agreement({ versions: [{ ...active, status: 'legal_hold' }] }))).toBe(false);
    expect(mayAmend(agreement({ versions: [draft] }))).toBe(false);
  });

  it('opens what is in preparation, else what holds, else the newest', () => {
    const at = (...statuses: (typeof active.status)[]) =>
      firstShown(agreement({ versions: statuses.map((status, i) => version({ id: `v${i}`, status })) }));
    const active = version();
    expect(at('superseded', 'active', 'draft')?.id).toBe('v2');
    expect(at('superseded', 'active', 'withdrawn')?.id).toBe('v1');
    expect(at('superseded', 'terminated')?.id).toBe('v1');
  });
});

describe('one agreement', () => {
  async function opened(answers: Parameters<typeof twin>[0], given = agreement()) {
    const server = twin({ ...lists, agreement: async () => given, ...answers });
    const one = new OneAgreement(server, new Names(server), 'a1');
    await one.refresh();
    return { server, one };
  }

  it('takes a step from the version that was looked at, and reads again', async () => {
    const { server, one } = await opened({ step: async () => undefined });
    expect(await one.step('verify', { reason: '' })).toBe(true);
    const [step] = server.asked.filter((each) => each.call === 'step');
    expect(step!.given.slice(0, 2)).toEqual([
      { agreement: 'a1', version: 'v1' },
      { kind: 'verify', base_version: 3, reason: '' },
    ]);
    expect(server.asked.filter((each) => each.call === 'agreement')).toHaveLength(2);
  });

  it('says why a step was refused and stays where it was', async () => {
    const { one } = await opened({ step: () => Promise.reject(refusal('second_person_needed', 403)) });
    expect(await one.step('verify', {})).toBe(false);
    expect(one.deed.problem?.code).toBe('second_person_needed');
    expect(one.version?.id).toBe('v1');
  });

  it('looks for contradictions of a draft, and for what an amendment touches', async () => {
    const versions = [version({ status: 'active' }), version({ id: 'v2', number: 2 })];
    const { one } = await opened(
      {
        findings: async () => ({ contradictions: [] }),
        touched: async () => ({ touched: ['response'], earliest_on: '2027-01-01' }),
      },
      agreement({ versions }),
    );
    await one.look();
    expect(one.findings).toEqual({ contradictions: [] });
    expect(one.touched?.touched).toEqual(['response']);
  });

  it('asks why one promise is meant for unlike regions, until somebody has said so', async () => {
    const contradictions = [{ code: 'blanket_over_regions', facts: { profiles: 'mountain, urban' } }] as never;
    const { one } = await opened({ findings: async () => ({ contradictions }) });
    expect(one.asksWhyBlanket('verify')).toBe(false);
    await one.look();
    expect(one.asksWhyBlanket('verify')).toBe(true);
    expect(one.asksWhyBlanket('activate')).toBe(true);
    expect(one.asksWhyBlanket('withdraw')).toBe(false);
    const said = version({ blanket_reason: 'One price for all.' });
    const { one: explained } = await opened(
      { findings: async () => ({ contradictions }) },
      agreement({ versions: [said] }),
    );
    await explained.look();
    expect(explained.asksWhyBlanket('verify')).toBe(false);
  });

  it('asks why as well where only the server has seen that regions are unlike', async () => {
    const unlike = { path: 'reason', code: 'blanket_over_regions', detail: '' };
    const { one } = await opened({
      step: () => Promise.reject(new Problem({ code: 'invalid', errors: [unlike] }, 422)),
    });
    expect(await one.step('activate', {})).toBe(false);
    expect(one.asksWhyBlanket('activate')).toBe(true);
  });

  it('asks nothing more about a version that holds', async () => {
    const { server, one } = await opened({}, agreement({ versions: [version({ status: 'active' })] }));
    const before = server.asked.length;
    await one.look();
    expect(server.asked).toHaveLength(before);
  });

  it('keeps what was read when it cannot be read again', async () => {
    const read = vi.fn(async () => agreement());
    const { one } = await opened({ agreement: read });
    read.mockRejectedValueOnce(refusal('unreachable', 0));
    await one.refresh();
    expect(one.loaded.face).toBe('ready');
    expect(one.loaded.problem?.isOffline).toBe(true);
  });
});

describe('a review', () => {
  const agenda = {
    desired_outcome: 'Quiet nights',
    next_review_on: null,
    is_overdue: true,
    change_requests: [],
    held: [],
  };

  it('is not held before somebody says whether the outcome was reached', async () => {
    const server = twin({ reviews: async () => agenda, holdReview: async () => undefined });
    const reviews = new AgreementReviews(server, 'a1', '2026-11-24');
    expect(await reviews.hold()).toBe(false);
    expect(reviews.isOutcomeMissing).toBe(true);
    expect(server.asked).toEqual([]);
    reviews.outcome = 'partly';
    expect(await reviews.hold()).toBe(true);
    expect(server.asked[0]!.given[1]).toMatchObject({ held_on: '2026-11-24', outcome: 'partly' });
  });

  it('keeps requests that wait for a decision apart from those decided', async () => {
    const open = { id: 'r1', text: 'Nights too', decision: null };
    const done = { id: 'r2', text: 'Sundays', decision: 'rejected' };
    const change_requests = [open, done] as never;
    const server = twin({ reviews: async () => ({ ...agenda, change_requests }) });
    const reviews = new AgreementReviews(server, 'a1', '2026-11-24');
    await reviews.loaded.refresh();
    expect(reviews.open.map((each) => each.id)).toEqual(['r1']);
    expect(reviews.decided.map((each) => each.id)).toEqual(['r2']);
  });
});
