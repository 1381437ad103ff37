// A form that asks the browser for a passkey before it is sent. It is hidden until it is known that this can be done here.

export function offerPasskeys(): void {
  const able = window.isSecureContext && typeof PublicKeyCredential?.parseRequestOptionsFromJSON === "function" && !isAddress(location.hostname);
  document.querySelectorAll<HTMLElement>("[data-passkey-unable]").forEach((notice) => (notice.hidden = able));
  if (!able) return;
  document.querySelectorAll<HTMLFormElement>("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.querySelector<HTMLElement>("[data-focus]")?.focus();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation(); // it is sent once the passkey has answered
      void send(form);
    });
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  const field = form.querySelector<HTMLInputElement>("input[name=passkey]");
  const token = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  if (!button || !failed || !field || button.disabled) return;
  button.disabled = true;
  failed.hidden = true;
  try {
    const asked = await fetch(form.dataset["options"] ?? "", { method: "POST", headers: { "X-CSRFToken": token } });
    const credential = await use(form.dataset["passkey"], await asked.json());
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false; // cancelled, too late, no such key: the person sees one sentence and tries again
    button.disabled = false;
    button.focus();
  }
}

async function use(way: string | undefined, options: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  const credential =
    way === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError("no passkey");
  return credential.toJSON();
}

// A passkey belongs to a host's name: browsers make none for a number.
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(":");
}
