// The wall of a control room: it listens for what changed, and says when it hears nothing, for what stands there is old then.
const PATIENCE = 10_000;
const LOOKS_AGAIN = 5_000;

export function watchWall(): void {
  const address = document.body.dataset["wall"];
  const board = document.querySelector<HTMLElement>("[data-wall-board]");
  const news = document.querySelector<HTMLElement>("[data-wall-news]");
  const said = news?.querySelector<HTMLElement>("[data-wall-said]");
  if (!address || !board || !news || !said) return;
  let heardAt = Date.now();

  const say = (): void => {
    const silent = Date.now() - heardAt;
    const stale = silent > PATIENCE;
    const words = stale ? news.dataset["stale"]?.replace("{seconds}", String(Math.floor(silent / 1000))) : news.dataset["live"];
    news.dataset["state"] = stale ? "stale" : "live";
    if (words && said.textContent !== words) said.textContent = words;
  };
  const listen = (): void => {
    const source = new EventSource(address);
    source.addEventListener("board", (event: MessageEvent<string>) => {
      board.innerHTML = event.data;
      heardAt = Date.now();
    });
    source.addEventListener("beat", () => (heardAt = Date.now()));
    source.addEventListener("error", () => {
      // Between two streams the browser comes back by itself; closed for good means that something else answered.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => void startAnew(listen), LOOKS_AGAIN);
    });
  };
  setInterval(say, 1000);
  listen();
}

/** Reload only where the server answers: a browser's own error page would never come back by itself. */
async function startAnew(listen: () => void): Promise<void> {
  const health = document.body.dataset["health"] ?? "/";
  const answer = await fetch(health, { credentials: "omit", cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
  else listen();
}
