import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import { codeIn } from '../../technician/scan/label.ts';
import { addressIn, assetBody, assetChange, assetForm, siteBody, siteForm } from './form.ts';
import type { Asset, Intervention, Site } from './gateway.ts';
import { canBeRead, squaresOf } from './labels.ts';
import { openAbout } from './open_work.ts';

const valira = {
  id: 'valira',
  code: 'VALIRA',
  region_id: 'valls',
  customer_id: 'finques',
  name: 'Hotel Valira',
  street: 'Carrer Major',
  number: '3',
  postcode: 'AD500',
  place: 'Andorra la Vella',
  position: { lat: 42.5, lon: 1.5 },
  access_notes: 'Ring twice',
  hazards: ['Asbestos', 'Dog'],
  contacts: [{ name: 'Núria', phone: '+376 1', role: 'caretaker' }],
  access_hours: [
    { days: [0, 4], from_minute: 480, to_minute: 720, note: 'Only with the caretaker' },
    { days: [5], from_minute: 840, to_minute: 1440, note: '' },
  ],
  critical_windows: [
    { name: 'Clinic', days: [0], from_minute: 480, to_minute: 720, from_day: null, to_day: null, availability_percent: '99.5' },
    { name: 'Fair', days: [6], from_minute: 600, to_minute: 1440, from_day: '2026-06-07', to_day: '2026-06-07', availability_percent: null },
  ],
} as unknown as Site;

const lift = {
  id: 'lift',
  site_id: 'valira',
  code: 'VALIRA-A',
  name: 'Lift A',
  kind: 'lift',
  levels: 6,
  maker: 'Møller',
  installed_on: '1997-07-17',
  retired_on: null,
  version: 1,
} as Asset;

describe('the form of a site', () => {
  it('says what it was made of, with the key it was given', () => {
    const { id: _id, ...said } = valira;
    expect(siteBody(siteForm(valira, '4711'))).toEqual({ ...said, key_box: '4711' });
  });

  it('leaves the region to the outline and the pin to the address where neither was said', () => {
    const body = siteBody({ ...siteForm(valira), region: '', position: ' ' });
    expect(body).not.toHaveProperty('region_id');
    expect(body).not.toHaveProperty('position');
    expect(addressIn(siteForm(valira))).toBe('Carrer Major 3, AD500 Andorra la Vella');
  });

  it('names every field that is missing', () => {
    const form = { ...siteForm(undefined), contacts: [{ name: ' ', phone: '1', role: '' }] };
    expect(faultsOf(() => siteBody(form))).toEqual(['code', 'name', 'customer_id', 'contacts.0.name']);
  });
});

describe('the form of an asset', () => {
  it('says what it was made of', () => {
    const { id: _id, version: _version, retired_on: _retired, ...said } = lift;
    expect(assetBody(assetForm(lift, 'elsewhere'))).toEqual(said);
    expect(assetChange({ ...assetForm(lift, ''), levels: '', retiredOn: '2026-12-01' })).toMatchObject({
      levels: null,
      retired_on: '2026-12-01',
    });
  });

  it('does not take a number of floors that is none', () => {
    expect(faultsOf(() => assetBody({ ...assetForm(lift, ''), levels: 'six' }))).toEqual(['levels']);
  });

  it('tells what stays open about it when it is retired', () => {
    const about = (asset: string, status: string) => ({ asset: { id: asset }, status }) as unknown as Intervention;
    const all = [about('lift', 'scheduled'), about('lift', 'closed'), about('other', 'new'), about('lift', 'new')];
    expect(openAbout('lift', all)).toEqual([all[0], all[3]]);
  });
});

describe('a label', () => {
  it.each(['VALIRA-A', 'L.1_b', 'X'.repeat(40)])('of %s is what the phone reads', (code) => {
    const { size, path } = squaresOf(code);
    const scale = 4;
    const width = size * scale;
    const data = new Uint8ClampedArray(width * width * 4).fill(255);
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h/g)) {
      for (let dot = 0; dot < scale * scale; dot++) {
        const at = (Number(y) * scale + Math.floor(dot / scale)) * width + Number(x) * scale + (dot % scale);
        data.fill(0, at * 4, at * 4 + 3);
      }
    }
    expect(codeIn(decodeQR({ width, height: width, data }))).toBe(code.toUpperCase());
    expect(canBeRead(code)).toBe(true);
  });

  it('is not made of a code the phone would not take', () => {
    expect(canBeRead('L')).toBe(false);
    expect(canBeRead('X'.repeat(41))).toBe(false);
  });
});

function faultsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ path }) => path);
    throw error;
  }
  return [];
}
