// One agreement with the version somebody opened, and the steps of its life.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Problem } from '../../lib/api/problem.ts';
import { requireSaid } from '../faults.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { AgreementsGateway, At } from './gateway.ts';
import type { Names } from './names.svelte.ts';
import { firstShown, isUnfinished, mayNeedWord } from './steps.ts';
import type {
  Agreement,
  AgreementChange,
  Findings,
  Keeper,
  SignedFile,
  Step,
  StepBody,
  Touched,
  Version,
} from './wire.ts';

const BLANKET = 'blanket_over_regions';

export type StepFacts = Omit<StepBody, 'kind' | 'base_version'>;

export class OneAgreement {
  readonly loaded: Loaded<Agreement>;
  readonly deed = new Deed();
  readonly uploading = new Deed();
  #wanted = $state<string>();
  #findings = $state.raw<Findings>();
  #touched = $state.raw<Touched>();
  #aboutVersion = '';
  readonly #gateway: AgreementsGateway;

  constructor(gateway: AgreementsGateway, names: Names, id: string) {
    this.#gateway = gateway;
    this.loaded = new Loaded(async () => {
      const [agreement] = await Promise.all([gateway.agreement(id), names.read()]);
      await names.readSites(agreement.customer_id);
      await names.readAssetsIn(agreement.versions.map((each) => each.terms));
      return agreement;
    });
  }

  get agreement(): Agreement | undefined {
    return this.loaded.value;
  }

  /** The version that was opened, else the one that matters most. */
  get version(): Version | undefined {
    const agreement = this.agreement;
    if (agreement === undefined) return undefined;
    return agreement.versions.find((each) => each.id === this.#wanted) ?? firstShown(agreement);
  }

  get at(): At {
    return { agreement: this.agreement?.id ?? '', version: this.version?.id ?? '' };
  }

  /** What speaks against a version in preparation; undefined until it is known. */
  get findings(): Findings | undefined {
    return this.#findings;
  }

  /** What an amendment touches; undefined until it is known. */
  get touched(): Touched | undefined {
    return this.#touched;
  }

  /** Whether a step asks why one promise is meant for unlike regions: nobody has said so yet. */
  asksWhyBlanket(step: Step): boolean {
    if (!mayNeedWord(step) || this.version?.blanket_reason !== '') return false;
    const refused = this.deed.problem?.errors.some((each) => each.code === BLANKET);
    return refused || this.#findings?.contradictions.some((each) => each.code === BLANKET) || false;
  }

  open(version: string | undefined): void {
    this.#wanted = version;
  }

  async refresh(): Promise<void> {
    await this.loaded.refresh();
  }

  /** Looks at what somebody should know before a version goes on. */
  async look(): Promise<void> {
    const { version, agreement } = this;
    if (version === undefined || agreement === undefined) return;
    const about = `${version.id} ${version.version}`;
    if (about === this.#aboutVersion) return;
    this.#aboutVersion = about;
    this.#findings = this.#touched = undefined;
    const isAmendment = version.number > 1 && version.status !== 'withdrawn';
    const { at } = this;
    const [findings, touched] = await Promise.all([
      isUnfinished(version) ? this.#gateway.findings(at).catch(unanswered) : undefined,
      isAmendment ? this.#gateway.touched(at).catch(unanswered) : undefined,
    ]);
    if (about !== this.#aboutVersion) return;
    this.#findings = findings;
    this.#touched = touched;
  }

  async step(kind: Step, facts: StepFacts): Promise<boolean> {
    const { version, at } = this;
    if (version === undefined) return false;
    const body = { ...facts, kind, base_version: version.version } as StepBody;
    const isDone = await this.deed.run(async (key) => {
      await this.#gateway.step(at, body, key);
    });
    if (isDone || this.deed.problem?.code === 'stale') await this.refresh();
    return isDone;
  }

  /** The file as it is kept; undefined when it was refused. */
  async upload(file: File): Promise<SignedFile | undefined> {
    const { at } = this;
    let kept: SignedFile | undefined;
    const isDone = await this.uploading.run(async (key) => {
      kept = await this.#gateway.upload(at, file, key);
    });
    if (isDone) await this.refresh();
    return kept;
  }

  /** Who may look after it. */
  keepers(): Promise<Keeper[]> {
    return this.#gateway.keepers();
  }

  async change(body: AgreementChange): Promise<boolean> {
    const { agreement } = this;
    if (agreement === undefined) return false;
    const isDone = await this.deed.run(async () => {
      requireSaid({ name: body.name ?? '' });
      await this.#gateway.change(agreement, body);
    });
    if (isDone || this.deed.problem?.status === 412) await this.refresh();
    return isDone;
  }
}

/** Nice to know, but no reason to hide the version. */
function unanswered(error: unknown): undefined {
  if (error instanceof Problem) return undefined;
  throw error;
}
