import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const css = fs.readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const words = ['--ink', '--ink-2', '--accent', '--ok', '--risk', '--late', '--paused', '--info'];

type Colours = Record<string, string>;

function declared(selector: string): Colours {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

/** The palette as one scheme shows it. */
function shown(colours: Colours, scheme: 0 | 1): Colours {
  const either = /^light-dark\((#\w+), (#\w+)\)$/;
  return Object.fromEntries(
    Object.entries(colours).map(([name, value]) => [name, either.exec(value)?.[1 + scheme] ?? value]),
  );
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const root = declared(':root');
const themes: Record<string, Colours> = {
  light: shown(root, 0),
  dark: shown(root, 1),
  sun: { ...shown(root, 0), ...declared(':root[data-theme="sun"]') },
};

describe.each(Object.entries(themes))('the %s theme', (_name, colours) => {
  const pairs = words.flatMap((word) => ['--surface', '--bg'].map((ground) => [word, ground] as const));
  const filled = [['--on-accent', '--accent'], ['--on-late', '--late']] as const;

  test.each([...pairs, ...filled])('%s on %s can be read outdoors (7:1)', (word, ground) => {
    expect(contrast(colours[word]!, colours[ground]!)).toBeGreaterThanOrEqual(7);
  });

  test('the edge of a control can be found (3:1)', () => {
    expect(contrast(colours['--control']!, colours['--surface']!)).toBeGreaterThanOrEqual(3);
  });
});
