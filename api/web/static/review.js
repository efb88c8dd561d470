// The queue by keyboard, and what was typed kept in this browser until it is saved.
const form = document.getElementById("decide");
const page = document.querySelector("[data-draft]");
const store = (() => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();
const OFF = "phaen-review-keys-off";

function keep() {
  const data = new FormData(form);
  data.delete("version");
  store?.setItem(`phaen-draft:${page.dataset.draft}`, JSON.stringify([...data]));
}

function restore() {
  const key = `phaen-draft:${page.dataset.draft}`;
  const saved = store?.getItem(key);
  if (!saved) return;
  let changed = false;
  for (const [name, value] of JSON.parse(saved)) {
    const field = form.elements[name];
    if (field && field.value !== value) {
      field.value = value;
      changed = true;
    }
  }
  if (changed) document.getElementById("restored").hidden = false;
}

function typing(target) {
  return target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (store?.getItem(OFF) || typing(event.target)) return;
  const radio = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  const letter = event.code.replace("Key", "");
  if (radio) {
    radio.checked = true;
    keep();
  } else if (event.key === "Enter" && !event.target.matches("a, button, summary")) {
    form.requestSubmit();
  } else if (letter === "N") {
    document.getElementById("note").focus();
  } else if (letter === "U") {
    document.getElementById("undo").requestSubmit();
  } else if (letter === "J") {
    document.getElementById("next")?.click();
  } else if (letter === "K") {
    document.getElementById("before")?.click();
  } else {
    return;
  }
  event.preventDefault();
}

if (form && page) {
  restore();
  form.addEventListener("input", keep);
  document.addEventListener("keydown", press);
  const button = document.getElementById("keys");
  const label = () => {
    button.textContent = store?.getItem(OFF) ? button.dataset.on : button.dataset.off;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (store?.getItem(OFF)) store.removeItem(OFF);
    else store?.setItem(OFF, "1");
    label();
  });
  label();
}
