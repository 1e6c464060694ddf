// The ledger of a lift in words. Texts are in messages.
import { t, wordFor } from '../../lib/i18n/index.ts';
import type { Verdict } from '../experience/told.ts';
import { hoursWords } from '../written.ts';
import type { Ledger } from './gateway.ts';

export const lasted = hoursWords;

/** What took most, in a sentence. */
export function headline({ causes, down_minutes: down }: Ledger): string {
  const [first] = causes;
  if (first === undefined || down === 0) return t('admin.ledger.never_down');
  const most = lasted(first.minutes);
  return first.cause === ''
    ? t('admin.ledger.down_unknown', { down: lasted(down), most })
    : t('admin.ledger.down_by', { down: lasted(down), most, cause: wordFor('cause', first.cause) });
}

/** Whether a critical window reached its own target; nothing where it has none. */
export function criticalVerdict({ is_met: isMet }: Ledger['critical'][number]): Verdict | undefined {
  if (isMet === null) return undefined;
  return isMet
    ? { tone: 'ok', shape: 'check', words: t('admin.doing.reached') }
    : { tone: 'late', shape: 'cross', words: t('admin.doing.missed') };
}
