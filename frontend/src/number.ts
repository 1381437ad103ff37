// The card access number of a document, typed by the officer where the printed zone opens nothing. It goes to the agent
// of this desk and nowhere else, and the field forgets it at once.
const SIX_DIGITS = /^\d{6}$/;

export class NumberForm {
  /** Whether a number was sent and nothing was heard of it yet. */
  waits = false;
  private readonly form: HTMLFormElement;
  private readonly offered: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly error: HTMLElement;

  constructor(
    panel: HTMLElement,
    wanted: string,
    private readonly send: (number: string) => void,
  ) {
    this.form = find(panel, "[data-desk-number]");
    this.offered = find(panel, "[data-desk-offer]");
    this.input = find(panel, "#card-access-number");
    this.error = find(panel, "[data-desk-number-error]");
    this.offered.addEventListener("click", () => this.open());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sent(wanted);
    });
  }

  /** It may help: a key opens the field; `open` where a number was wrong and is typed again. */
  offer(open: boolean): void {
    this.offered.hidden = false;
    if (open) this.open();
  }

  withdraw(): void {
    this.waits = false;
    this.form.hidden = this.offered.hidden = true;
    this.input.value = "";
    this.say("");
  }

  private open(): void {
    this.form.hidden = false;
    this.offered.hidden = true;
    this.input.focus();
  }

  private sent(wanted: string): void {
    const number = this.input.value.trim();
    if (!SIX_DIGITS.test(number)) return this.say(wanted);
    this.withdraw();
    this.waits = true;
    this.send(number);
  }

  private say(error: string): void {
    this.error.textContent = error;
    this.error.hidden = error === "";
    this.input.toggleAttribute("aria-invalid", error !== "");
    if (error) this.input.focus();
  }
}

function find<Found extends HTMLElement>(panel: HTMLElement, selector: string): Found {
  const found = panel.querySelector<Found>(selector);
  if (!found) throw new Error(`the panel lacks its part ${selector}`);
  return found;
}
