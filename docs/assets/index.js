/* Reads the index that scripts/disclosure/website/index.py writes: how often a word stands in each piece of text. Plain JSON
   and no WebAssembly, so that the Content-Security-Policy needs no exception for it. */
const searchIndex = (folder) => {
  "use strict";
  const files = new Map();
  let known = null;

  // The same as searchable() in index.py does to what can be found.
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\0]+/gu, "").replace(/(?<=[0-9]),(?=[0-9])/gu, "");
  const words = (text) => {
    const joined = text.normalize("NFKC").trim().replace(/(?<=[0-9]),\s*(?=[0-9])/gu, "");
    return [...new Set(joined.split(/\s+/u).map(plain).filter(Boolean))];
  };

  const load = (name) => {
    if (!files.has(name)) {
      const answer = fetch(new URL(`${name}.json`, folder)).then((reply) => {
        if (!reply.ok) throw new Error(String(reply.status));
        return reply.json();
      });
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };

  const prepare = async () => {
    const { kinds, evidence, files: count, lengths } = await load("start");
    const starts = new Uint32Array(lengths.length + 1);
    lengths.forEach((length, place) => { starts[place + 1] = starts[place] + length; });
    const group = kinds.flatMap(([, number], place) => new Array(number).fill(place));
    const names = kinds.map(([name]) => name);
    return { kinds: names, evidence: new Set(evidence), count, starts, group, entries: lengths.length / 2 };
  };

  // Where a character or a pair of characters stands, in rising order.
  const places = async (key) => {
    const codes = [...key].map((letter) => letter.codePointAt(0));
    const file = await load(String((codes[0] * 31 + (codes[1] ?? 0)) % known.count));
    const steps = file[codes.map((code) => code.toString(16)).join("-")] ?? [];
    let at = 0;
    return Uint32Array.from(steps, (step) => { at += step; return at; });
  };

  // Places of a whole word: every second pair, and the last, must stand where the first one says.
  const phrase = async (word) => {
    const letters = [...word];
    if (letters.length < 3) return places(word);
    const offsets = [];
    for (let at = 0; at < letters.length - 1; at += 2) offsets.push(at);
    if (letters.length % 2) offsets.push(letters.length - 2);
    const found = await Promise.all(offsets.map((at) => places(letters[at] + letters[at + 1])));
    return found.slice(1).reduce((left, next, number) => {
      const there = new Set(next);
      return left.filter((place) => there.has(place + offsets[number + 1]));
    }, found[0]);
  };

  // For each piece (titles first, then texts) that holds the word, how often.
  const pieces = (found) => {
    const counts = new Map();
    let piece = 0;
    for (const place of found) {
      while (known.starts[piece + 1] <= place) piece += 1;
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
    return counts;
  };

  const ready = async () => { known ??= await prepare(); return known; };
  const counts = async (word) => { await ready(); return pieces(await phrase(word)); };
  return { words, load, ready, counts };
};

// Acts a moment after the last change; not while an input method is still putting characters together.
const whenTyped = (input, act) => {
  "use strict";
  let waiting = 0;
  const soon = (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(act, 150);
  };
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", soon);
};
