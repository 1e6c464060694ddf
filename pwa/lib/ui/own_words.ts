// What a browser says itself of a form it does not send: in the page's language instead of its own.

import { t } from '../i18n/index.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** From now on every form of the page refuses in the page's words. */
export function refuseInOwnWords(): void {
  addEventListener('invalid', ({ target }) => say(target as Control), { capture: true });
  addEventListener('input', ({ target }) => accept(target as Control), { capture: true });
  // What a page filled in itself tells of no input: before each try everything is forgotten.
  addEventListener('click', ({ target }) => formOf(target as Element)?.forEach(accept), { capture: true });
}

function say(control: Control): void {
  control.setCustomValidity(t(control.validity.valueMissing ? 'fault.missing' : 'fault.unknown'));
}

function accept(control: Partial<Control>): void {
  control.setCustomValidity?.('');
}

function formOf(target: Element): Element[] | undefined {
  const form = target.closest('button')?.form;
  return form ? [...form.elements] : undefined;
}
