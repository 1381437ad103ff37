// Every command of a screen has a key, printed on it: an element says which in `data-keys`, and the key clicks it.

/** A page that has just come is read first: ⏎ accepts nothing in this many milliseconds. */
const ARMED_AFTER = 400;
const INTERACTIVE = "a[href], button, input, select, summary, textarea, [contenteditable]";

export function listenForKeys(): void {
  const shownAt = performance.now();
  document.addEventListener("keydown", (event) => {
    const name = nameOf(event);
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    if (event.repeat && isCommand(name, event.target)) {
      event.preventDefault(); // a key that is held down decides nothing
      return;
    }
    if (name === "Enter" && event.target instanceof Element && event.target.matches(INTERACTIVE)) return;
    if (name.length === 1 && isTyping(event.target)) return;
    const command = find(name);
    if (!command) return;
    event.preventDefault();
    if (name === "Enter" && performance.now() - shownAt < ARMED_AFTER) return;
    command.click();
  });
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Control+${key}` : key;
}

function isCommand(name: string, target: EventTarget | null): boolean {
  if (/^F\d+$/.test(name) || name === "Control+Enter") return true;
  return (name === "Enter" || name === "N") && !isTyping(target);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "radio");
}

/** The command for a key: of the open dialog where one is open, else of the page. */
function find(name: string): HTMLElement | undefined {
  const scope = document.querySelector("dialog[open]") ?? document;
  return [...scope.querySelectorAll<HTMLElement>("[data-keys]")].find(
    (element) =>
      (element.dataset["keys"] ?? "").split(" ").includes(name) &&
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(":disabled, [aria-disabled='true']"),
  );
}
