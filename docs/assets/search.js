/* The page of search: asks the index (index.js), shows what it finds. */
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  const input = form.elements.q;
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-found");
  const more = document.getElementById("search-more");
  const index = searchIndex(new URL(form.dataset.index, location.href));
  const site = new URL("../", new URL(form.getAttribute("action"), location.href));
  const AT_ONCE = 10;
  const TEXTS_A_FILE = 8;
  const CONTEXT = 36;
  let start = null;
  let asked = 0;

  // 0 the title is the word, 1 it holds it, 2 the text does, evidence after all else; then by kind, number, order.
  // The best of each kind comes before the others: one page must not stand behind 300 projects.
  const ranked = async (asking) => {
    const every = await Promise.all(asking.map(index.counts));
    const hits = [];
    for (let entry = 0; entry < start.entries; entry += 1) {
      let worst = 0;
      let times = 0;
      for (const [number, counts] of every.entries()) {
        const title = counts.get(entry);
        const text = counts.get(entry + start.entries);
        if (!title && !text) { worst = -1; break; }
        const length = start.starts[entry + 1] - start.starts[entry] - 1;
        worst = Math.max(worst, !title ? 2 : length === [...asking[number]].length ? 0 : 1);
        times += (title ?? 0) + (text ?? 0);
      }
      const group = start.group[entry];
      const after = start.evidence.has(start.kinds[group]) ? 3 : 0;
      if (worst >= 0) hits.push({ entry, tier: worst + after, group, times });
    }
    hits.sort((a, b) => a.tier - b.tier || a.group - b.group || b.times - a.times || a.entry - b.entry);
    hits.forEach((hit, at) => { hit.other = hits[at - 1]?.group === hit.group && hits[at - 1].tier === hit.tier; });
    return hits.sort((a, b) => a.tier - b.tier || a.other - b.other);
  };

  const pattern = (asking) => {
    // ASCII stands on pages in full width too: （ for (.
    const either = (letter) => /[!-~]/u.test(letter)
      ? `[\\u{${letter.codePointAt(0).toString(16)}}\\u{${(letter.codePointAt(0) + 0xfee0).toString(16)}}]`
      : letter;
    return new RegExp(asking.map((word) => [...word].map(either).join("[\\s,，]*")).join("|"), "giu");
  };

  const marked = (element, text, asking) => {
    let last = 0;
    for (const match of text.matchAll(pattern(asking))) {
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      element.append(text.slice(last, match.index), mark);
      last = match.index + match[0].length;
    }
    element.append(text.slice(last));
    return element;
  };

  const excerpt = (text, asking) => {
    const at = text.search(pattern(asking));
    const from = Math.max(0, at - CONTEXT);
    const to = Math.min(text.length, Math.max(at, 0) + 2 * CONTEXT);
    return `${from ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
  };

  const shown = async (hit, asking) => {
    const [url, title, text] = (await index.load(`text-${Math.floor(hit.entry / TEXTS_A_FILE)}`))[hit.entry % TEXTS_A_FILE];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(url, site).href;
    const kind = document.createElement("small");
    kind.className = "tag";
    kind.textContent = start.kinds[hit.group];
    const words = document.createElement("p");
    item.append(marked(link, title, asking), " ", kind, marked(words, excerpt(text, asking), asking));
    return item;
  };

  const show = async (hits, asking, turn) => {
    const next = hits.splice(0, AT_ONCE);
    const items = await Promise.all(next.map((hit) => shown(hit, asking)));
    if (turn !== asked) return;
    list.append(...items);
    more.hidden = !hits.length;
    more.onclick = () => {
      const before = list.children.length;
      show(hits, asking, turn).then(() => list.children[before]?.querySelector("a").focus());
    };
  };

  const look = async () => {
    const turn = asked += 1;
    const asking = index.words(input.value);
    if (!asking.length) {
      list.replaceChildren();
      more.hidden = true;
      status.textContent = "";
      return;
    }
    status.textContent ||= "正在找……";
    try {
      start = await index.ready();
      const hits = await ranked(asking);
      if (turn !== asked) return;
      list.replaceChildren();
      const number = hits.length;
      await show(hits, asking, turn);
      if (turn === asked) status.textContent = number ? `找到 ${number.toLocaleString("en")} 处` : "没有找到。换一个说法，或者少写几个字。";
    } catch {
      if (turn === asked) status.textContent = "没有读到索引，请检查网络后再试。";
    }
  };

  const address = () => {
    const url = new URL(location.href);
    if (input.value.trim()) url.searchParams.set("q", input.value.trim()); else url.searchParams.delete("q");
    return url;
  };

  if (location.protocol === "file:") {
    status.textContent = "从文件夹里直接打开时不能搜索：浏览器不让页面读取旁边的文件。请改看页脚的全部页面，或者在网站上搜索。";
    input.disabled = true;
    form.querySelector("button").disabled = true;
    return;
  }
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  whenTyped(input, () => { history.replaceState(null, "", address()); look(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", address());
    look();
  });
  addEventListener("popstate", () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    look();
  });
  look();
})();
