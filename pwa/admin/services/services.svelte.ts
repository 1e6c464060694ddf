// The catalogue of services, and the form that adds or renames one.
import { Deed } from '../deed.svelte.ts';
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
  #renamed = $state.raw<Service>();
  readonly #gateway: ServicesGateway;

  constructor(gateway: ServicesGateway) {
    this.#gateway = gateway;
    this.list = new Loaded(() => gateway.services());
  }

  /** The service being renamed; none while one is added. */
  get renamed(): Service | undefined {
    return this.#renamed;
  }

  add(): void {
    this.#renamed = undefined;
    this.deed.forget();
    const names = { en: '', fr: '', es: '', nl: '' };
    this.form = { code: '', names, workType: 'repair', assetKind: '' };
  }

  rename(service: Service): void {
    this.#renamed = service;
    this.deed.forget();
    this.form = {
      code: service.code,
      names: { ...service.names },
      workType: service.work_type,
      assetKind: service.asset_kind ?? '',
    };
  }

  close(): void {
    this.form = undefined;
  }

  async save(): Promise<boolean> {
    const { form } = this;
    if (form === undefined) return false;
    const names = $state.snapshot(form.names);
    const renamed = this.#renamed;
    const isDone = await this.deed.run(async (key) => {
      requireSaid({
        ...(renamed === undefined ? { code: form.code } : {}),
        ...Object.fromEntries(Object.entries(names).map(([tag, name]) => [`names.${tag}`, name])),
      });
      if (renamed !== undefined) await this.#gateway.rename(renamed, names);
      else await this.#gateway.create(bodyOf({ ...form, names }), key);
    });
    if (isDone) this.close();
    if (isDone || this.deed.problem?.status === 412) await this.#readAgain(renamed);
    return isDone;
  }

  /** After somebody else's change: theirs is read, what was typed here stays to be saved again. */
  async #readAgain(renamed: Service | undefined): Promise<void> {
    await this.list.refresh();
    if (renamed === undefined || this.form === undefined) return;
    this.#renamed = this.list.value?.find((each) => each.id === renamed.id) ?? renamed;
  }
}

function bodyOf({ code, names, workType, assetKind }: ServiceForm): ServiceBody {
  return { code: code.trim(), names, work_type: workType, asset_kind: assetKind || null };
}
