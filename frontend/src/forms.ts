// A form is sent once; the first error, or the field that asks for it, has the focus.

export function guardForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset["sent"] !== undefined) event.preventDefault();
    form.dataset["sent"] = "";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => delete form.dataset["sent"]);
  });
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
