import encodeQR from 'qr';
import { describe, expect, test } from 'vitest';
import { project } from '../../lib/offline/project.ts';
import { visit } from '../../lib/offline/testing/makers.ts';
import { codeIn, find } from './label.ts';
import { decoded, type Picture } from './reading.ts';

/** A label as a camera sees it: turned, a little blurred, grey on grey, somewhere in the picture. */
function photographed(text: string, { pixels = 6, quarter = 0 } = {}): Picture {
  const modules = encodeQR(text, 'raw', { border: 4 });
  const side = modules.length * pixels;
  const [width, height] = [side + 90, side + 60];
  const data = new Uint8ClampedArray(width * height * 4).fill(150);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / pixels), Math.floor(x / pixels)];
      const isDark = quarter === 0 ? modules[row]![column]! : modules[modules.length - 1 - column]![row]!;
      const shade = (isDark ? 45 : 205) + ((x * 7 + y * 13) % 11);
      data.set([shade, shade, shade, 255], ((y + 25) * width + x + 60) * 4);
    }
  return { width, height, data };
}

const label = 'https://palier.example/q/AV-0007-A';

test.each([{}, { quarter: 1 }, { pixels: 3 }])('a label is read from a picture: %o', (seen) => {
  expect(codeIn(decoded(photographed(label, seen)) ?? '')).toBe('AV-0007-A');
});

test('a picture without a label says nothing', () => {
  expect(decoded({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(200) })).toBeUndefined();
});

test.each([
  [label, 'AV-0007-A'],
  ['http://192.168.1.4:8741/q/av-0007-a/?from=label', 'AV-0007-A'],
  [' av-0007-a ', 'AV-0007-A'],
  ['https://palier.example/q/AV%2D0007%2DA', 'AV-0007-A'],
])('%s is a lift of ours', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

test.each(['', 'https://elsewhere.example/menu', 'WIFI:S:guests;T:WPA;P:x;;', 'https://palier.example/q/%', 'a'])(
  '%s is not',
  (text) => expect(codeIn(text)).toBeUndefined(),
);

describe('what was read', () => {
  const here = project(visit(), []);
  const there = project(
    visit({ id: 'visit-2' }, { asset: { ...visit().asset!, id: 'asset-2', code: 'MA-0067-B', name: 'Lift B' } }),
    [],
  );

  test('is the right lift', () => {
    expect(find('AV-0007-A', [here, there], here).is).toBe('right');
  });

  test('is another one, and which', () => {
    const found = find('MA-0067-B', [here, there], here);
    expect(found).toMatchObject({ is: 'other', asset: { name: 'Lift B' }, visit: { id: 'visit-2' } });
  });

  test('is one nobody sent this phone to', () => {
    expect(find('ES-0001-A', [here, there], here)).toEqual({ is: 'unknown', code: 'ES-0001-A' });
  });

  test('leads to its visit where none is in hand', () => {
    expect(find('AV-0007-A', [here, there])).toMatchObject({ is: 'other', visit: { id: 'visit-1' } });
  });
});
