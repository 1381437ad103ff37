// The evidence drawer: F2 opens it at the row that has the focus, Escape goes back to where one was.

export function openDrawer(): void {
  const drawer = document.querySelector<HTMLElement>("[data-drawer]");
  if (!drawer) return;
  let from: HTMLElement | null = null;

  const close = (): void => {
    if (location.hash.startsWith("#evidence")) history.replaceState(null, "", location.pathname + location.search);
    delete drawer.dataset["open"];
    from?.focus();
  };
  const show = (id: string | undefined): void => {
    from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    drawer.dataset["open"] = "";
    const entries = [...drawer.querySelectorAll<HTMLElement>(".evidence-entry")];
    entries.forEach((entry) => delete entry.dataset["current"]);
    const current = entries.find((entry) => entry.id === `evidence-${id}`) ?? entries[0];
    if (current) {
      current.dataset["current"] = "";
      current.scrollIntoView({ block: "start" });
    }
    drawer.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLElement>("[data-evidence]");
    if (link) {
      event.preventDefault();
      if (drawer.dataset["open"] !== undefined && link.matches("[data-drawer-toggle]")) close();
      else show(evidenceAt(link));
    } else if (target?.closest("[data-drawer-close]")) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || drawer.dataset["open"] === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  });
}

/** What a link's evidence is of; the button of the bar means the row or the figure that has the focus. */
function evidenceAt(link: HTMLElement): string | undefined {
  if (!link.matches("[data-drawer-toggle]")) return link.dataset["evidence"];
  const row = document.activeElement?.closest("[data-check]");
  if (row instanceof HTMLElement) return row.dataset["check"];
  const figure = document.activeElement?.closest("[data-evidence]:not([data-drawer-toggle])");
  return figure instanceof HTMLElement ? figure.dataset["evidence"] : link.dataset["evidence"];
}
