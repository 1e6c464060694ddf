// What signing needs: the signed paper, the day and who signed.
import { clock } from '../../lib/api/clock.ts';
import { dayIn } from '../written.ts';
import type { OneAgreement, StepFacts } from './one_agreement.svelte.ts';

export class Signing {
  /** A file handed in already; empty for one that is handed in now. */
  fileId = $state('');
  file = $state.raw<File>();
  signedOn = $state('');
  signatories = $state<{ name: string; party: string }[]>([]);
  /** Who of those approves for the customer; nobody is assumed. */
  approvedBy = $state('');
  readonly #one: OneAgreement;

  constructor(one: OneAgreement) {
    this.#one = one;
    const { agreement, version } = one;
    this.signedOn = dayIn(clock.now(), version?.zone ?? 'UTC');
    this.fileId = version?.attachments.at(-1)?.id ?? '';
    const other = agreement?.customer_name || agreement?.party || '';
    this.signatories = [
      { name: '', party: other },
      { name: '', party: '' },
    ];
  }

  /** Everybody named so far. */
  get named(): readonly string[] {
    return [...new Set(this.signatories.map(({ name }) => name.trim()).filter((name) => name !== ''))];
  }

  /** Whether somebody has to approve for a customer who has not yet. */
  get asksApproval(): boolean {
    const { agreement, version } = this.#one;
    return agreement?.kind === 'customer' && agreement.customer_id !== null && version?.approved_by === '';
  }

  add(): void {
    this.signatories.push({ name: '', party: '' });
  }

  remove(index: number): void {
    this.signatories.splice(index, 1);
  }

  /** What the step is taken with; undefined when the file was refused. A file goes out once. */
  async facts(): Promise<StepFacts | undefined> {
    if (this.fileId === '' && this.file !== undefined) {
      const kept = await this.#one.upload(this.file);
      if (kept === undefined) return undefined;
      this.fileId = kept.id;
    }
    const signed = this.signatories.filter((each) => each.name.trim() !== '');
    return {
      file_id: this.fileId || null,
      signed_on: this.signedOn || null,
      approved_by: this.approvedBy,
      signatories: signed.map(({ name, party }) => ({ name: name.trim(), party: party.trim() })),
    };
  }
}
