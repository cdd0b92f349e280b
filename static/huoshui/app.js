"use strict";
/* Small helps on top of pages that work without them. No inline code, no eval. */
(function () {
  function copy(button) {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      const before = button.textContent;
      button.textContent = "✓";
      setTimeout(function () { button.textContent = before; }, 900);
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    const print = event.target.closest("[data-print]");
    if (print) window.print();
    /* A lineage popover closes when something else is clicked. */
    document.querySelectorAll("details.lin[open]").forEach(function (one) {
      if (!one.contains(event.target)) one.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.lin[open]").forEach(function (one) {
        one.open = false;
        one.querySelector("summary").focus();
      });
      if (location.hash === "#menu") location.hash = "#main";
      return;
    }
    /* Ctrl+Enter sends the form that says so. */
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = document.querySelector("form[data-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    walk(event);
  });

  /* J and K walk a list of links, such as bank entries. */
  function walk(event) {
    const list = document.querySelector("[data-walk]");
    if (!list || event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return;
    const links = Array.from(list.querySelectorAll("a"));
    const at = links.findIndex(function (one) { return one.hasAttribute("aria-current"); });
    const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
    if (next && next !== links[at]) next.click();
  }

  /* One press, one post: the key makes a second one harmless, this makes it unlikely. */
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[aria-busy]").forEach(function (one) { one.removeAttribute("aria-busy"); });
  });
})();
