// Where on this page the technician is: the day, or one visit. Back and links work.

const visitPath = /^\/app\/visits\/([\w-]+)\/?$/;

/** How the view was come to: `returned` by the browser's own back or forward. */
export type Arrival = 'started' | 'gone' | 'returned';

export class Address {
  #path = $state('/app/');
  #arrival: Arrival = 'started';

  constructor(path = '/app/') {
    this.#path = path;
  }

  get path(): string {
    return this.#path;
  }

  get arrival(): Arrival {
    return this.#arrival;
  }

  get visitId(): string | undefined {
    return visitPath.exec(this.#path)?.[1];
  }

  /** Follows the browser's own address from here on. */
  follow(): void {
    this.#path = location.pathname;
    addEventListener('popstate', () => {
      this.#arrival = 'returned';
      this.#path = location.pathname;
    });
    document.addEventListener('click', (event) => this.#followLink(event));
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.#arrival = 'gone';
    this.#path = path;
  }

  #followLink(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.origin !== location.origin || link.hash) return;
    if (!link.pathname.startsWith('/app/')) return;
    event.preventDefault();
    this.go(link.pathname);
  }
}

export function visitAddress(id: string): string {
  return `/app/visits/${id}`;
}

export const address = new Address();
