// The catalogue of services, and the form that takes one more into it.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { requireSaid } from '../faults.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Service, ServiceBody, ServiceNames, ServicesGateway } from './gateway.ts';

export interface ServiceForm {
  code: string;
  names: ServiceNames;
  workType: ServiceBody['work_type'];
  assetKind: NonNullable<ServiceBody['asset_kind']> | '';
}

export class Services {
  readonly list: Loaded<Service[]>;
  readonly deed = new Deed();
  form = $state<ServiceForm>();
  readonly #gateway: ServicesGateway;

  constructor(gateway: ServicesGateway) {
    this.#gateway = gateway;
    this.list = new Loaded(() => gateway.services());
  }

  add(): void {
    this.deed.forget();
    const names = { en: '', fr: '', es: '', nl: '' };
    this.form = { code: '', names, workType: 'repair', assetKind: '' };
  }

  close(): void {
    this.form = undefined;
  }

  /** The service that was made; none when it was refused. */
  async save(): Promise<Service | undefined> {
    const { form } = this;
    if (form === undefined) return undefined;
    const names = $state.snapshot(form.names);
    let made: Service | undefined;
    await this.deed.run(async (key) => {
      requireSaid({
        code: form.code,
        ...Object.fromEntries(Object.entries(names).map(([tag, name]) => [`names.${tag}`, name])),
      });
      const { code, workType, assetKind } = form;
      made = await this.#gateway.create(
        { code: code.trim(), names, work_type: workType, asset_kind: assetKind || null },
        key,
      );
    });
    if (made !== undefined) this.close();
    return made;
  }
}
