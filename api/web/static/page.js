// Puts the boxes of a printed page in their places, and shows on both sides which one is meant.
const boxes = [...document.querySelectorAll(".box")];
for (const box of boxes) box.style.cssText = box.dataset.style;

function mark(id) {
  for (const box of boxes) box.classList.toggle("current", box.hash === `#${id}`);
  for (const item of document.querySelectorAll(".read > li")) item.classList.toggle("current", item.id === id);
}

for (const item of document.querySelectorAll(".read > li")) {
  item.addEventListener("mouseenter", () => mark(item.id));
  item.addEventListener("focusin", () => mark(item.id));
}
for (const box of boxes) box.addEventListener("click", () => mark(box.hash.slice(1)));
if (location.hash) mark(location.hash.slice(1));
