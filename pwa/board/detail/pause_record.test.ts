import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PauseRecord } from './pause_record.svelte.ts';
import { instantOf, localText } from '../../lib/i18n/zoned.ts';
import { at, ZONE } from '../testing/makers.ts';

const now = Date.parse(at('10:30')) + 20_000;
const send = vi.fn(async () => true);
const recorded = (): PauseRecord => new PauseRecord(ZONE, () => now, send);

beforeEach(() => send.mockClear());

describe('recording a pause', () => {
  it('begins now unless somebody says otherwise, and then counts at once', async () => {
    const pause = recorded();
    pause.reason = 'no_access';
    pause.evidence = 'Concierge called';
    expect(pause.needsSecondPerson).toBe(false);
    await pause.save();
    const now_at = new Date(now).toISOString();
    expect(send.mock.calls[0]).toMatchObject([{ from_at: now_at, to_at: null }, expect.any(String)]);
  });

  it('says that a second person is needed for what began earlier, and for force majeure', () => {
    const pause = recorded();
    pause.reason = 'force_majeure';
    expect(pause.needsSecondPerson).toBe(true);
    pause.reason = 'awaiting_parts';
    expect([pause.needsSecondPerson, pause.needsEvidence]).toEqual([false, false]);
    pause.from = '2026-11-23T10:00';
    expect([pause.needsSecondPerson, pause.needsEvidence]).toEqual([true, true]);
  });

  it('is not sent without what it needs', async () => {
    const pause = recorded();
    pause.reason = 'no_access';
    expect(await pause.save()).toBe(false);
    expect(send).not.toHaveBeenCalled();
  });

  it('goes out under the same key until it is another pause', async () => {
    const pause = recorded();
    pause.reason = 'no_access';
    pause.evidence = 'Photo';
    await pause.save();
    await pause.save();
    pause.evidence = 'Photo and call';
    await pause.save();
    const keys = send.mock.calls.map((call) => (call as unknown[])[1]);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });
});

describe('a time typed where the site is', () => {
  it('is the instant it is there, on both sides of a change of the clocks', () => {
    expect(instantOf('2026-11-23T10:30', ZONE)).toBe('2026-11-23T09:30:00.000Z');
    expect(instantOf('2026-07-01T10:30', ZONE)).toBe('2026-07-01T08:30:00.000Z');
    expect(instantOf('2026-10-25T04:00', ZONE)).toBe('2026-10-25T03:00:00.000Z');
    expect(instantOf('soon', ZONE)).toBeNull();
  });

  it('is shown as the field writes it', () => {
    expect(localText(Date.parse(at('10:30')), ZONE)).toBe('2026-11-23T10:30');
  });
});
