// Runs inside the page itself before anything is drawn: the theme and the language chosen on this
// device, as theme.svelte.ts and language.svelte.ts keep them. TEXTS are the addresses of each
// language's texts, WORDS what is said while they come.
const page = document.documentElement;
const kept = (name) => localStorage.getItem(`palier.${name}`);
const theme = kept('theme');
if (theme && theme !== 'auto') page.dataset.theme = theme;
const wanted = [kept('language'), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
const tag = wanted.find((each) => each in WORDS) ?? 'en';
page.lang = tag;
document.getElementById('loading').textContent = WORDS[tag];
if (TEXTS[tag]) {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = TEXTS[tag];
  document.head.append(link);
}
