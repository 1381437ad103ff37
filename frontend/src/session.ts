// Says before a session ends for want of activity, and keeps it alive while somebody works on a page.
import { length } from "./clock";

const WARNING = 120_000;
const REPORT_EVERY = 60_000;

export function watchSession(): void {
  const { idleSeconds, keepSession } = document.body.dataset;
  const notice = document.querySelector<HTMLElement>("[data-session-notice]");
  const left = notice?.querySelector<HTMLElement>("[data-session-left]");
  if (!idleSeconds || !keepSession || !notice || !left) return;
  const limit = Number(idleSeconds) * 1000;
  let reportedAt = Date.now();

  const report = async (): Promise<void> => {
    reportedAt = Date.now();
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    await fetch(keepSession, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => undefined);
  };
  const active = (): void => {
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
  }, 1000);
}
