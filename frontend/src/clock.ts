// The clock of the frame and the timers of a record: drawn by the server, moved on here by the server's time.

export function startClock(): void {
  const clock = document.querySelector<HTMLElement>("[data-clock]");
  const said = clock?.dataset["clock"];
  if (!clock || !said) return;
  const ahead = Date.parse(said) - Date.now();
  const zone = offsetOf(said);
  const tick = (): void => {
    const now = Date.now() + ahead;
    clock.textContent = new Date(now + zone).toISOString().slice(11, 19);
    document.querySelectorAll<HTMLElement>("[data-since]").forEach((timer) => {
      timer.textContent = length(now - Date.parse(timer.dataset["since"] ?? ""));
    });
    document.querySelectorAll<HTMLElement>("[data-until]").forEach((timer) => {
      const left = Date.parse(timer.dataset["until"] ?? "") - now;
      timer.textContent = (left < 0 ? "−" : "") + length(Math.abs(left));
      timer.toggleAttribute("data-overdue", left < 0);
    });
  };
  tick();
  setInterval(tick, 1000);
}

/** Milliseconds that the zone of an ISO 8601 time is ahead of UTC. */
export function offsetOf(iso: string): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(iso);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === "-" ? -minutes : minutes) * 60_000;
}

/** 0:07, 12:34 or 5:59:59. */
export function length(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
