// How the board can be looked at, as rows of the palette.
import { t } from '../../lib/i18n/index.ts';
import type { PaletteCommand } from '../palette/commands.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { DAYS, DENSITIES, GROUPINGS } from './look.ts';
import { savedViews } from './saved.svelte.ts';

export function viewCommands(workspace: Workspace): PaletteCommand[] {
  const { address } = workspace;
  const own = (savedViews.views ?? []).map(({ name, look }) => ({
    id: `view-${name}`,
    words: t('board.view.open', { name }),
    run: () => workspace.lookAs(look),
  }));
  return [
    ...own,
    ...DAYS.map((days) => ({
      id: `days-${days}`,
      words: `${t('board.view.days')}: ${t(`board.view.days.${days}`)}`,
      keys: 'W',
      run: () => workspace.showDays(days),
    })),
    ...GROUPINGS.map((grouping) => ({
      id: `group-${grouping}`,
      words: `${t('board.view.grouping')}: ${t(`board.view.grouping.${grouping}`)}`,
      keys: 'G',
      run: () => address.lookAt({ grouping, closed: [] }),
    })),
    ...DENSITIES.map((density) => ({
      id: `density-${density}`,
      words: `${t('board.view.density')}: ${t(`board.view.density.${density}`)}`,
      keys: 'C',
      run: () => address.lookAt({ density }),
    })),
  ];
}
