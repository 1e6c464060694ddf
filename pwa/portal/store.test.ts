import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeviceStore } from './store.ts';
import { aCard, aSite } from './testing/makers.ts';

const storeOf = (accountId?: string): DeviceStore => new DeviceStore(() => accountId);
const answer = { sites: [aSite()], asOf: '2026-06-02T08:12:00.000Z' };

describe('what a device keeps of the portal', () => {
  beforeEach(() => storeOf().clear());

  it('is there after a restart', async () => {
    await storeOf('ana').write(answer);
    expect(await storeOf('ana').read()).toMatchObject(answer);
  });

  it('is never shown to somebody else', async () => {
    await storeOf('ana').write(answer);
    expect(await storeOf('bert').read()).toBeUndefined();
  });

  it('is gone after signing out', async () => {
    await storeOf('ana').write(answer);
    await storeOf('ana').clear();
    expect(await storeOf('ana').read()).toBeUndefined();
  });

  it('holds the promises of each site, for the one who was told', async () => {
    await storeOf('ana').writeCards('roc', [aCard()]);
    expect(await storeOf('ana').readCards('roc')).toEqual([aCard()]);
    expect(await storeOf('ana').readCards('nova')).toBeUndefined();
    expect(await storeOf('bert').readCards('roc')).toBeUndefined();
  });

  it('is not written while nobody is signed in', async () => {
    await storeOf().write(answer);
    expect(await storeOf().read()).toBeUndefined();
  });
});
