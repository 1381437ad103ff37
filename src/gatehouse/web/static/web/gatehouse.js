"use strict";
(() => {
  // src/agent.ts
  var AGAIN_AFTER = 3e3;
  var NEWS_WITHIN = 1e4;
  var TAKEN_OVER = 4001;
  var FORBIDDEN = 4003;
  var Agent = class {
    constructor(address, ticketUrl, changed, heard) {
      this.address = address;
      this.ticketUrl = ticketUrl;
      this.changed = changed;
      this.heard = heard;
    }
    address;
    ticketUrl;
    changed;
    heard;
    socket = null;
    expected = "";
    ended = false;
    connect() {
      this.ended = false;
      this.expected = "";
      const socket = this.socket = new WebSocket(this.address);
      const patience = setTimeout(() => socket.close(), NEWS_WITHIN);
      let admitted = false;
      socket.onmessage = (event) => {
        const said = JSON.parse(event.data);
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
    say(message) {
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    }
    end(state) {
      this.ended = true;
      this.socket?.close();
      this.changed(state);
    }
    async showTicket(socket, challenge) {
      const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Background": "1" };
      const asked = { method: "POST", headers, body: JSON.stringify({ challenge }) };
      const answer = await fetch(this.ticketUrl, asked).catch(() => null);
      if (!answer?.ok || answer.redirected) return socket.close();
      const issued = await answer.json();
      this.expected = issued.proof;
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ type: "authenticate", protocol: 1, ticket: issued.ticket }));
      }
    }
  };

  // src/reading.ts
  var Reading = class {
    document = "";
    mrz = "";
    files = {};
    report = null;
    /** The code of what went wrong, while or after reading. */
    failure = null;
    face = null;
    get seconds() {
      return ((this.report?.timings_ms["total"] ?? 0) / 1e3).toFixed(1);
    }
  };
  var DeskForm = class {
    constructor(form) {
      this.form = form;
    }
    form;
    filled = "";
    get typed() {
      const zone = this.zone.value.trim();
      return zone !== "" && zone !== this.filled;
    }
    fill(reading) {
      if (reading.mrz) this.zone.value = this.filled = reading.mrz;
      const files = Object.entries(reading.files).map(([name, data]) => fileOf(`EF.${name}`, data));
      give(this.field("chip"), files);
      give(this.field("live"), reading.face ? [fileOf("live.jpg", reading.face)] : []);
      this.field("report").value = reading.report ? JSON.stringify(reading.report) : "";
    }
    clear() {
      if (!this.typed) this.zone.value = this.filled = "";
      for (const name of ["chip", "live"]) give(this.field(name), []);
      this.field("report").value = "";
    }
    setConveyance(flight) {
      const field = this.field("conveyance");
      if (flight && flight.length <= field.maxLength) field.value = flight;
    }
    send() {
      this.form.requestSubmit();
    }
    focusZone() {
      this.zone.focus();
    }
    focusSend() {
      this.form.querySelector("button:not([type=button])")?.focus();
    }
    onSent(done) {
      this.form.addEventListener("submit", done);
    }
    get zone() {
      return this.form.elements.namedItem("mrz");
    }
    field(name) {
      return this.form.elements.namedItem(name);
    }
  };
  function give(input, files) {
    const given = new DataTransfer();
    files.forEach((file) => given.items.add(file));
    input.files = given.files;
  }
  function fileOf(name, base64) {
    const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new File([octets], name);
  }

  // src/capture.ts
  function openCapture() {
    const form = document.querySelector("[data-capture]");
    if (form) new Capture(form).open();
  }
  var Capture = class {
    constructor(form) {
      this.form = form;
      const { address = "", ticket = "" } = form.dataset;
      this.buttons = [...form.querySelectorAll("[data-capture-device]")];
      this.agent = new Agent(
        address,
        ticket,
        (state) => {
          if (state !== "connected") this.devices = [];
          this.offer();
          this.say(state === "connected" || state === "connecting" ? "" : "unreachable");
        },
        (said) => this.heard(said)
      );
    }
    form;
    agent;
    buttons;
    devices = [];
    wanted = null;
    open() {
      for (const button of this.buttons) button.addEventListener("click", () => this.take(button));
      this.agent.connect();
    }
    heard(said) {
      if (said.type === "welcome") this.devices = said.devices;
      else if (said.type === "device_arrived") this.devices = [...this.devices, said.device];
      else if (said.type === "device_left") this.devices = this.devices.filter((one) => one.id !== said.device);
      else if (said.type === "captured") this.taken(said.data);
      else if (said.type === "refused") this.say("refused");
      this.offer();
    }
    take(button) {
      const device = this.deviceOf(button);
      if (!device) return;
      this.wanted = button;
      this.agent.say({ type: "capture", device: device.id });
    }
    taken(data) {
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
    offer() {
      for (const button of this.buttons) button.hidden = this.deviceOf(button) === void 0;
    }
    deviceOf(button) {
      return this.devices.find((one) => one.kind === button.dataset["captureDevice"]);
    }
    say(word) {
      const line = this.form.querySelector("[data-capture-state]");
      if (line) line.textContent = word ? line.getAttribute(`data-words-${word}`) ?? "" : "";
    }
  };

  // src/clock.ts
  function startClock() {
    const clock = document.querySelector("[data-clock]");
    const said = clock?.dataset["clock"];
    if (!clock || !said) return;
    const ahead = Date.parse(said) - Date.now();
    const zone = offsetOf(said);
    const tick = () => {
      const now = Date.now() + ahead;
      clock.textContent = new Date(now + zone).toISOString().slice(11, 19);
      document.querySelectorAll("[data-since]").forEach((timer) => {
        timer.textContent = length(now - Date.parse(timer.dataset["since"] ?? ""));
      });
      document.querySelectorAll("[data-until]").forEach((timer) => {
        const left = Date.parse(timer.dataset["until"] ?? "") - now;
        timer.textContent = (left < 0 ? "−" : "") + length(Math.abs(left));
        timer.toggleAttribute("data-overdue", left < 0);
      });
    };
    tick();
    setInterval(tick, 1e3);
  }
  function offsetOf(iso) {
    const found = /([+-])(\d\d):(\d\d)$/.exec(iso);
    if (!found) return 0;
    const minutes = Number(found[2]) * 60 + Number(found[3]);
    return (found[1] === "-" ? -minutes : minutes) * 6e4;
  }
  function length(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1e3));
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (part) => String(part).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  // src/connection.ts
  var EVERY = 15e3;
  var PATIENCE = 5e3;
  function watchConnection() {
    const shown = document.querySelector("[data-connection]");
    const text = shown?.querySelector("[data-connection-text]");
    const address = document.body.dataset["health"];
    if (!shown || !text || !address) return;
    let lostAt = null;
    const say = () => {
      const minutes = lostAt === null ? 0 : Math.floor((Date.now() - lostAt) / 6e4);
      const words = lostAt === null ? shown.dataset["online"] : shown.dataset["offline"]?.replace("{minutes}", String(minutes));
      shown.dataset["state"] = lostAt === null ? "online" : "offline";
      if (words && text.textContent !== words) text.textContent = words;
    };
    const ask = async () => {
      const reached = navigator.onLine && await answers(address);
      lostAt = reached ? null : lostAt ?? Date.now();
      say();
    };
    setInterval(() => void ask(), EVERY);
    window.addEventListener("offline", () => void ask());
    window.addEventListener("online", () => void ask());
  }
  async function answers(address) {
    try {
      const options = { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
      return (await fetch(address, options)).ok;
    } catch {
      return false;
    }
  }

  // src/copy.ts
  function copyRecords() {
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
      const record = button ? document.querySelector("[data-record]") : null;
      if (!button || !record) return;
      void navigator.clipboard.writeText(record.innerText).then(() => {
        button.textContent = button.dataset["copied"] ?? "";
      });
    });
  }

  // src/number.ts
  var SIX_DIGITS = /^\d{6}$/;
  var NumberForm = class {
    constructor(panel, wanted, send2) {
      this.send = send2;
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
    send;
    /** Whether a number was sent and nothing was heard of it yet. */
    waits = false;
    form;
    offered;
    input;
    error;
    /** It may help: a key opens the field; `open` where a number was wrong and is typed again. */
    offer(open) {
      this.offered.hidden = false;
      if (open) this.open();
    }
    withdraw() {
      this.waits = false;
      this.form.hidden = this.offered.hidden = true;
      this.input.value = "";
      this.say("");
    }
    open() {
      this.form.hidden = false;
      this.offered.hidden = true;
      this.input.focus();
    }
    sent(wanted) {
      const number = this.input.value.trim();
      if (!SIX_DIGITS.test(number)) return this.say(wanted);
      this.withdraw();
      this.waits = true;
      this.send(number);
    }
    say(error) {
      this.error.textContent = error;
      this.error.hidden = error === "";
      this.input.toggleAttribute("aria-invalid", error !== "");
      if (error) this.input.focus();
    }
  };
  function find(panel, selector) {
    const found = panel.querySelector(selector);
    if (!found) throw new Error(`the panel lacks its part ${selector}`);
    return found;
  }

  // src/desk.ts
  var FACE_WITHIN = 1500;
  var NUMBER_HELPS = /* @__PURE__ */ new Set(["zone_unreadable", "wrong_key", "wrong_number"]);
  var SHAPES = {
    connecting: "◌",
    connected: "●",
    unreachable: "○",
    foreign: "✕",
    refused: "✕",
    taken_over: "○"
  };
  function openDesk() {
    const panel = document.querySelector("[data-desk]");
    const form = document.querySelector("[data-desk-form]");
    if (panel && form) new Desk(panel, new DeskForm(form)).open();
  }
  var Desk = class {
    constructor(panel, form) {
      this.panel = panel;
      this.form = form;
      const { address = "", ticket = "" } = panel.dataset;
      this.agent = new Agent(address, ticket, (state) => this.changed(state), (said) => this.heard(said));
      const template = panel.querySelector("[data-desk-words]");
      template?.content.querySelectorAll("[data-word]").forEach((word) => {
        this.words.set(word.dataset["word"] ?? "", word.textContent ?? "");
      });
      this.number = new NumberForm(panel, this.word("six_digits"), (number) => this.openWith(number));
    }
    panel;
    form;
    agent;
    words = /* @__PURE__ */ new Map();
    devices = [];
    reading = new Reading();
    faceWanted = null;
    number;
    open() {
      this.panel.hidden = false;
      this.part("again").addEventListener("click", () => this.again());
      this.part("use").addEventListener("click", () => this.take());
      this.form.onSent(() => {
        if (this.reading.document) this.agent.say({ type: "taken", document: this.reading.document });
      });
      this.agent.connect();
    }
    changed(state) {
      this.panel.dataset["state"] = state;
      this.part("shape").textContent = SHAPES[state];
      this.part("state").textContent = this.word(state);
      const other = document.querySelector("[data-idle-next]");
      if (other) other.hidden = state === "connected";
      if (state !== "connected") {
        this.devices = [];
        this.showDevices();
        this.step("");
      }
    }
    heard(said) {
      switch (said.type) {
        case "welcome":
          this.devices = said.devices;
          this.showDevices();
          this.wait();
          break;
        case "device_arrived":
        case "device_tested":
          this.devices = [...this.devices.filter((one) => one.id !== idOf(said)), said.device];
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
    ofDocument(said) {
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
    wait() {
      const reader = this.devices.some((one) => one.kind === "page_reader" || one.kind === "mrz_swipe");
      this.step(this.word(reader ? "await" : "no_reader"));
      this.agent.say({ type: "await_document" });
    }
    begin(document2) {
      this.reading = new Reading();
      this.reading.document = document2;
      this.form.clear();
      this.part("failure").hidden = this.part("again").hidden = this.part("use").hidden = true;
      this.number.withdraw();
      this.part("pages").replaceChildren();
      this.part("note").textContent = "";
      this.bar(0);
      this.step(this.word("placed"));
    }
    progress(said) {
      this.step(this.fill("chip", { done: said.done, of: said.of }));
      this.part("note").textContent = this.fill("chip_file", { file: said.file, percent: said.percent });
      this.bar((said.done + said.percent / 100) / Math.max(1, said.of) * 100);
    }
    /** The officer read the number from the page: the agent reads the chip once more. */
    openWith(number) {
      this.part("failure").hidden = true;
      this.step(this.word("opening"));
      this.agent.say({ type: "open_with_number", document: this.reading.document, number });
    }
    done(said) {
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
      this.faceWanted = window.setTimeout(() => this.finish(), FACE_WITHIN);
    }
    face(data) {
      this.reading.face = data;
      if (this.faceWanted !== null) this.finish();
    }
    finish() {
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
    take() {
      this.form.fill(this.reading);
      this.form.send();
    }
    /** What went wrong stands in words, and what was read stands in the form: the officer goes on by hand. */
    fail(code) {
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
    advice(code, helps) {
      if (code === "wrong_number") return "by_hand_number";
      if (this.reading.mrz) return "by_hand";
      return helps ? "by_hand_or_number" : "by_hand_zone";
    }
    again() {
      this.agent.say({ type: "taken", document: this.reading.document });
      this.begin("");
      this.wait();
    }
    boardingPass(said) {
      const flight = said.boarding_pass?.legs[0]?.conveyance ?? "";
      if (!flight) return;
      this.form.setConveyance(flight);
      this.part("note").textContent = this.fill("flight", { flight });
    }
    page(light, data) {
      const picture = new Image();
      picture.src = `data:image/jpeg;base64,${data}`;
      picture.alt = this.word(light);
      const item = document.createElement("li");
      item.append(picture);
      this.part("pages").append(item);
    }
    showDevices() {
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
        })
      );
    }
    bar(percent) {
      const bar = this.part("progress");
      bar.hidden = percent <= 0;
      bar.value = percent;
    }
    step(text) {
      this.part("step").textContent = text;
    }
    part(name) {
      const found = this.panel.querySelector(`[data-desk-${name}]`);
      if (!found) throw new Error(`the panel lacks its part ${name}`);
      return found;
    }
    word(name) {
      return this.words.get(name) ?? name;
    }
    fill(name, parts) {
      return this.word(name).replace(/\{(\w+)\}/g, (whole, part) => String(parts[part] ?? whole));
    }
  };
  function idOf(said) {
    return typeof said.device === "string" ? said.device : said.device.id;
  }

  // src/dialogs.ts
  function openDialogs() {
    document.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const opener = target?.closest("[data-dialog]");
      const dialog = opener ? document.getElementById(opener.dataset["dialog"] ?? "") : null;
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        if (!dialog.open) dialog.showModal();
        dialog.querySelector("textarea, input:not([type=hidden])")?.focus();
      }
      if (target?.closest("[data-dialog-close]")) {
        event.preventDefault();
        target.closest("dialog")?.close();
      }
    });
    document.addEventListener("keydown", (event) => {
      const menu = document.querySelector("details[data-menu][open]");
      if (event.key !== "Escape" || !menu) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }

  // src/drawer.ts
  function openDrawer() {
    const drawer = document.querySelector("[data-drawer]");
    if (!drawer) return;
    let from = null;
    const close = () => {
      if (location.hash.startsWith("#evidence")) history.replaceState(null, "", location.pathname + location.search);
      delete drawer.dataset["open"];
      from?.focus();
    };
    const show = (id) => {
      from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      drawer.dataset["open"] = "";
      const entries = [...drawer.querySelectorAll(".evidence-entry")];
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
      const link = target?.closest("[data-evidence]");
      if (link) {
        event.preventDefault();
        if (drawer.dataset["open"] !== void 0 && link.matches("[data-drawer-toggle]")) close();
        else show(evidenceAt(link));
      } else if (target?.closest("[data-drawer-close]")) {
        event.preventDefault();
        close();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || drawer.dataset["open"] === void 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    });
  }
  function evidenceAt(link) {
    if (!link.matches("[data-drawer-toggle]")) return link.dataset["evidence"];
    const row = document.activeElement?.closest("[data-check]");
    if (row instanceof HTMLElement) return row.dataset["check"];
    const figure = document.activeElement?.closest("[data-evidence]:not([data-drawer-toggle])");
    return figure instanceof HTMLElement ? figure.dataset["evidence"] : link.dataset["evidence"];
  }

  // src/forms.ts
  function guardForms() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      if (form.dataset["sent"] !== void 0) event.preventDefault();
      form.dataset["sent"] = "";
    });
    window.addEventListener("pageshow", () => {
      document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset["sent"]);
    });
    document.querySelector("[data-focus]")?.focus();
  }

  // src/keys.ts
  var ARMED_AFTER = 400;
  var INTERACTIVE = "a[href], button, input, select, summary, textarea, [contenteditable]";
  function listenForKeys() {
    const shownAt = performance.now();
    document.addEventListener("keydown", (event) => {
      const name = nameOf(event);
      if (event.isComposing || event.keyCode === 229) return;
      if (event.repeat && isCommand(name, event.target)) {
        event.preventDefault();
        return;
      }
      if (name === "Enter" && event.target instanceof Element && event.target.matches(INTERACTIVE)) return;
      if (name.length === 1 && isTyping(event.target)) return;
      const command = find2(name);
      if (!command) return;
      event.preventDefault();
      if (name === "Enter" && performance.now() - shownAt < ARMED_AFTER) return;
      command.click();
    });
  }
  function nameOf(event) {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return event.ctrlKey || event.metaKey ? `Control+${key}` : key;
  }
  function isCommand(name, target) {
    if (/^F\d+$/.test(name) || name === "Control+Enter") return true;
    return (name === "Enter" || name === "N") && !isTyping(target);
  }
  function isTyping(target) {
    return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement && target.type !== "radio";
  }
  function find2(name) {
    const scope = document.querySelector("dialog[open]") ?? document;
    return [...scope.querySelectorAll("[data-keys]")].find(
      (element) => (element.dataset["keys"] ?? "").split(" ").includes(name) && element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled, [aria-disabled='true']")
    );
  }

  // src/live.ts
  var EVERY2 = 3e4;
  function keepLive() {
    if (!document.querySelector("[data-live]")) return;
    setInterval(() => void lookAgain(), EVERY2);
  }
  async function lookAgain() {
    const options = { headers: { "X-Background": "1" }, cache: "no-store" };
    const answer = await fetch(location.href, options).catch(() => null);
    const shown = document.querySelector("[data-live]");
    if (!answer?.ok || answer.redirected || !shown) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    if (!fresh) return;
    const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    shown.replaceChildren(...fresh.childNodes);
    if (focused) shown.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }

  // src/passkeys.ts
  function offerPasskeys() {
    const able = window.isSecureContext && typeof PublicKeyCredential?.parseRequestOptionsFromJSON === "function" && !isAddress(location.hostname);
    document.querySelectorAll("[data-passkey-unable]").forEach((notice) => notice.hidden = able);
    if (!able) return;
    document.querySelectorAll("form[data-passkey]").forEach((form) => {
      form.hidden = false;
      form.querySelector("[data-focus]")?.focus();
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        void send(form);
      });
    });
  }
  async function send(form) {
    const button = form.querySelector("button[type=submit]");
    const failed = form.querySelector("[data-passkey-failed]");
    const field = form.querySelector("input[name=passkey]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    if (!button || !failed || !field || button.disabled) return;
    button.disabled = true;
    failed.hidden = true;
    try {
      const asked = await fetch(form.dataset["options"] ?? "", { method: "POST", headers: { "X-CSRFToken": token } });
      const credential = await use(form.dataset["passkey"], await asked.json());
      field.value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      button.focus();
    }
  }
  async function use(way, options) {
    const credential = way === "create" ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }) : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    if (!(credential instanceof PublicKeyCredential)) throw new TypeError("no passkey");
    return credential.toJSON();
  }
  function isAddress(host) {
    return /^[\d.]+$/.test(host) || host.includes(":");
  }

  // src/session.ts
  var WARNING = 12e4;
  var REPORT_EVERY = 6e4;
  function watchSession() {
    const { idleSeconds, keepSession } = document.body.dataset;
    const notice = document.querySelector("[data-session-notice]");
    const left = notice?.querySelector("[data-session-left]");
    if (!idleSeconds || !keepSession || !notice || !left) return;
    const limit = Number(idleSeconds) * 1e3;
    let reportedAt = Date.now();
    const report = async () => {
      reportedAt = Date.now();
      const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
      await fetch(keepSession, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => void 0);
    };
    const active = () => {
      if (Date.now() - reportedAt > REPORT_EVERY) void report();
    };
    document.addEventListener("keydown", active);
    document.addEventListener("pointerdown", active);
    notice.querySelector("[data-session-keep]")?.addEventListener("click", () => {
      notice.hidden = true;
      void report();
    });
    setInterval(() => {
      const remaining = reportedAt + limit - Date.now();
      notice.hidden = remaining > WARNING;
      left.textContent = length(remaining);
      if (remaining < 0) location.reload();
    }, 1e3);
  }

  // src/wall.ts
  var PATIENCE2 = 1e4;
  var LOOKS_AGAIN = 5e3;
  function watchWall() {
    const address = document.body.dataset["wall"];
    const board = document.querySelector("[data-wall-board]");
    const news = document.querySelector("[data-wall-news]");
    const said = news?.querySelector("[data-wall-said]");
    if (!address || !board || !news || !said) return;
    let heardAt = Date.now();
    const say = () => {
      const silent = Date.now() - heardAt;
      const stale = silent > PATIENCE2;
      const words = stale ? news.dataset["stale"]?.replace("{seconds}", String(Math.floor(silent / 1e3))) : news.dataset["live"];
      news.dataset["state"] = stale ? "stale" : "live";
      if (words && said.textContent !== words) said.textContent = words;
    };
    const listen = () => {
      const source = new EventSource(address);
      source.addEventListener("board", (event) => {
        board.innerHTML = event.data;
        heardAt = Date.now();
      });
      source.addEventListener("beat", () => heardAt = Date.now());
      source.addEventListener("error", () => {
        if (source.readyState === EventSource.CLOSED) setTimeout(() => void startAnew(listen), LOOKS_AGAIN);
      });
    };
    setInterval(say, 1e3);
    listen();
  }
  async function startAnew(listen) {
    const health = document.body.dataset["health"] ?? "/";
    const answer = await fetch(health, { credentials: "omit", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else listen();
  }

  // src/gatehouse.ts
  openDrawer();
  openDialogs();
  guardForms();
  listenForKeys();
  startClock();
  watchConnection();
  watchSession();
  copyRecords();
  keepLive();
  openDesk();
  openCapture();
  watchWall();
  offerPasskeys();
})();
