// A box that scrolls must be reachable by keyboard; one that does not should not be.
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const box = target.closest(".formula");
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".formula")) {
  observer.observe(box);
  observer.observe(box.firstElementChild); // its width changes when the fonts arrive
}
