// The page of a lane: shows what the lane's program says, and tells it which language was chosen and what was agreed to.
"use strict";
const by = (id) => document.getElementById(id);
const pictures = new Map();
for (const svg of by("pictures").content.children)
  for (const code of svg.dataset.for.split(" ")) pictures.set(code, svg);

let socket = null;
const say = (message) => { if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message)); };

function show(view) {
  const screen = view.screen;
  document.documentElement.lang = screen.language;
  document.body.dataset.tone = screen.tone;
  by("title").textContent = screen.title;
  by("help").textContent = screen.help;
  by("reason").textContent = screen.reason;
  if (view.speaks && (document.body.dataset.screen !== screen.code || spoken !== screen.language)) speak(screen);
  if (document.body.dataset.screen !== screen.code) {
    const picture = pictures.get(screen.code);
    by("picture").replaceChildren(...(picture ? [picture.cloneNode(true)] : []));
    document.body.classList.toggle("low", view.low);
  }
  document.body.dataset.screen = screen.code;
  by("consent").hidden = screen.code !== "consent";
  by("yes").textContent = screen.buttons.agree;
  by("no").textContent = screen.buttons.decline;
  by("low").textContent = screen.buttons.low;
  by("low").setAttribute("aria-pressed", String(document.body.classList.contains("low")));
  by("languages").setAttribute("aria-label", screen.buttons.language);
  choose(view.languages, screen.language);
}

// Aloud, by the voices of this machine; without one for the language the page is read, as it is without sound.
let spoken = "";
function speak(screen) {
  spoken = screen.language;
  if (!("speechSynthesis" in window)) return;
  const said = new SpeechSynthesisUtterance([screen.title, screen.help, screen.reason].filter(Boolean).join(" "));
  const tag = new Intl.Locale(screen.language).maximize();  // zh-hant is spoken as zh-TW
  said.lang = `${tag.language}-${tag.region}`;
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(said);
}

function choose(languages, current) {
  const nav = by("languages");
  if (nav.childElementCount === 0)
    for (const [tag, name] of Object.entries(languages)) {
      const button = document.createElement("button");
      button.type = "button";
      button.lang = button.dataset.language = tag;
      button.textContent = name;
      button.addEventListener("click", () => say({ language: tag }));
      nav.append(button);
    }
  for (const button of nav.children) button.setAttribute("aria-current", String(button.dataset.language === current));
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/live`);
  socket.addEventListener("message", (event) => show(JSON.parse(event.data)));
  socket.addEventListener("close", () => { document.body.dataset.screen = "lost"; setTimeout(connect, 500); });
}

by("yes").addEventListener("click", () => say({ consent: true }));
by("no").addEventListener("click", () => say({ consent: false }));
by("low").addEventListener("click", () => {
  const low = document.body.classList.toggle("low");
  by("low").setAttribute("aria-pressed", String(low));
});
connect();
