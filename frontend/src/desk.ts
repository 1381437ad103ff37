// The devices of this desk on the console between two travellers: what is connected, what is being read, and what went
// wrong. A document that was read whole opens its inspection by itself; anything else goes on by hand.
import { Agent, type DeviceState, type Said, type State } from "./agent";
import { NumberForm } from "./number";
import { DeskForm, Reading } from "./reading";

const FACE_WITHIN = 1_500;
/** After these the card access number may open the chip, while the document still lies there. */
const NUMBER_HELPS = new Set(["zone_unreadable", "wrong_key", "wrong_number"]);
const SHAPES: Record<State, string> = {
  connecting: "◌",
  connected: "●",
  unreachable: "○",
  foreign: "✕",
  refused: "✕",
  taken_over: "○",
};

export function openDesk(): void {
  const panel = document.querySelector<HTMLElement>("[data-desk]");
  const form = document.querySelector<HTMLFormElement>("[data-desk-form]");
  if (panel && form) new Desk(panel, new DeskForm(form)).open();
}

class Desk {
  private readonly agent: Agent;
  private readonly words = new Map<string, string>();
  private devices: DeviceState[] = [];
  private reading = new Reading();
  private faceWanted: number | null = null;
  private readonly number: NumberForm;

  constructor(
    private readonly panel: HTMLElement,
    private readonly form: DeskForm,
  ) {
    const { address = "", ticket = "" } = panel.dataset;
    this.agent = new Agent(address, ticket, (state) => this.changed(state), (said) => this.heard(said));
    const template = panel.querySelector<HTMLTemplateElement>("[data-desk-words]");
    template?.content.querySelectorAll<HTMLElement>("[data-word]").forEach((word) => {
      this.words.set(word.dataset["word"] ?? "", word.textContent ?? "");
    });
    this.number = new NumberForm(panel, this.word("six_digits"), (number) => this.openWith(number));
  }

  open(): void {
    this.panel.hidden = false;
    this.part("again").addEventListener("click", () => this.again());
    this.part("use").addEventListener("click", () => this.take());
    this.form.onSent(() => {
      if (this.reading.document) this.agent.say({ type: "taken", document: this.reading.document });
    });
    this.agent.connect();
  }

  private changed(state: State): void {
    this.panel.dataset["state"] = state;
    this.part("shape").textContent = SHAPES[state];
    this.part("state").textContent = this.word(state);
    const other = document.querySelector<HTMLElement>("[data-idle-next]");
    if (other) other.hidden = state === "connected";
    if (state !== "connected") {
      this.devices = [];
      this.showDevices();
      this.step("");
    }
  }

  private heard(said: Said): void {
    switch (said.type) {
      case "welcome":
        this.devices = said.devices;
        this.showDevices();
        this.wait();
        break;
      case "device_arrived":
      case "device_tested":
        this.devices = [...this.devices.filter((one) => one.id !== idOf(said)), said.device as DeviceState];
        this.showDevices();
        break;
      case "device_left":
        this.devices = this.devices.filter((one) => one.id !== idOf(said));
        this.showDevices();
        break;
      case "document_placed":
        this.begin(said.document);
        break;
      case "barcode_read":
        this.boardingPass(said);
        break;
      case "captured":
        this.face(said.data);
        break;
      case "refused":
        if (this.number.waits) this.fail("not_opened");
        break;
      default:
        if (said.document === this.reading.document) this.ofDocument(said);
    }
  }

  private ofDocument(said: Said): void {
    switch (said.type) {
      case "mrz_read":
        this.reading.mrz = said.lines;
        this.step(this.word(said.valid ? "zone" : "zone_wrong"));
        break;
      case "image":
        this.page(said.light, said.data);
        break;
      case "chip_progress":
        this.progress(said);
        break;
      case "chip_event":
        if (this.words.has(`event_${said.name}`)) this.part("note").textContent = this.word(`event_${said.name}`);
        break;
      case "chip_read":
        this.reading.files = said.files;
        break;
      case "failed":
        this.reading.failure = said.code;
        break;
      case "document_read":
        this.done(said);
        break;
      case "removed":
        this.number.withdraw();
        break;
    }
  }

  /** Nobody is at the desk: the next document may come. */
  private wait(): void {
    const reader = this.devices.some((one) => one.kind === "page_reader" || one.kind === "mrz_swipe");
    this.step(this.word(reader ? "await" : "no_reader"));
    this.agent.say({ type: "await_document" });
  }

  private begin(document: string): void {
    this.reading = new Reading();
    this.reading.document = document;
    this.form.clear();
    this.part("failure").hidden = this.part("again").hidden = this.part("use").hidden = true;
    this.number.withdraw();
    this.part("pages").replaceChildren();
    this.part("note").textContent = "";
    this.bar(0);
    this.step(this.word("placed"));
  }

  private progress(said: Said): void {
    this.step(this.fill("chip", { done: said.done, of: said.of }));
    this.part("note").textContent = this.fill("chip_file", { file: said.file, percent: said.percent });
    this.bar(((said.done + said.percent / 100) / Math.max(1, said.of)) * 100);
  }

  /** The officer read the number from the page: the agent reads the chip once more. */
  private openWith(number: string): void {
    this.part("failure").hidden = true;
    this.step(this.word("opening"));
    this.agent.say({ type: "open_with_number", document: this.reading.document, number });
  }

  private done(said: Said): void {
    this.number.withdraw();
    this.reading.mrz = said.mrz || this.reading.mrz;
    this.reading.report = said.report;
    this.reading.failure = said.failure;
    this.part("progress").hidden = true;
    if (said.failure) {
      this.fail(said.failure);
      return;
    }
    const camera = this.devices.find((one) => one.kind === "camera");
    if (!camera) return this.finish();
    this.agent.say({ type: "capture", device: camera.id });
    this.faceWanted = window.setTimeout(() => this.finish(), FACE_WITHIN); // a camera that fails holds nobody up
  }

  private face(data: string): void {
    this.reading.face = data;
    if (this.faceWanted !== null) this.finish();
  }

  private finish(): void {
    if (this.faceWanted !== null) clearTimeout(this.faceWanted);
    this.faceWanted = null;
    const seconds = { seconds: this.reading.seconds };
    if (this.form.typed) {
      this.step(this.fill("kept", seconds));
      this.part("use").hidden = false;
      return;
    }
    this.step(this.fill("done", seconds));
    this.take();
  }

  private take(): void {
    this.form.fill(this.reading);
    this.form.send();
  }

  /** What went wrong stands in words, and what was read stands in the form: the officer goes on by hand. */
  private fail(code: string): void {
    this.step(this.word("partly"));
    this.part("note").textContent = "";
    this.part("cause").textContent = this.word(code);
    const helps = NUMBER_HELPS.has(code) && this.devices.some((one) => one.kind === "chip_reader");
    this.part("advice").textContent = this.word(this.advice(code, helps));
    this.part("failure").hidden = this.part("again").hidden = false;
    if (helps) this.number.offer(code === "wrong_number");
    if (this.form.typed) {
      this.part("use").hidden = false;
      return;
    }
    this.form.fill(this.reading);
    if (code === "wrong_number") return;
    if (this.reading.mrz) this.form.focusSend();
    else this.form.focusZone();
  }

  private advice(code: string, helps: boolean): string {
    if (code === "wrong_number") return "by_hand_number";
    if (this.reading.mrz) return "by_hand";
    return helps ? "by_hand_or_number" : "by_hand_zone";
  }

  private again(): void {
    this.agent.say({ type: "taken", document: this.reading.document });
    this.begin("");
    this.wait();
  }

  private boardingPass(said: Said): void {
    const flight = said.boarding_pass?.legs[0]?.conveyance ?? "";
    if (!flight) return;
    this.form.setConveyance(flight);
    this.part("note").textContent = this.fill("flight", { flight });
  }

  private page(light: string, data: string): void {
    const picture = new Image();
    picture.src = `data:image/jpeg;base64,${data}`;
    picture.alt = this.word(light);
    const item = document.createElement("li");
    item.append(picture);
    this.part("pages").append(item);
  }

  private showDevices(): void {
    this.part("devices").replaceChildren(
      ...this.devices.map((one) => {
        const item = document.createElement("li");
        const sound = one.health?.result !== "failed" && one.health?.result !== "aborted";
        item.textContent = `${sound ? "✓" : "✕"} ${this.word(one.kind)} `;
        item.className = sound ? "desk-device" : "desk-device desk-device-broken";
        item.title = one.name;
        const state = document.createElement("span");
        state.className = "visually-hidden";
        state.textContent = this.word(sound ? "in_order" : "not_in_order");
        item.append(state);
        return item;
      }),
    );
  }

  private bar(percent: number): void {
    const bar = this.part("progress") as HTMLProgressElement;
    bar.hidden = percent <= 0;
    bar.value = percent;
  }

  private step(text: string): void {
    this.part("step").textContent = text;
  }

  private part(name: string): HTMLElement {
    const found = this.panel.querySelector<HTMLElement>(`[data-desk-${name}]`);
    if (!found) throw new Error(`the panel lacks its part ${name}`);
    return found;
  }

  private word(name: string): string {
    return this.words.get(name) ?? name;
  }

  private fill(name: string, parts: Record<string, string | number>): string {
    return this.word(name).replace(/\{(\w+)\}/g, (whole, part: string) => String(parts[part] ?? whole));
  }
}

function idOf(said: Said): string {
  return typeof said.device === "string" ? said.device : said.device.id;
}
