// The menu in the header closes as menus do: by a click elsewhere and by Escape.
const menu = document.querySelector("details.run-in");
document.addEventListener("click", (event) => {
  if (!menu.contains(event.target)) menu.open = false;
});
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
