// A part of a page that looks again by itself. It says so to the server, so that it keeps nobody signed in.
const EVERY = 30_000;

export function keepLive(): void {
  if (!document.querySelector("[data-live]")) return;
  setInterval(() => void lookAgain(), EVERY);
}

async function lookAgain(): Promise<void> {
  const options: RequestInit = { headers: { "X-Background": "1" }, cache: "no-store" };
  const answer = await fetch(location.href, options).catch(() => null);
  const shown = document.querySelector("[data-live]");
  if (!answer?.ok || answer.redirected || !shown) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (!fresh) return;
  const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  shown.replaceChildren(...fresh.childNodes);
  if (focused) shown.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
}
