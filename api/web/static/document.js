// The document page: arrow keys turn pages; pointing at a mark shows its row, and the other way.
const sheet = document.getElementById("sheet");
const rows = new Map();
for (const mark of document.querySelectorAll("[data-record]")) {
  const row = document.getElementById(`r-${mark.dataset.record}`);
  if (!row) continue;
  rows.set(mark, row);
  const both = (on) => () => { row.classList.toggle("pointed", on); mark.classList.toggle("pointed", on); };
  for (const end of [mark, row]) {
    end.addEventListener("mouseenter", both(true));
    end.addEventListener("mouseleave", both(false));
  }
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  sheet?.querySelector(rel ? `a[rel="${rel}"]` : "none")?.click();
});
