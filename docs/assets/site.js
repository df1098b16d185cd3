/* Progressive enhancement only: opens the sentence behind a figure in place, and copies code. Without it every link works. */
(() => {
  "use strict";
  const panels = new Map();
  // Where the sentence opens: after the whole picture, table or list of figures, else after the paragraph or item.
  const WHOLE = ".figs, .wide, .done, .bars, .facts, .key, table";
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
    return copy;
  };

  const block = (link) => {
    const whole = link.closest(WHOLE);
    return whole?.closest(".wide") ?? whole ?? link.closest(PART);
  };

  const close = (link) => {
    panels.get(link)?.remove();
    panels.delete(link);
    link.setAttribute("aria-expanded", "false");
    if (link.dataset.words) link.textContent = link.dataset.words;
  };

  const open = async (link, url) => {
    const found = (await page(url)).getElementById(decodeURIComponent(url.hash.slice(1)));
    const source = found?.matches(".ev") ? found : found?.querySelector(".ev");
    const after = block(link);
    if (!source || !after) throw new Error("no sentence");
    for (const other of [...panels.keys()]) if (block(other) === after) close(other);
    const panel = rebase(source.cloneNode(true), url);
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "原话");
    panel.tabIndex = -1;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = source.querySelector(".working") ? "收起算法" : "收起原话";
    button.addEventListener("click", () => { close(link); link.focus(); });
    panel.append(button);
    if (after.matches("li")) after.append(panel); else after.after(panel);
    panels.set(link, panel);
    copiers(panel);
    link.setAttribute("aria-expanded", "true");
    if (link.matches(".src")) {
      link.dataset.words = link.textContent;
      link.textContent = link.dataset.words === "原话" ? "收起原话" : "收起算法";
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

  const copy = (text, button) => navigator.clipboard.writeText(text).then(() => {
    const words = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = words; }, 1500);
  });

  const copiers = (root) => {
    if (!navigator.clipboard) return;
    for (const button of root.querySelectorAll("button.take")) button.remove();
    for (const part of root.querySelectorAll("pre, .cite, code.copy")) {
      const text = part.textContent.trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "take";
      button.textContent = "复制";
      button.addEventListener("click", () => copy(text, button));
      if (part.matches("pre")) {
        const frame = document.createElement("div");
        frame.className = "copied";
        part.replaceWith(frame);
        frame.append(part, button);
      } else if (part.matches("code")) part.after(button);
      else part.append(button);
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

  if (location.protocol !== "file:") document.addEventListener("click", follow);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panels.size) return;
    const link = [...panels.keys()].pop();
    close(link);
    link.focus();
  });
  copiers(document);
})();
