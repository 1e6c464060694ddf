// Everything that waits for a second person, in one list: who asked, why, and what can be done.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Loaded } from '../loaded.svelte.ts';
import type {
  Agreement,
  ApprovalsGateway,
  Breach,
  CreditNote,
  Decision,
  Version,
  WaitingPause,
} from './gateway.ts';

interface Waiting {
  readonly key: string;
  readonly askedBy: string;
  /** Null where nobody wrote down when. */
  readonly askedAt: string | null;
  readonly why: string;
  /** Whether this reader may decide. */
  readonly canDecide: boolean;
}

export type Approval = Waiting &
  (
    | { readonly kind: 'pause'; readonly of: WaitingPause }
    | { readonly kind: 'excuse'; readonly of: Breach; readonly excuse: string }
    | { readonly kind: 'credit'; readonly of: CreditNote }
    | { readonly kind: 'verify' | 'end'; readonly of: Agreement; readonly version: Version }
  );

export class Approvals {
  readonly loaded: Loaded<Approval[]>;
  readonly deed = new Deed();
  #tried = $state('');
  readonly #gateway: ApprovalsGateway;

  constructor(gateway: ApprovalsGateway) {
    this.#gateway = gateway;
    this.loaded = new Loaded(async () => {
      const [pauses, breaches, credits, agreements] = await Promise.all([
        gateway.pauses(),
        gateway.breaches(),
        gateway.credits(),
        gateway.agreements(),
      ]);
      const found = [
        ...pauses.map(ofPause),
        ...breaches.flatMap(ofBreach),
        ...credits.map(ofCredit),
        ...agreements.flatMap(ofAgreement),
      ];
      return found.sort((one, other) => (one.askedAt ?? '').localeCompare(other.askedAt ?? ''));
    });
  }

  /** The one that was refused, so that the reason stands beside it. */
  get tried(): string {
    return this.#tried;
  }

  async decide(approval: Approval, decision: Decision): Promise<boolean> {
    this.#tried = approval.key;
    const isDone = await this.deed.run(async (key) => {
      if (approval.kind === 'pause') {
        await this.#gateway.decidePause(approval.of.pause.id, decision, key);
      } else if (approval.kind === 'excuse') {
        await this.#gateway.decideExcuse(approval.of.id, approval.excuse, decision, key);
      } else if (approval.kind === 'credit') {
        await this.#gateway.approveCredit(approval.of, key);
      }
    });
    // Done, or somebody was faster: either way the list is another one now.
    if (isDone || this.deed.problem?.status === 409) await this.loaded.refresh();
    return isDone;
  }
}

function ofPause(of: WaitingPause): Approval {
  const { id, author, recorded_at: askedAt, evidence, can_decide: canDecide } = of.pause;
  return { kind: 'pause', key: id, askedBy: author, askedAt, why: evidence, canDecide, of };
}

function ofBreach(of: Breach): Approval[] {
  return of.excuses
    .filter(({ decision }) => decision === null)
    .map(({ id, proposed_by: askedBy, proposed_at: askedAt, reason: why }) => ({
      kind: 'excuse',
      key: id,
      excuse: id,
      askedBy,
      askedAt,
      why,
      canDecide: of.can_decide,
      of,
    }));
}

function ofCredit(of: CreditNote): Approval {
  return {
    kind: 'credit',
    key: of.id,
    askedBy: of.checked_by,
    askedAt: of.checked_at ?? of.proposed_at,
    why: of.reason,
    canDecide: of.allowed.includes('approve'),
    of,
  };
}

function ofAgreement(of: Agreement): Approval[] {
  return of.versions.flatMap((version): Approval[] => {
    const common = { key: version.id, of, version };
    if (version.status === 'draft') {
      const canDecide = version.allowed.includes('verify');
      const { author_name: askedBy, written_at: askedAt } = version;
      return [{ kind: 'verify', ...common, askedBy, askedAt, why: '', canDecide }];
    }
    if (version.status !== 'legal_hold') return [];
    return [
      {
        kind: 'end',
        ...common,
        askedBy: version.termination_requested_by,
        askedAt: null,
        why: version.termination_reason,
        canDecide: version.allowed.includes('confirm_termination'),
      },
    ];
  });
}
