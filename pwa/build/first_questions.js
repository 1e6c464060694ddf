// Runs inside the board's page before its scripts are here: who is signed in, and the days its
// address names, in the words of board/http_gateway.ts. Without a region, the one it opened last.
const asked = (globalThis.palierAsked = new Map());
const ask = (path) => {
  const answer = fetch(path, { credentials: 'same-origin' });
  answer.catch(() => 0);
  asked.set(location.origin + path, { at: Date.now(), answer });
};
ask('/api/session');
const parts = new URLSearchParams(location.hash.slice(1));
const region = parts.get('region') ?? localStorage.getItem('palier.board.region');
if (region) {
  const days = ['3', '7'].find((each) => each === parts.get('days')) ?? '1';
  const query = [['region_id', region], ['day', parts.get('day')], ['days', days], ['at', parts.get('at')]];
  const words = query.filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  ask(`/api/board?${words.join('&')}`);
}
