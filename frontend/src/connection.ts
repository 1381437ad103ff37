// Says in words whether the server can be reached. The question carries no session, so it keeps nobody signed in.
const EVERY = 15_000;
const PATIENCE = 5_000;

export function watchConnection(): void {
  const shown = document.querySelector<HTMLElement>("[data-connection]");
  const text = shown?.querySelector<HTMLElement>("[data-connection-text]");
  const address = document.body.dataset["health"];
  if (!shown || !text || !address) return;
  let lostAt: number | null = null;

  const say = (): void => {
    const minutes = lostAt === null ? 0 : Math.floor((Date.now() - lostAt) / 60_000);
    const words = lostAt === null ? shown.dataset["online"] : shown.dataset["offline"]?.replace("{minutes}", String(minutes));
    shown.dataset["state"] = lostAt === null ? "online" : "offline";
    if (words && text.textContent !== words) text.textContent = words;
  };
  const ask = async (): Promise<void> => {
    const reached = navigator.onLine && (await answers(address));
    lostAt = reached ? null : (lostAt ?? Date.now());
    say();
  };
  setInterval(() => void ask(), EVERY);
  window.addEventListener("offline", () => void ask());
  window.addEventListener("online", () => void ask());
}

async function answers(address: string): Promise<boolean> {
  try {
    const options: RequestInit = { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
    return (await fetch(address, options)).ok;
  } catch {
    return false;
  }
}
