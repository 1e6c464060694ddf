// What a browser says itself of a form it does not send: in the page's language instead of its own.

import { t } from '../i18n/index.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** From now on every form of the page refuses in the page's words. */
export function refuseInOwnWords(): void {
  addEventListener('invalid', ({ target }) => say(target as Control), { capture: true });
  addEventListener('input', ({ target }) => (target as Control).setCustomValidity?.(''), { capture: true });
}

function say(control: Control): void {
  control.setCustomValidity('');
  control.setCustomValidity(t(control.validity.valueMissing ? 'fault.missing' : 'fault.unknown'));
}
