/* Progressive enhancement only: opens the sentence behind a figure in place, and copies code. Without it every link works. */
(() => {
  "use strict";
  // Evidence is Chinese; what a button says is in the language of the page.
  const language = document.documentElement.lang;
  const say = (chinese, english) => (language === "en" ? english : chinese);
  const panels = new Map();
  // Where the sentence opens: after the whole picture, table or list of figures, else after the paragraph or item.
  // In a list of projects it opens below the row: a hundred more may follow.
  const WHOLE = ".projects tbody tr, .figs, .wide, .done, .bars, .facts, .key, table";
  const PART = "li, p, h1, h2, dl, section";

  const page = async (url) => {
    if (url.pathname === location.pathname) return document;
    const answer = await fetch(url.pathname);
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const rebase = (copy, base) => {
    for (const link of copy.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), base).href;
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    // It may open below a heading of any rank: its own title is none of the page's.
    for (const head of copy.querySelectorAll("h2, h3, h4")) head.setAttribute("role", "presentation");
    return copy;
  };

  const block = (link) => {
    const whole = link.closest(WHOLE);
    if (whole?.matches("tr")) return whole;
    return whole?.closest(".wide") ?? whole ?? link.closest(PART);
  };

  const close = (link) => {
    const panel = panels.get(link);
    (panel?.closest("tr.in-row") ?? panel)?.remove();
    panels.delete(link);
    link.setAttribute("aria-expanded", "false");
    link.removeAttribute("aria-controls");
    if (link.dataset.words) link.textContent = link.dataset.words;
  };

  // What is done is said aloud as well.
  const said = document.createElement("output"); // its role is status
  said.className = "unseen";
  document.body.append(said);

  const made = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });

  const button = (text, className, press) => {
    const found = made("button", className, text);
    found.type = "button";
    found.addEventListener("click", () => press(found));
    return found;
  };

  // A site that was not told its address cites the one at which it is read.
  const addressed = (root, stated, href) => {
    const full = /^https?:/.test(stated) ? stated + new URL(href).hash : href;
    for (const part of root.querySelectorAll(".cite")) {
      part.dataset.words ??= part.textContent; // a sentence that opens on its own page is copied with what stands there by now
      part.textContent = part.dataset.words.replace(stated, full);
    }
  };

  // The evidence of one figure, of a whole row, or of what its source leaves out; with how to cite it.
  const behind = (found, url) => {
    const shown = found.closest(".ev") ?? found.querySelector(".ev");
    const row = shown?.closest(".rec");
    if (!row) throw new Error("no sentence");
    const panel = made("div", "ev open", "");
    const name = row.querySelector("h2, h3").textContent;
    const title = made("p", "ev-title", `${name} `);
    if (shown.matches(".unsaid")) title.append(made("b", "", found.textContent));
    else title.append(...shown.querySelector(".fold").cloneNode(true).childNodes);
    const parts = shown.matches(".unsaid") ? shown.children : [shown.querySelector(".behind")];
    const cite = row.ownerDocument.getElementById("cite");
    for (const part of [...parts, row.querySelector(".of-row"), cite]) if (part) panel.append(rebase(part.cloneNode(true), url));
    if (cite) addressed(panel, cite.dataset.url, url.href);
    panel.prepend(title);
    panel.lang = row.ownerDocument.documentElement.lang;
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", `原话：${title.textContent.trim()}`);
    return panel;
  };

  let opened = 0;
  const open = async (link, url) => {
    const found = (await page(url)).getElementById(decodeURIComponent(url.hash.slice(1)));
    const after = block(link);
    if (!found || !after) throw new Error("no sentence");
    const panel = behind(found, url);
    for (const other of [...panels.keys()]) if (block(other) === after) close(other);
    panel.id = `open-${opened += 1}`;
    panel.tabIndex = -1;
    const words = panel.querySelector(".working") ? say("收起算法", "close the working") : say("收起原话", "close the sentence");
    panel.append(button(words, "close", () => { close(link); link.focus(); }));
    if (after.matches("li")) after.append(panel);
    else if (after.matches("tr")) {
      const [row, cell] = [made("tr", "in-row", ""), made("td", "", "")];
      cell.colSpan = after.cells.length;
      cell.append(panel);
      row.append(cell);
      after.after(row);
    } else after.after(panel);
    panels.set(link, panel);
    copiers(panel);
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", panel.id);
    if (link.matches(".src")) {
      link.dataset.words = link.textContent;
      link.textContent = words;
    }
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  };

  const follow = (event) => {
    const link = event.target.closest?.("a.figure, a.src");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href, location.href);
    if (!url.hash || url.origin !== location.origin || link.closest(".ev")) return;
    event.preventDefault();
    if (panels.has(link)) close(link);
    else open(link, url).catch(() => { location.href = url.href; });
  };

  const copier = (text, words = say("复制", "copy")) => button(words, "take", (pressed) => {
    navigator.clipboard.writeText(typeof text === "function" ? text() : text).then(() => {
      said.textContent = pressed.textContent = say(`已${words}`, "copied");
      setTimeout(() => { pressed.textContent = words; said.textContent = ""; }, 1500);
    });
  });

  const copiers = (root) => {
    if (!navigator.clipboard) return;
    for (const taken of root.querySelectorAll("button.take")) taken.remove();
    for (const part of root.querySelectorAll("pre, .cite, code.copy")) {
      const taken = copier(part.textContent.trim());
      if (part.matches("pre")) {
        const frame = made("div", "copied", "");
        part.replaceWith(frame);
        frame.append(part, taken);
      } else if (part.matches("code")) part.after(taken);
      else part.append(taken);
    }
    for (const link of root.querySelectorAll("a.permalink")) link.after(copier(link.href, say("复制链接", "copy the link")));
    for (const table of root.querySelectorAll("main table[id]")) {
      const line = made("p", "link-of", "");
      line.append(copier(() => new URL(`#${table.id}`, location.href).href, say("复制链接", "copy the link"))); // with what a list is filtered by
      (table.closest(".wide") ?? table).after(line);
    }
  };

  // Large text and palette: what is pressed stays chosen; a palette that was never chosen is the system's.
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = (name) => root.dataset[name] ?? (name === "palette" && dark.matches ? "dark" : "");
  const choosers = [...document.querySelectorAll("button[data-choose]")];
  const tell = () => {
    for (const button of choosers) button.setAttribute("aria-pressed", String(chosen(button.dataset.choose) === button.dataset.value));
  };
  const choose = ({ currentTarget: { dataset: { choose: name, value } } }) => {
    const next = chosen(name) !== value ? value : name === "palette" ? "light" : "";
    if (next) root.dataset[name] = next; else delete root.dataset[name];
    try { localStorage.setItem(`disclosure-${name}`, next); } catch { /* it holds for this page */ }
    tell();
  };
  for (const button of choosers) button.addEventListener("click", choose);
  dark.addEventListener("change", tell);
  tell();

  // A folder opened from a disk has no server that would look for index.html.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      const url = new URL(link.href);
      if (url.protocol !== "file:" || !url.pathname.endsWith("/")) continue;
      url.pathname += "index.html";
      link.href = url.href;
    }
  }

  // Rates of projects stood on one page before each had its own.
  const moved = /^#([0-9]{4})\.execution\.project\.([a-z0-9-]+)$/.exec(location.hash);
  if (moved && location.pathname.endsWith("/evidence/computed/")) {
    location.replace(new URL(`../../projects/${moved[1]}/${moved[2]}/#execution_rate`, location.href));
  }

  if (location.protocol !== "file:") document.addEventListener("click", follow);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panels.size) return;
    const link = [...panels.keys()].pop();
    close(link);
    link.focus();
  });
  const own = document.getElementById("cite");
  if (own) addressed(own, own.dataset.url, location.href.split("#")[0]);
  copiers(document);
})();
