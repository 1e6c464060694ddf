// Turns messages/*/LANGUAGE.json into typed modules below generated/: the keys of each page, and its
// texts in their order, one catalogue per language. Anything missing, unknown or mismatched stops the build. Run as `npm run messages`.

import fs from 'node:fs';
import path from 'node:path';
import { fill, keysOf } from '../lib/i18n/text.ts';
import { type EntryName, entryNames } from './entries.ts';

export const languages = ['en', 'fr', 'es', 'nl'] as const;
export type LanguageTag = (typeof languages)[number];
export type Texts = Record<string, string>;
/** One folder's texts in every language. */
export type Catalogue = Record<LanguageTag, Texts>;
type Folder = 'lib' | EntryName;

const folders: readonly Folder[] = ['lib', ...entryNames];

/** Refusals of what only the office does, and set-up: a phone asks for none of it. */
const officeProblems = [
  'account_shut|already_\\w+|approval_missing|breach_overturned|choice_closed|calendar_\\w+|candidate_changed|evidence_outstanding|feedback_\\w+',
  'contradicts|expectation_missing|credit_move_not_allowed|demo_password_refused|double_booked|draft_exists|geocoder_\\w+',
  'chunk_refused|file_\\w+|upload_offset_differs',
  'import_changed|improvement_over|intervention_ended|irritation_settled|month_not_over|no_legal_plan|nothing_to_answer|owner_missing|not_a_candidate|not_over_yet|notice_too_short|plan_\\w+|plans_differ',
  'displaces_others|invitation_ended|last_administrator|merge_refused|not_planned|visit_locked',
  'mail_\\w+|reading_reason_missing|reopen_too_late|second_person_needed|shift_overlaps|solver_crashed|still_in_use',
  'technician_inactive|too_many_tri\\w+|trial_crashed|uncovered',
  'unknown_country|unknown_subdivision|version_immutable|versions_overlap|visit_frozen',
].join('|');

/** Refusals of the label on a lift and of the link behind it: whoever meets them has no account. */
const residentProblems = 'label_ended|too_many_reports|tracking_ended';

const officeTopics = [
  'absence_asked|absent|approval_wanted|commented|comment_unanswered|at_risk|breach_predicted|brief_made|capacity_short|change_asked|clock_skew|declined|follow_up|message_unanswered',
  'not_answered|partially_completed|plan_\\w+|promise_\\w+|owner_gone|recurring_fault|review_overdue|terms_proposed|version_answered|visit_\\w+',
].join('|');

/** Families of shared words that a page never says, and so does not download. */
const unsaid: Partial<Record<EntryName, RegExp>> = {
  home: /^(notify|photo|comments|statement|reading_reason)\./,
  // Nothing is sent to a phone here, nobody draws a deadline, and no visit is led through its steps.
  admin: /^(photo|sync|ruler|visit_command|intervention_command|asset_state)\./,
  // Whoever has no account meets few refusals and none of the company's words.
  resident: new RegExp(
    `^(notify|comments|statement|reading_reason|asset_state|impact|urgency|intervention_command|intervention_status|source|visit_command|clock|party|severity|sync|reason|role|work_type|service)\\.|^problem\\.(${officeProblems})$`,
  ),
  board: /^(notify|photo|statement)\./,
  // What only the office is told of, what only it sets, and how its work stands.
  portal: new RegExp(
    `^(clock_state|fact|impact|intervention_command|intervention_status|part_unit|party|reading_reason|skill|source|sync|urgency|visit_command|visit_status|word|work_type)\\.|^problem\\.(${residentProblems}|reading_reason_missing)$|^notify\\.(channel\\.push|roles|roles_what|technicians|topic\\.(${officeTopics}))$`,
  ),
  technician: new RegExp(
    `^(notify|photo|comments|statement|reading_reason)\\.|^(asset_state|fault|impact|intervention_command|intervention_status|source|urgency|visit_command)\\.|^(action\\.(back|cancel|next|print|save|search|send)|clock_state\\.(at_risk|breached|met|paused|running)|face\\.offline_as_of|party\\.supplier|severity\\.(impact|urgency)|word\\.(customer|due|intervention|region|severity|technician|visit)|problem\\.(${officeProblems}|${residentProblems}))$`,
  ),
};

export function writeMessages(root: string): void {
  const read = Object.fromEntries(
    folders.map((folder) => [folder, readFolder(root, folder)]),
  ) as Record<Folder, Catalogue>;
  const faults = folders.flatMap((folder) => faultsOf(folder, read[folder]));
  if (faults.length > 0) throw new Error(`Messages:\n  ${faults.join('\n  ')}`);

  const target = path.join(root, 'generated');
  writeIfChanged(
    path.join(target, 'messages.ts'),
    argumentTypes(Object.assign({}, ...folders.map((folder) => read[folder].en)) as Texts),
  );
  for (const entry of entryNames) {
    const families = byFamily(Object.keys({ ...said(entry, read.lib.en), ...read[entry].en }));
    const keys = keysOf(families);
    writeIfChanged(path.join(target, `${entry}.ts`), loaders(entry));
    writeIfChanged(path.join(target, entry, 'keys.ts'), `${header}export default ${JSON.stringify(families, null, 1)};\n`);
    for (const language of languages) {
      const texts = { ...read.lib[language], ...read[entry][language] };
      const listed = JSON.stringify(keys.map((key) => texts[key]), null, 1);
      writeIfChanged(path.join(target, entry, `${language}.ts`), `${header}export default ${typeset(language, listed)};\n`);
    }
  }
}

/** In French a colon never begins a line: the space before it does not break. */
export function typeset(language: LanguageTag, text: string): string {
  return language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0') : text;
}

/** The last words of the keys below what they share: a phone keeps every letter of them. */
export function byFamily(keys: readonly string[]): Record<string, string> {
  const families: Record<string, string> = {};
  for (const key of keys) {
    const [family, last] = [key.slice(0, key.lastIndexOf('.')), key.slice(key.lastIndexOf('.') + 1)];
    families[family] = family in families ? `${families[family]} ${last}` : last;
  }
  return families;
}

/** The shared words a built page names, letter for letter, and does not download. */
export function missing(entry: EntryName, built: string, texts: Texts): string[] {
  const downloaded = said(entry, texts);
  const named = new Set([...built.matchAll(/(["'`])([\w.]+)\1/g)].map(([, , word]) => word));
  return Object.keys(texts).filter((key) => !(key in downloaded) && named.has(key));
}

/** The shared words of a page. */
export function said(entry: EntryName, texts: Texts): Texts {
  const never = unsaid[entry];
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !never?.test(key)));
}

const header = '// Generated from messages/ by build/messages.ts. Do not edit.\n\n';

/** Every reason to refuse a folder's texts; none means they are complete and agree. */
export function faultsOf(folder: Folder, catalogue: Catalogue): string[] {
  const keys = Object.keys(catalogue.en);
  return [
    ...keys.filter((key) => !ownsKey(folder, key)).map((key) => `${folder}: "${key}" belongs elsewhere`),
    ...keys.filter((key) => !/^(\w+\.)+\w+$/.test(key)).map((key) => `${folder}: "${key}" belongs to no family`),
    ...languages.flatMap((language) => [
      ...keys
        .filter((key) => !catalogue[language][key]?.trim())
        .map((key) => `${folder}/${language}: "${key}" is missing`),
      ...Object.keys(catalogue[language])
        .filter((key) => !(key in catalogue.en))
        .map((key) => `${folder}/${language}: "${key}" is not in English`),
      ...keys
        .filter((key) => catalogue[language][key])
        .filter((key) => shape(catalogue[language][key]!) !== shape(catalogue.en[key]!))
        .map((key) => `${folder}/${language}: "${key}" has other placeholders than English`),
      ...Object.entries(catalogue[language])
        .filter(([, text]) => !canBeFilled(text, language))
        .map(([key]) => `${folder}/${language}: "${key}" is not written as a text can be filled`),
    ]),
  ];
}

/** A page's keys start with its name, so that no page can use words it does not download. */
function ownsKey(folder: Folder, key: string): boolean {
  const entry = entryNames.find((name) => key.startsWith(`${name}.`));
  return folder === 'lib' ? entry === undefined : entry === folder;
}

const placeholder = /\{(\w+)(?:\}|(, plural,))/g;

export function placeholders(text: string): Map<string, 'plural' | 'plain'> {
  const names = [...text.matchAll(placeholder)].filter(([, name]) => !/^(one|two|few|many|zero|other)$/.test(name!));
  return new Map(names.map(([, name, plural]) => [name!, plural ? 'plural' : 'plain']));
}

/** Whether no brace is left over once every fact is known: what is left would be read on a screen. */
function canBeFilled(text: string, language: string): boolean {
  const names = [...text.matchAll(/\w+/g)].map(([name]) => name);
  return !/[{}]/.test(fill(text, Object.fromEntries(names.map((name) => [name, 1])), language));
}

function shape(text: string): string {
  return [...placeholders(text).keys()].sort().join(',');
}

function argumentTypes(english: Texts): string {
  const lines = Object.entries(english)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, text]) => `  ${JSON.stringify(key)}: ${argumentType(text)};`);
  return `${header}export interface Messages {\n${lines.join('\n')}\n}\n`;
}

function argumentType(text: string): string {
  const fields = [...placeholders(text)].map(
    ([name, kind]) => `${name}: ${kind === 'plural' ? 'number' : 'string | number'}`,
  );
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'undefined';
}

function loaders(entry: EntryName): string {
  // A device keeps the texts of all languages, the keys they share once.
  const imports = `import { named } from '../lib/i18n/text.ts';\nimport families from './${entry}/keys.ts';\n`;
  const lines = languages.map((tag) => `  ${tag}: async () => named(families, (await import('./${entry}/${tag}.ts')).default),`);
  return `${header}${imports}\nexport const catalogues = {\n${lines.join('\n')}\n};\n`;
}

export function readFolder(root: string, folder: Folder): Catalogue {
  return Object.fromEntries(
    languages.map((language) => [
      language,
      readTexts(path.join(root, 'messages', folder, `${language}.json`)),
    ]),
  ) as Catalogue;
}

function readTexts(file: string): Texts {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Texts) : {};
}

function writeIfChanged(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

if (import.meta.main) writeMessages(path.join(import.meta.dirname, '..'));
