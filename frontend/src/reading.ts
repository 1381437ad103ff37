// What the agent read of one document, put into the form of the console: the centre judges it as it judges what comes by
// hand.
import type { Said } from "./agent";

export class Reading {
  document = "";
  mrz = "";
  files: Record<string, string> = {};
  report: Said["report"] | null = null;
  /** The code of what went wrong, while or after reading. */
  failure: string | null = null;
  face: string | null = null;

  get seconds(): string {
    return ((this.report?.timings_ms["total"] ?? 0) / 1000).toFixed(1);
  }
}

/** The form takes what was read; what the officer typed is left alone. */
export class DeskForm {
  private filled = "";

  constructor(private readonly form: HTMLFormElement) {}

  get typed(): boolean {
    const zone = this.zone.value.trim();
    return zone !== "" && zone !== this.filled;
  }

  fill(reading: Reading): void {
    if (reading.mrz) this.zone.value = this.filled = reading.mrz;
    const files = Object.entries(reading.files).map(([name, data]) => fileOf(`EF.${name}`, data));
    give(this.field("chip"), files);
    give(this.field("live"), reading.face ? [fileOf("live.jpg", reading.face)] : []);
    this.field("report").value = reading.report ? JSON.stringify(reading.report) : "";
  }

  clear(): void {
    if (!this.typed) this.zone.value = this.filled = "";
    for (const name of ["chip", "live"]) give(this.field(name), []);
    this.field("report").value = "";
  }

  setConveyance(flight: string): void {
    const field = this.field("conveyance");
    if (flight && flight.length <= field.maxLength) field.value = flight;
  }

  send(): void {
    this.form.requestSubmit();
  }

  focusZone(): void {
    this.zone.focus();
  }

  focusSend(): void {
    this.form.querySelector<HTMLElement>("button:not([type=button])")?.focus();
  }

  onSent(done: () => void): void {
    this.form.addEventListener("submit", done);
  }

  private get zone(): HTMLTextAreaElement {
    return this.form.elements.namedItem("mrz") as HTMLTextAreaElement;
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }
}

export function give(input: HTMLInputElement, files: File[]): void {
  const given = new DataTransfer();
  files.forEach((file) => given.items.add(file));
  input.files = given.files;
}

export function fileOf(name: string, base64: string): File {
  const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new File([octets], name);
}
