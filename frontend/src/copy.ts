// A record as plain text, for a report or a message.

export function copyRecords(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const record = button ? document.querySelector<HTMLElement>("[data-record]") : null;
    if (!button || !record) return;
    void navigator.clipboard.writeText(record.innerText).then(() => {
      button.textContent = button.dataset["copied"] ?? "";
    });
  });
}
