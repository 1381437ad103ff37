// The supervisor's desk: a tile for each lane, what it is doing, and what an officer tells it. Digits choose a tile.
"use strict";
const by = (id) => document.getElementById(id);
const KEYS = { release: "R", return: "B", reset: "T", close: "C", open: "O", reverse: "D", emergency: "E" };
const lanes = new Map();
let texts = {}, language = "zh-hant", socket = null, signed = null, armed = "", beeping = null;
const words = () => texts[language];
const make = (tag, text = "", name = "") => { const made = document.createElement(tag); made.textContent = text; if (name) made.className = name; return made; };

function connect() {
  socket = new WebSocket(`ws://${location.host}/live`);
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => { setTimeout(connect, 500); });
}

function hear(said) {
  if (said.type === "texts") { texts = said.texts; say(); if (signed) socket.send(JSON.stringify(signed)); }
  if (said.type === "refused") by("refused").textContent = words().sign_on.wrong;
  if (said.type === "signed_on") { by("sign-on").hidden = true; by("lanes").hidden = false; by("sign-on").style.display = "none"; }
  if (said.type === "state") {
    const before = lanes.get(said.lane);
    lanes.set(said.lane, said);
    draw(said.lane);
    if (alarming(said) && !(before && before.state === said.state)) alarm(said);
    if (![...lanes.values()].some(alarming)) by("alarm").textContent = "";
  }
}

const alarming = (lane) => ["handed over", "emergency", "unreachable"].includes(lane.state);

function alarm(lane) {
  by("alarm").textContent = `${lane.lane}: ${words().alarm[lane.state]}${lane.trouble ? ` (${words().troubles[lane.trouble] || lane.trouble})` : ""}`;
  try {
    beeping = beeping || new AudioContext();
    const tone = beeping.createOscillator();
    tone.frequency.value = lane.state === "emergency" ? 880 : 660;
    tone.connect(beeping.destination);
    tone.start();
    tone.stop(beeping.currentTime + 0.4);
  } catch { /* no sound device: the words stand */ }
}

function draw(name) {
  const lane = lanes.get(name), t = words();
  let tile = document.querySelector(`[data-lane="${name}"]`);
  if (!tile) {
    tile = make("li", "", "lane");
    tile.dataset.lane = name;
    tile.tabIndex = 0;
    by("lanes").append(tile);
  }
  const focused = document.activeElement && tile.contains(document.activeElement) ? document.activeElement.dataset.command : undefined;
  const place = [...by("lanes").children].indexOf(tile) + 1;
  tile.dataset.alarm = String(alarming(lane));
  tile.dataset.state = lane.state;
  const head = make("h2");
  head.append(make("span", `${place % 10} ${name}`), make("span", lane.direction ? `${lane.direction === "entry" ? "→" : "←"} ${t[lane.direction]}` : ""));
  const parts = [head, make("p", (alarming(lane) ? "! " : "") + (t.states[lane.state] || t[lane.state]), "state")];
  if (lane.since) { const since = make("p", "", "since"); since.dataset.since = lane.since; parts.push(since); }
  if (lane.trouble) parts.push(make("p", t.troubles[lane.trouble] || lane.trouble));
  if (lane.hand_over) parts.push(...handOver(lane.hand_over, t));
  if (lane.state !== "unreachable") parts.push(commands(name, t));
  tile.replaceChildren(...parts);
  if (focused) tile.querySelector(`[data-command="${focused}"]`)?.focus();
  count();
}

function handOver(given, t) {
  const parts = [make("p", `${given.document} ${given.nationality}`.trim())];
  for (const reason of given.reasons) parts.push(make("p", (t.obstacles && t.obstacles[reason.code]) || reason.text));
  if (given.chip || given.live) {
    const faces = make("div", "", "faces");
    for (const which of ["chip", "live"]) {
      if (!given[which]) continue;
      const figure = make("figure"), image = make("img");
      image.alt = t.faces[which];
      image.src = `data:image/jpeg;base64,${given[which]}`;
      figure.append(image, make("figcaption", t.faces[which]));
      faces.append(figure);
    }
    parts.push(faces);
  }
  return parts;
}

function commands(name, t) {
  const row = make("div", "", "commands");
  for (const [command, key] of Object.entries(KEYS)) {
    const button = make("button", "", command);
    button.type = "button";
    button.dataset.command = command;
    button.append(make("kbd", key), t.commands[command]);
    button.addEventListener("click", () => order(name, command));
    row.append(button);
  }
  return row;
}

function order(name, command) {
  if (command === "emergency" && armed !== name) {
    armed = name;
    by("alarm").textContent = `${name}: ${words().confirm}`;
    setTimeout(() => { armed = ""; }, 4000);
    return;
  }
  armed = "";
  socket.send(JSON.stringify({ lane: name, command }));
}

function count() {
  for (const each of document.querySelectorAll("[data-since]"))
    each.textContent = `${Math.max(0, Math.round((Date.now() - Date.parse(each.dataset.since)) / 1000))} ${words().seconds}`;
}

function say() {
  const t = words();
  document.documentElement.lang = language;
  by("title").textContent = document.title = t.title;
  by("officer-label").textContent = t.sign_on.officer;
  by("code-label").textContent = t.sign_on.code;
  by("go").textContent = t.sign_on.go;
  for (const button of by("languages").children) button.setAttribute("aria-current", String(button.lang === language));
  for (const name of lanes.keys()) draw(name);
}

by("sign-on").addEventListener("submit", (event) => {
  event.preventDefault();
  by("refused").textContent = "";
  signed = { officer: by("officer").value, code: by("code").value };
  socket.send(JSON.stringify(signed));
});
by("languages").addEventListener("click", (event) => { if (event.target.lang) { language = event.target.lang; say(); } });
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "INPUT") return;
  if (/^[0-9]$/.test(event.key)) { by("lanes").children[(Number(event.key) + 9) % 10]?.focus(); return; }
  const tile = event.target.closest?.(".lane");
  const command = Object.keys(KEYS).find((each) => KEYS[each] === event.key.toUpperCase());
  if (tile && command && lanes.get(tile.dataset.lane).state !== "unreachable") { event.preventDefault(); order(tile.dataset.lane, command); }
});
setInterval(count, 1000);
connect();
