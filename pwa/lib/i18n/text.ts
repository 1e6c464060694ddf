// Fills a text: placeholders and plurals, in a language. What the texts are is in messages/.

export type Facts = Readonly<Record<string, string | number>>;

const slot = /\{(\w+)(?:, plural,((?:\s*=?\w+ \{[^{}]*\})+)\s*)?\}/g;
const branch = /(=?\w+) \{([^{}]*)\}/g;

/** The keys of each family, whose last words are in one line: `{ action: 'back close' }`. */
export function keysOf(families: Readonly<Record<string, string>>): string[] {
  return Object.entries(families).flatMap(([family, lasts]) => lasts.split(' ').map((last) => `${family}.${last}`));
}

/** Texts by their keys, from both in the same order. */
export function named(families: Readonly<Record<string, string>>, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(keysOf(families).map((key, index) => [key, texts[index]!]));
}

/** The text with its facts. In a plural `#` is the number as written there, `=0` the form of none. */
export function fill(text: string, facts: Facts, language: string): string {
  return text.replace(slot, (whole, name: string, branches: string | undefined) => {
    const fact = facts[name];
    if (fact === undefined) return whole;
    if (branches === undefined) return written(fact, language);
    return chosen(branches, Number(fact), language).replaceAll('#', written(Number(fact), language));
  });
}

function chosen(branches: string, count: number, language: string): string {
  const forms = new Map([...branches.matchAll(branch)].map(([, form, text]) => [form!, text!]));
  const form = pluralRules(language).select(count);
  return forms.get(`=${count}`) ?? forms.get(form) ?? forms.get('other') ?? '';
}

function written(fact: string | number, language: string): string {
  return typeof fact === 'number' ? writtenNumber(fact, language) : fact;
}

const pluralRules = once((language) => new Intl.PluralRules(language));
const numberFormat = once((language) => new Intl.NumberFormat(language));

/** A number as the language groups it. Small whole ones are written alike everywhere. */
export function writtenNumber(number: number, language: string): string {
  // The platform's formats cost a slow phone more than the rest of its first picture.
  if (Number.isInteger(number) && number >= 0 && number < 1000) return String(number);
  return numberFormat(language).format(number);
}

/** The same thing for the same language, made when first asked for. */
function once<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>();
  return (language) => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}
