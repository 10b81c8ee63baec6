// Lets a toast be put away; without this module it goes with the page.
for (const button of document.querySelectorAll("button[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".toast").remove());
}
