// Where the dispatcher is looking: region, day, how it is shown, what is selected, which right pane.
// Lives in the URL hash, so that a view can be reloaded, bookmarked and sent to a colleague.
import { type Look, readLook, USUAL, writeLook } from './views/look.ts';

export type Pane = 'detail' | 'map' | 'none';

export interface Selection {
  readonly intervention: string;
  readonly visit: string | null;
}

export interface HashPort {
  read(): string;
  write(hash: string): void;
}

/** What is opened below the timeline, beside the plan. */
export type Panel = 'brief' | 'whatif' | 'policy';

const PANELS: ReadonlySet<string> = new Set<Panel>(['brief', 'whatif', 'policy']);
const PANES: ReadonlySet<string> = new Set<Pane>(['detail', 'map', 'none']);

export class Address {
  #region = $state<string | null>(null);
  #day = $state<string | null>(null);
  #selection = $state.raw<Selection | null>(null);
  #pane = $state<Pane>('detail');
  #look = $state.raw<Look>(USUAL);
  #panel = $state<Panel | null>(null);
  #at = $state<string | null>(null);
  readonly #port: HashPort;

  constructor(port: HashPort) {
    this.#port = port;
    this.read();
  }

  get region(): string | null {
    return this.#region;
  }

  /** Local date of the region (`2026-11-21`); null means the region's today. */
  get day(): string | null {
    return this.#day;
  }

  get selection(): Selection | null {
    return this.#selection;
  }

  get pane(): Pane {
    return this.#pane;
  }

  /** Days, density, groups, filters and search. */
  get look(): Look {
    return this.#look;
  }

  get panel(): Panel | null {
    return this.#panel;
  }

  /** The instant of the past that is looked at again (ISO); null is the present. */
  get at(): string | null {
    return this.#at;
  }

  open(panel: Panel | null): void {
    this.#panel = panel;
    this.#write();
  }

  lookBack(at: string | null): void {
    this.#at = at;
    this.#write();
  }

  read(): void {
    const parts = new URLSearchParams(this.#port.read().replace(/^#/, ''));
    this.#region = parts.get('region');
    this.#day = readDay(parts.get('day'));
    this.#selection = readSelection(parts);
    this.#pane = readPane(parts.get('pane'));
    this.#look = readLook(parts);
    this.#panel = readPanel(parts.get('panel'));
    this.#at = readInstant(parts.get('at'));
  }

  /** Changes only what is named. */
  lookAt(change: Partial<Look>): void {
    this.#look = { ...this.#look, ...change };
    this.#write();
  }

  goToRegion(region: string): void {
    this.#region = region;
    this.#selection = null;
    this.#write();
  }

  goToDay(day: string | null): void {
    this.#day = day;
    this.#selection = null;
    this.#write();
  }

  select(intervention: string, visit: string | null = null): void {
    this.#selection = { intervention, visit };
    this.#write();
  }

  clear(): void {
    this.#selection = null;
    this.#write();
  }

  show(pane: Pane): void {
    this.#pane = pane;
    this.#write();
  }

  #write(): void {
    const parts = new URLSearchParams();
    if (this.#region) parts.set('region', this.#region);
    if (this.#day) parts.set('day', this.#day);
    if (this.#selection) parts.set('intervention', this.#selection.intervention);
    if (this.#selection?.visit) parts.set('visit', this.#selection.visit);
    if (this.#pane !== 'detail') parts.set('pane', this.#pane);
    writeLook(this.#look, parts);
    if (this.#panel) parts.set('panel', this.#panel);
    if (this.#at) parts.set('at', this.#at);
    this.#port.write(`#${parts.toString()}`);
  }
}

function readDay(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

function readPane(text: string | null): Pane {
  return text !== null && PANES.has(text) ? (text as Pane) : 'detail';
}

function readPanel(text: string | null): Panel | null {
  return text !== null && PANELS.has(text) ? (text as Panel) : null;
}

function readInstant(text: string | null): string | null {
  return text !== null && !Number.isNaN(Date.parse(text)) ? text : null;
}

function readSelection(parts: URLSearchParams): Selection | null {
  const intervention = parts.get('intervention');
  return intervention ? { intervention, visit: parts.get('visit') } : null;
}

/** The browser's own hash; replaced rather than pushed, so that Back leaves the board. */
export const browserHash: HashPort = {
  read: () => location.hash,
  write: (hash) => history.replaceState(history.state, '', hash),
};
