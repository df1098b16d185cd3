/* Before anything is drawn: large text and palette as the reader chose them last. */
(() => {
  "use strict";
  const allowed = { view: ["large"], palette: ["light", "dark"] };
  const root = document.documentElement;
  root.dataset.script = "";
  for (const [name, values] of Object.entries(allowed)) {
    try {
      const chosen = localStorage.getItem(`disclosure-${name}`);
      if (values.includes(chosen)) root.dataset[name] = chosen;
    } catch { /* storage is forbidden: nothing stays chosen */ }
  }
})();
