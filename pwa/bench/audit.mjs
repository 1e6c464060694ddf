// Lighthouse on a page of a browser that is open already and signed in; its three scores as JSON.
// Started as `node audit.mjs ADDRESS PORT`, where PORT is the browser's debugging port.
import lighthouse from 'lighthouse';

const [address, port] = process.argv.slice(2);
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const found = await lighthouse(address, {
  port: Number(port),
  onlyCategories: CATEGORIES,
  disableStorageReset: true, // a phone that is signed in stays signed in
  logLevel: 'error',
});
if (!found || found.lhr.runtimeError) {
  console.error(found?.lhr.runtimeError?.message ?? 'no result');
  process.exit(1);
}
const { categories, audits, finalDisplayedUrl } = found.lhr;
const wanting = CATEGORIES.flatMap((name) => categories[name].auditRefs)
  .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
  .map(({ id }) => id);
console.log(
  JSON.stringify({
    address: finalDisplayedUrl,
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, categories[name].score])),
    wanting,
  }),
);
