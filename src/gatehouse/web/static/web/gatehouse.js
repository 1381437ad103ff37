"use strict";
(() => {
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
      const command = find(name);
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
  function find(name) {
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
})();
