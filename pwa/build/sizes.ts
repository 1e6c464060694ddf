// Fails when what must be downloaded before a page works grows past its budget, names another
// origin, or a page says a word it did not download. Run as `npm run sizes` after a build.
// Sizes are what travels: brotli at its best, in kB of 1000 bytes.

import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { entries, type EntryName, entryNames, lazy } from './entries.ts';
import { missing, readFolder } from './messages.ts';
import { foreignOrigins } from './origins.ts';
import { precacheItems } from './service_worker_plugin.ts';

interface Budget {
  readonly what: string;
  readonly files: readonly string[];
  readonly kilobytes: number;
}

const built = path.join(import.meta.dirname, '../../server/pages/built');

/** What the page loads before it can be used: its own module and those preloaded beside it. */
function initial(folder: string, base: string, extension: string): string[] {
  const page = fs.readFileSync(path.join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  return named
    .filter((address) => address.endsWith(extension))
    .map((address) => path.join(folder, address.slice(base.length)));
}

/** One catalogue is loaded too; the largest counts. */
function largestCatalogue(folder: string): string[] {
  const assets = path.join(folder, 'assets');
  const names = fs.readdirSync(assets).filter((name) => /^(en|fr|es|nl)-[\w-]{8}\.js$/.test(name));
  const sized = names.map((name) => path.join(assets, name)).sort((a, b) => brotli(b) - brotli(a));
  return sized.slice(0, 1);
}

function brotli(file: string): number {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  return brotliCompressSync(fs.readFileSync(file), options).length / 1000;
}

/** The map comes later, when somebody looks at it, and is no part of this. */
function budgetsOf(name: EntryName, scripts: number, worker?: number, styles = 8): Budget[] {
  const { base, folder } = entries[name];
  const home = path.join(built, folder);
  const code = [...initial(home, base, '.js'), ...largestCatalogue(home)];
  const budgets = [
    { what: `${name} scripts`, files: code, kilobytes: scripts },
    { what: `${name} styles`, files: initial(home, base, '.css'), kilobytes: styles },
    { what: `${name} page`, files: [path.join(home, 'index.html')], kilobytes: 3 },
  ];
  if (worker === undefined) return budgets;
  return [
    ...budgets,
    { what: `${name} service worker`, files: [path.join(home, 'sw.js')], kilobytes: worker },
  ];
}

function budgets(): Budget[] {
  return [
    ...budgetsOf('technician', 75, 45),
    ...budgetsOf('board', 120, 12, 12),
    ...budgetsOf('portal', 60, 12),
    ...budgetsOf('admin', 90),
    ...budgetsOf('resident', 40),
  ];
}

/** What the worker keeps before anybody asked for it, as it lies on the phone. */
function kept(name: EntryName, kilobytes: number): void {
  const { base, folder } = entries[name];
  const home = path.join(built, folder);
  const files = precacheItems(home, base, lazy).map(({ url }) => url.slice(base.length) || 'index.html');
  const size = files.reduce((sum, file) => sum + fs.statSync(path.join(home, file)).size / 1000, 0);
  report(`${name} kept offline, raw`, size, kilobytes);
}

function scriptsOf(name: EntryName): string {
  const home = path.join(built, entries[name].folder, 'assets');
  const files = fs.readdirSync(home).filter((file) => file.endsWith('.js'));
  return files.map((file) => fs.readFileSync(path.join(home, file), 'utf8')).join('\n');
}

function report(what: string, size: number, kilobytes: number): void {
  const verdict = size <= kilobytes ? 'ok' : 'TOO LARGE';
  if (size > kilobytes) tooLarge++;
  console.log(`${what.padEnd(28)} ${size.toFixed(1).padStart(6)} of ${kilobytes} kB  ${verdict}`);
}

let tooLarge = 0;
for (const { what, files, kilobytes } of budgets())
  report(what, files.reduce((sum, file) => sum + brotli(file), 0), kilobytes);
kept('technician', 400);

const origins = foreignOrigins(path.join(built, entries.technician.folder));
if (origins.length > 0) console.log(`technician names other origins: ${origins.join(', ')}`);

const shared = readFolder(path.join(import.meta.dirname, '..'), 'lib').en;
const unsaid = entryNames.flatMap((name) => missing(name, scriptsOf(name), shared).map((key) => `${name}: ${key}`));
if (unsaid.length > 0) console.log(`said, but not downloaded: ${unsaid.join(', ')}`);
process.exitCode = tooLarge > 0 || origins.length > 0 || unsaid.length > 0 ? 1 : 0;
