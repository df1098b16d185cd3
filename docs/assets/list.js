/* Filters and sorts the list of projects over all of its pages. What is compared are the numbers that
   scripts/disclosure/website/filters.py writes; a row that is found is the row of the page it stands on. */
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const status = document.getElementById("filter-status");
  const more = document.getElementById("filter-more");
  const fold = document.querySelector("button.unfold");
  const table = document.querySelector("table.projects");
  const rest = [table.tFoot, document.querySelector(".pager")].filter(Boolean);
  const own = [...table.tBodies[0].rows];
  const said = [...status.childNodes];
  const [number, rows, total, parts] = ["number", "rows", "total", "parts"].map((name) => Number(form.dataset[name]));
  const list = new URL(form.dataset.list, location.href);
  const index = searchIndex(new URL(form.dataset.index, location.href));
  const AT_ONCE = 50;
  const pages = new Map([[number, Promise.resolve(own)]]);
  let columns = null;
  let asked = 0;

  const answer = async (url) => {
    const reply = await fetch(url);
    if (!reply.ok) throw new Error(String(reply.status));
    return reply;
  };

  // Column by column a number, or null, for every project.
  const read = async () => {
    const urls = Array.from({ length: parts }, (_, part) => new URL(`columns-${part}.json`, list));
    const read = await Promise.all(urls.map(async (url) => (await answer(url)).json()));
    return Object.fromEntries(Object.keys(read[0]).map((name) => [name, read.flatMap((part) => part[name])]));
  };

  const page = async (which) => {
    const url = new URL(which > 1 ? `${which}/` : "./", list);
    const found = new DOMParser().parseFromString(await (await answer(url)).text(), "text/html");
    const body = found.querySelector("table.projects").tBodies[0];
    for (const link of body.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url).href;
    return [...body.rows];
  };

  const row = async (place) => {
    const which = Math.floor(place / rows) + 1;
    if (!pages.has(which)) {
      pages.set(which, page(which));
      pages.get(which).catch(() => pages.delete(which));
    }
    return (await pages.get(which))[place % rows];
  };

  // The projects whose name, goal or indicators hold every word: search has them first, in the same order.
  const holding = async (text) => {
    const { entries } = await index.ready();
    const every = await Promise.all(index.words(text).map(index.counts));
    const sets = every.map((counts) => new Set([...counts.keys()].map((piece) => piece % entries)));
    return (place) => sets.every((set) => set.has(place));
  };

  const asks = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

  const tests = async (asking) => {
    const found = [...form.querySelectorAll("select:not([name=sort])")].filter((select) => select.value).map((select) => {
      const wanted = select.selectedIndex - 1;
      return (place) => columns[select.name][place] === wanted;
    });
    const amount = (name, holds) => {
      const limit = Number((asking.get(name) ?? "").normalize("NFKC").replaceAll(",", ""));
      const of = columns.budget_wan;
      form.elements[name].setAttribute("aria-invalid", String(Number.isNaN(limit)));
      if (Number.isNaN(limit)) throw new RangeError("预算里请只写数字，例如 100 或 1,000.50。");
      if (asking.has(name)) found.push((place) => of[place] !== null && holds(of[place], limit));
    };
    amount("from", (value, limit) => value >= limit);
    amount("to", (value, limit) => value <= limit);
    if (asking.has("q")) found.push(await holding(asking.get("q")));
    return found;
  };

  // What is missing stays last either way; equals stay in the order of the report.
  const sorted = (places, sort) => {
    const of = columns[sort.replace("-", "")];
    const way = sort.startsWith("-") ? -1 : 1;
    const last = (place) => Number(of[place] === null);
    return of ? places.sort((a, b) => last(a) - last(b) || way * (of[a] - of[b]) || a - b) : places;
  };

  const show = async (places, turn, first) => {
    const next = await Promise.all(places.slice(first, first + AT_ONCE).map(row));
    if (turn !== asked) return;
    if (first) table.tBodies[0].append(...next); else table.tBodies[0].replaceChildren(...next);
    more.hidden = places.length <= first + AT_ONCE;
    more.onclick = () => show(places, turn, first + AT_ONCE).then(() => table.tBodies[0].rows[first + AT_ONCE]?.querySelector("a").focus());
  };

  const look = async () => {
    const turn = asked += 1;
    const asking = asks();
    const some = String(asking) !== "";
    heads(asking.get("sort") ?? "");
    for (const part of rest) part.hidden = some;
    if (!some) {
      table.tBodies[0].replaceChildren(...own);
      more.hidden = true;
      status.replaceChildren(...said);
      return;
    }
    try {
      columns ??= await read();
      const all = await tests(asking);
      const found = [...Array(total).keys()].filter((place) => all.every((test) => test(place)));
      await show(sorted(found, asking.get("sort") ?? ""), turn, 0);
      if (turn === asked) status.textContent = found.length ? `符合的有 ${found.length.toLocaleString("en")} 个，共 ${total.toLocaleString("en")} 个。` : "没有符合的。少选一项，或者全部清除。";
    } catch (error) {
      if (turn === asked) status.textContent = error instanceof RangeError ? error.message : "没有读到列表，请检查网络后再试。";
    }
  };

  const heads = (sort) => {
    for (const head of table.tHead.rows[0].cells) {
      if (sort.replace("-", "") === head.dataset.column) head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  // The form as an address says it; what a form cannot hold is left out.
  const restore = () => {
    const asking = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = asking.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    if (String(asks())) open(true);
    look();
  };

  const open = (wide) => {
    form.classList.toggle("open", wide);
    fold.setAttribute("aria-expanded", String(wide));
  };

  const keep = (how) => {
    const url = new URL(location.href);
    url.search = asks();
    if (url.href !== location.href) history[how](null, "", url);
    look();
  };

  if (location.protocol === "file:") {
    status.textContent = "从文件夹里直接打开时不能筛选：浏览器不让页面读取旁边的文件。";
    form.hidden = fold.hidden = true;
    return;
  }
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const column = head.dataset.column;
      const down = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : head.matches(".n");
      form.elements.sort.value = down ? `-${column}` : column;
      keep("pushState");
    });
    head.replaceChildren(button);
  }
  fold.addEventListener("click", () => open(!form.matches(".open")));
  for (const name of ["q", "from", "to"]) whenTyped(form.elements[name], () => keep("replaceState"));
  for (const select of form.querySelectorAll("select")) select.addEventListener("change", () => keep("pushState"));
  form.addEventListener("submit", (event) => { event.preventDefault(); keep("pushState"); });
  form.addEventListener("reset", () => setTimeout(() => keep("pushState"), 0));
  addEventListener("popstate", restore);
  restore();
})();
