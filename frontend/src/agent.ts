// The agent of this desk: a WebSocket on this machine. Each side shows the other that the centre vouches for it, and
// neither trusts what it is told before. docs/workstation.md has the protocol.

const AGAIN_AFTER = 3_000;
const NEWS_WITHIN = 10_000;
const TAKEN_OVER = 4001;
const FORBIDDEN = 4003;

export interface DeviceState {
  id: string;
  kind: string;
  name: string;
  health: { result: string } | null;
}

/** What the agent says. Of these fields each message has its own; a console reads none that its type has not. */
export interface Said {
  type: string;
  device: string | DeviceState;
  devices: DeviceState[];
  document: string;
  challenge: string;
  proof: string;
  lines: string;
  valid: boolean;
  light: string;
  data: string;
  file: string;
  percent: number;
  done: number;
  of: number;
  name: string;
  files: Record<string, string>;
  code: string;
  mrz: string;
  failure: string | null;
  report: { timings_ms: Record<string, number> };
  boarding_pass: { legs: { conveyance: string }[] } | null;
}

export type State = "connecting" | "connected" | "unreachable" | "foreign" | "refused" | "taken_over";

export class Agent {
  private socket: WebSocket | null = null;
  private expected = "";
  private ended = false;

  constructor(
    private readonly address: string,
    private readonly ticketUrl: string,
    private readonly changed: (state: State) => void,
    private readonly heard: (said: Said) => void,
  ) {}

  connect(): void {
    this.ended = false;
    this.expected = ""; // the proof of an earlier connection proves nothing about this one
    const socket = (this.socket = new WebSocket(this.address));
    const patience = setTimeout(() => socket.close(), NEWS_WITHIN);
    let admitted = false;
    socket.onmessage = (event: MessageEvent<string>) => {
      const said = JSON.parse(event.data) as Said;
      if (admitted) this.heard(said);
      else if (said.type === "hello") void this.showTicket(socket, said.challenge);
      else if (said.type === "welcome") {
        clearTimeout(patience);
        admitted = this.expected !== "" && said.proof === this.expected;
        if (!admitted) return this.end("foreign");
        this.changed("connected");
        this.heard(said);
      }
    };
    socket.onclose = (event) => {
      clearTimeout(patience);
      if (this.ended) return;
      if (event.code === TAKEN_OVER) return this.end("taken_over");
      if (event.code === FORBIDDEN) return this.end("refused");
      this.changed("unreachable");
      setTimeout(() => this.connect(), AGAIN_AFTER);
    };
  }

  say(message: Record<string, unknown>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private end(state: State): void {
    this.ended = true;
    this.socket?.close();
    this.changed(state);
  }

  private async showTicket(socket: WebSocket, challenge: string): Promise<void> {
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Background": "1" };
    const asked: RequestInit = { method: "POST", headers, body: JSON.stringify({ challenge }) };
    const answer = await fetch(this.ticketUrl, asked).catch(() => null);
    if (!answer?.ok || answer.redirected) return socket.close();
    const issued = (await answer.json()) as { ticket: string; proof: string };
    this.expected = issued.proof;
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: "authenticate", protocol: 1, ticket: issued.ticket }));
    }
  }
}
