// A decision that needs a reason asks for it over the page, so that the record stays in sight. Its link leads to the
// same form as a page of its own.

export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>("[data-dialog]");
    const dialog = opener ? document.getElementById(opener.dataset["dialog"] ?? "") : null;
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      dialog.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
    }
    if (target?.closest("[data-dialog-close]")) {
      event.preventDefault();
      target.closest("dialog")?.close();
    }
  });
  // An open menu closes by Escape and gives the focus back.
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
