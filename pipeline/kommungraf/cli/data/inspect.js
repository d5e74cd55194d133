// Pointing at a block or its box lights up the other; all works without this by following the links.
for (const box of document.querySelectorAll(".box")) {
  const block = document.getElementById(box.getAttribute("href").slice(1));
  if (!block) continue;
  for (const [here, there] of [[box, block], [block, box]]) {
    for (const [on, off] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
      here.addEventListener(on, () => there.classList.add("lit"));
      here.addEventListener(off, () => there.classList.remove("lit"));
    }
  }
}
