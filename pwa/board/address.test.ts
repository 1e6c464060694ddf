import { describe, expect, it } from 'vitest';
import { Address, type HashPort } from './address.svelte.ts';

function bar(hash = ''): HashPort & { hash: string } {
  return {
    hash,
    read() {
      return this.hash;
    },
    write(next) {
      this.hash = next;
    },
  };
}

describe('the address of a view', () => {
  it('says region, day, selection and pane, and reads them back', () => {
    const port = bar();
    const address = new Address(port);
    address.goToRegion('valls');
    address.goToDay('2026-11-23');
    address.select('one', 'visit-one');
    address.show('map');
    const again = new Address(bar(port.hash));
    expect(again.region).toBe('valls');
    expect(again.day).toBe('2026-11-23');
    expect(again.selection).toEqual({ intervention: 'one', visit: 'visit-one' });
    expect(again.pane).toBe('map');
  });

  it('takes nonsense for nothing', () => {
    const address = new Address(bar('#day=tomorrow&pane=cellar&visit=alone'));
    expect(address.day).toBeNull();
    expect(address.pane).toBe('detail');
    expect(address.selection).toBeNull();
  });

  it('says which panel is open and which past instant is looked at', () => {
    const port = bar('#panel=cellar&at=yesterday');
    const address = new Address(port);
    expect([address.panel, address.at]).toEqual([null, null]);
    address.open('brief');
    address.lookBack('2026-11-20T10:14:00Z');
    const again = new Address(bar(port.hash));
    expect([again.panel, again.at]).toEqual(['brief', '2026-11-20T10:14:00Z']);
  });

  it('forgets the selection when the dispatcher looks at another day', () => {
    const address = new Address(bar('#region=valls&intervention=one'));
    address.goToDay('2026-11-24');
    expect(address.selection).toBeNull();
  });
});
