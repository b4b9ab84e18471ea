// What pages do with script. Each works without: a card is a link, a menu is <details>.
"use strict";

// A card opens its page as a part in the dialog. htmx fetches the part; this opens and closes.
(() => {
  const dialog = document.getElementById("dialog");
  if (!dialog) return;
  const body = document.getElementById("dialog-body");
  let opener = null;

  const card = (event) => event.target.closest?.("[data-dialog]");

  document.addEventListener("htmx:before:request", (event) => {
    const link = card(event);
    if (!link) return;
    opener = link;
    const waiting = document.createElement("p");
    waiting.className = "waiting";
    waiting.textContent = body.dataset.loading;
    body.replaceChildren(waiting);
    if (!dialog.open) dialog.showModal();
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target === body) document.getElementById("dialog-title")?.focus();
  });
  // Signed out meanwhile, gone, or a failure: the page itself says what to do.
  for (const name of ["htmx:response:error", "htmx:error"]) {
    document.addEventListener(name, (event) => {
      const link = card(event);
      if (link) window.location.assign(link.href);
    });
  }
  document.addEventListener("htmx:before:response", (event) => {
    const link = card(event);
    if (link && event.detail.ctx.response.raw.redirected) {
      event.preventDefault();
      window.location.assign(link.href);
    }
  });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    opener?.focus();
    opener = null;
  });
})();

// An open menu closes with Escape, and when something else gets a click or the focus.
(() => {
  const menus = [...document.querySelectorAll("details.menu")];
  const closeOthers = (event) => {
    for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus) {
      if (!menu.open) continue;
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();

// A text is copied by its button; where that is not allowed it is selected, to be copied by hand.
(() => {
  document.documentElement.classList.add("with-script");

  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      select(text);
      return;
    }
    for (const other of document.querySelectorAll("[data-copy][data-was]")) {
      other.textContent = other.dataset.was;
      delete other.dataset.was;
    }
    button.dataset.was = button.textContent;
    button.textContent = button.dataset.done;
    const said = button.closest("article")?.querySelector("[data-copied]");
    if (said) said.textContent = `${button.getAttribute("aria-label")}: ${button.dataset.done}`;
  });
})();
