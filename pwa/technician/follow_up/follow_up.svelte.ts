// Work that has to follow: what, how bad it is until then, what to bring. The office plans it.

import type { CommandPayload } from '../../lib/offline/commands.ts';
import { type DraftShelf, FormDraft } from '../drafts.svelte.ts';
import { PartLines } from '../parts/part_lines.svelte.ts';

type Order = NonNullable<CommandPayload['follow_up']>;
export type FollowUpSeverity = Order['severity'];
export type FollowUpWork = Order['work_type'];

interface Draft {
  readonly summary: string;
  readonly description: string;
  readonly severity: FollowUpSeverity | '';
  readonly workType: FollowUpWork;
}

/** The worst is never left to a later visit. */
export const severities = ['S2', 'S3', 'S4'] as const satisfies readonly FollowUpSeverity[];

export class FollowUp {
  readonly parts: PartLines;
  #draft: FormDraft<Draft>;
  #wasTried = $state(false);

  constructor(shelf: DraftShelf, visitId: string) {
    this.#draft = new FormDraft<Draft>(shelf, `follow_up:${visitId}`, {
      summary: '',
      description: '',
      severity: '',
      workType: 'repair',
    });
    this.parts = new PartLines(shelf, `follow_up_parts:${visitId}`);
  }

  async open(): Promise<void> {
    this.#wasTried = false;
    await Promise.all([this.#draft.open(), this.parts.open()]);
  }

  get draft(): Draft {
    return this.#draft.value;
  }

  change(change: Partial<Draft>): void {
    this.#draft.change(change);
  }

  /** What is still needed, named only once somebody tried to send without it. */
  get missing(): readonly ('summary' | 'severity')[] {
    if (!this.#wasTried) return [];
    const { summary, severity } = this.draft;
    return [...(summary.trim() === '' ? (['summary'] as const) : []), ...(severity === '' ? (['severity'] as const) : [])];
  }

  /** The order as it is sent, or undefined while something is missing. */
  finish(): Order | undefined {
    this.#wasTried = true;
    const { summary, description, severity, workType } = this.draft;
    const parts = this.parts.finish({ mayBeEmpty: true });
    if (severity === '' || this.missing.length > 0 || !parts) return undefined;
    return {
      summary: summary.trim(),
      severity,
      work_type: workType,
      description: description.trim(),
      parts,
    };
  }

  async forget(): Promise<void> {
    await Promise.all([this.#draft.forget(), this.parts.forget()]);
  }
}
