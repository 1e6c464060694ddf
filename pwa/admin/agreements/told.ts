// What somebody said about a version.
import { t } from '../../lib/i18n/index.ts';
import type { Version } from './wire.ts';

/** Why one promise is meant for unlike regions, in whose words. */
export const blanketWords = ({ blanket_reason: reason, blanket_reason_by: name }: Version): string =>
  t('admin.version.blanket_reason', { name, reason });
