// A notice in plain words: what happened, and where.

import { assetTitle } from '../../lib/i18n/asset_name.ts';
import { language, t } from '../../lib/i18n/index.ts';
import type { Notice, Site } from '../wire.ts';
import { between, type Here } from './moments.ts';
import { sentence } from './names.ts';

/** What happened. A code this page does not know yet still says that something did. */
export function noticeText(notice: Notice, here: Here): string {
  const facts = notice.facts;
  const name = word(facts, 'technician_first_name') ?? word(facts, 'technician_name');
  const range = betweenFacts(facts, here);
  const reason = word(facts, 'reason');
  const key = [
    name && range && `portal.notice.${notice.code}.named_between`,
    name && `portal.notice.${notice.code}.named`,
    range && `portal.notice.${notice.code}.between`,
    reason && `portal.notice.${notice.code}.reasoned`,
    `portal.notice.${notice.code}`,
  ].find((key) => key && language.text(key));
  const said = sentence(filled(key ?? 'portal.notice.unknown', { name, between: range, reason }));
  const why = language.text(`portal.notice.${notice.code}.why.${word(facts, 'why') ?? ''}`);
  return why ? `${said} ${why}` : said;
}

/** Where: `Lift B · Hotel Roc`. */
export function noticePlace(notice: Notice, site: Site | undefined): string {
  const siteName = word(notice.facts, 'site_name') ?? site?.name;
  const asset = word(notice.facts, 'asset_name');
  return [asset && assetTitle(asset), siteName].filter(Boolean).join(' · ') || t('portal.title');
}

function betweenFacts(facts: Notice['facts'], here: Here): string | undefined {
  const [from, to] = [word(facts, 'from_at'), word(facts, 'to_at')];
  return from && to ? between(from, to, here) : undefined;
}

function word(facts: Notice['facts'], key: string): string | undefined {
  const value: unknown = facts[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function filled(key: string, facts: Record<string, string | undefined>): string {
  return (language.text(key) ?? '').replace(/\{(\w+)\}/g, (_whole, name: string) => facts[name] ?? '');
}
