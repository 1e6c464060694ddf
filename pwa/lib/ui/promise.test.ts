import { describe, expect, it } from 'vitest';
import { promiseAt, type PromiseClock } from './promise.ts';

const running = (more: Partial<PromiseClock> = {}): PromiseClock => ({
  state: 'running',
  due_at: '2026-06-02T12:00:00Z',
  at_risk_at: '2026-06-02T11:00:00Z',
  stopped_at: null,
  ...more,
});
const at = (time: string): Date => new Date(`2026-06-02T${time}Z`);

describe('a promise', () => {
  it('is on time until it is at risk, and counts down to the second', () => {
    expect(promiseAt(running(), at('10:25:00'))).toMatchObject({
      standing: 'on_time',
      tone: 'ok',
      shape: 'circle',
      seconds: 95 * 60,
      isTicking: true,
    });
  });

  it('turns at risk by itself, without hearing from the server', () => {
    expect(promiseAt(running(), at('11:00:00')).standing).toBe('at_risk');
    expect(promiseAt(running(), at('10:59:59')).standing).toBe('on_time');
  });

  it('is still kept at the very instant it falls due, and late a second after', () => {
    expect(promiseAt(running(), at('12:00:00')).standing).toBe('at_risk');
    expect(promiseAt(running(), at('12:00:01'))).toMatchObject({ standing: 'late', seconds: 1 });
  });

  it('counts how late it is even where the server has not said so yet', () => {
    expect(promiseAt(running({ state: 'breached' }), at('12:12:30')).seconds).toBe(750);
  });

  it("takes the server's word for at risk where no instant is given", () => {
    const clock = running({ state: 'at_risk', at_risk_at: undefined });
    expect(promiseAt(clock, at('09:00:00')).standing).toBe('at_risk');
  });

  it('stands still while paused and shows what is left', () => {
    const clock = running({ state: 'paused', due_at: null, remaining_seconds: 9000 });
    expect(promiseAt(clock, at('23:00:00'))).toMatchObject({
      standing: 'paused',
      seconds: 9000,
      isTicking: false,
    });
  });

  it('stops when it was kept', () => {
    const clock = running({ state: 'met', stopped_at: '2026-06-02T11:30:00Z' });
    expect(promiseAt(clock, at('15:00:00'))).toMatchObject({ standing: 'kept', isTicking: false });
  });

  it('keeps the lateness of the moment it stopped', () => {
    const clock = running({ state: 'breached', stopped_at: '2026-06-02T12:12:00Z' });
    expect(promiseAt(clock, at('18:00:00'))).toMatchObject({
      standing: 'missed',
      seconds: 720,
      isTicking: false,
    });
  });
});
