// The devices of the desk on the page that records a capture: each button takes one picture into its field of the form.
// Without script or agent the fields take files.
import { Agent, type DeviceState, type Said } from "./agent";
import { fileOf, give } from "./reading";

export function openCapture(): void {
  const form = document.querySelector<HTMLFormElement>("[data-capture]");
  if (form) new Capture(form).open();
}

class Capture {
  private readonly agent: Agent;
  private readonly buttons: HTMLButtonElement[];
  private devices: DeviceState[] = [];
  private wanted: HTMLButtonElement | null = null;

  constructor(private readonly form: HTMLFormElement) {
    const { address = "", ticket = "" } = form.dataset;
    this.buttons = [...form.querySelectorAll<HTMLButtonElement>("[data-capture-device]")];
    this.agent = new Agent(
      address,
      ticket,
      (state) => {
        if (state !== "connected") this.devices = [];
        this.offer();
        this.say(state === "connected" || state === "connecting" ? "" : "unreachable");
      },
      (said) => this.heard(said),
    );
  }

  open(): void {
    for (const button of this.buttons) button.addEventListener("click", () => this.take(button));
    this.agent.connect();
  }

  private heard(said: Said): void {
    if (said.type === "welcome") this.devices = said.devices;
    else if (said.type === "device_arrived") this.devices = [...this.devices, said.device as DeviceState];
    else if (said.type === "device_left") this.devices = this.devices.filter((one) => one.id !== said.device);
    else if (said.type === "captured") this.taken(said.data);
    else if (said.type === "refused") this.say("refused");
    this.offer();
  }

  private take(button: HTMLButtonElement): void {
    const device = this.deviceOf(button);
    if (!device) return;
    this.wanted = button;
    this.agent.say({ type: "capture", device: device.id });
  }

  private taken(data: string): void {
    const button = this.wanted;
    const name = button?.dataset["captureField"];
    const field = name ? this.form.elements.namedItem(name) : null;
    if (!button || !(field instanceof HTMLInputElement)) return;
    this.wanted = null;
    give(field, [fileOf(`${name}.jpg`, data)]);
    const picture = button.parentElement?.querySelector("img") ?? button.parentElement?.appendChild(new Image());
    if (picture) {
      picture.src = `data:image/jpeg;base64,${data}`;
      picture.alt = this.form.querySelector(`label[for="${field.id}"]`)?.textContent ?? "";
    }
    this.say("taken");
  }

  private offer(): void {
    for (const button of this.buttons) button.hidden = this.deviceOf(button) === undefined;
  }

  private deviceOf(button: HTMLButtonElement): DeviceState | undefined {
    return this.devices.find((one) => one.kind === button.dataset["captureDevice"]);
  }

  private say(word: "" | "unreachable" | "refused" | "taken"): void {
    const line = this.form.querySelector<HTMLElement>("[data-capture-state]");
    if (line) line.textContent = word ? (line.getAttribute(`data-words-${word}`) ?? "") : "";
  }
}
