// Keys as they are printed on the reader's keyboard; letters and arrows are the same everywhere.
import { t } from '../lib/i18n/index.ts';

const named: Record<string, () => string> = {
  Enter: () => t('board.key.enter'),
  Space: () => t('board.key.space'),
  Shift: () => t('board.key.shift'),
  Esc: () => t('board.key.escape'),
};

/** `Ctrl Shift Z` as `Ctrl Maj Z`. */
export function keyNames(keys: string): string {
  return keys
    .split(' ')
    .map((one) => named[one]?.() ?? (one.length === 1 ? one.toUpperCase() : one))
    .join(' ');
}
