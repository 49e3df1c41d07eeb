// Paper has no pointer: everything folded is opened for printing and folded again afterwards.
let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((part) => { part.open = true; });
});

window.addEventListener("afterprint", () => {
  opened.forEach((part) => { part.open = false; });
});
