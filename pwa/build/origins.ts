// Which other origins a built page names: it must ask none of them for anything.

import fs from 'node:fs';
import path from 'node:path';

/** Named in a text or a link that a person follows, never fetched. */
const harmless = [
  'http://www.w3.org', // names of XML namespaces
  'https://svelte.dev', // where an error message is explained
  'https://bit.ly', // the same
  'https://maps.apple.com', // the way there, opened by a tap
  'https://www.openstreetmap.org', // the same
  'http://palier.invalid', // stands for the page's own origin outside a browser
];

export function foreignOrigins(folder: string): string[] {
  const texts = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html|webmanifest|svg)$/.test(name))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/(?:https?|wss?):\/\/[\w.-]+/g)].map(([origin]) => origin));
  return [...new Set(named)].filter((origin) => !harmless.includes(origin)).sort();
}
