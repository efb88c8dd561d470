// The page of uploads: files may be dropped on the form, and their names and sizes are shown.
const form = document.querySelector("form[data-form=add]");
const field = form.querySelector("input[type=file]");
const place = form.querySelector(".drop");
const list = form.querySelector(".chosen-files");
const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;
function show() {
  list.replaceChildren(...[...field.files].map((file) => {
    const row = document.createElement("li");
    row.textContent = `${file.name} · ${megabytes(file.size)}`;
    return row;
  }));
}
field.addEventListener("change", show);
for (const name of ["dragenter", "dragover"]) form.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => place.classList.remove("over"));
form.addEventListener("drop", (event) => { event.preventDefault(); field.files = event.dataTransfer.files; show(); });
