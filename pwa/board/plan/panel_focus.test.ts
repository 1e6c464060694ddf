// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { PanelFocus } from './panel_focus.ts';

function button(parent: HTMLElement): HTMLButtonElement {
  return parent.appendChild(document.createElement('button'));
}

function opened() {
  document.body.replaceChildren();
  const opener = button(document.body);
  const panel = document.body.appendChild(document.createElement('section'));
  panel.tabIndex = -1;
  const focus = new PanelFocus(document);
  document.addEventListener('focusin', () => focus.moved(panel));
  opener.focus();
  focus.take(panel);
  return { focus, opener, panel };
}

let parts: ReturnType<typeof opened>;
beforeEach(() => {
  parts = opened();
});

describe('the keyboard and the planning panel', () => {
  it('goes to the panel and back to the button that opened it', () => {
    expect(document.activeElement).toBe(parts.panel);
    parts.focus.giveBack();
    expect(document.activeElement).toBe(parts.opener);
  });

  it('stays in the panel when the button that was pressed is gone', () => {
    const start = button(parts.panel);
    start.focus();
    start.remove();
    parts.focus.keep(parts.panel);
    expect(document.activeElement).toBe(parts.panel);
  });

  it('is left alone where somebody went elsewhere', () => {
    const elsewhere = button(document.body);
    elsewhere.focus();
    parts.focus.keep(parts.panel);
    parts.focus.giveBack();
    expect(document.activeElement).toBe(elsewhere);
  });
});
