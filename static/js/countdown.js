// Counts a deadline down; the server has already written where it stood when the page was made.
const MINUTE = 60_000;

function parts(left) {
  const minutes = Math.max(0, Math.floor(left / MINUTE));
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}

function tick(element, skew) {
  const left = Date.parse(element.dataset.until) - (Date.now() + skew);
  const words = element.querySelector(".words");
  element.querySelector(".figures").hidden = left < MINUTE;
  words.hidden = left >= MINUTE;
  if (left <= 0) words.textContent = words.dataset.over;
  for (const [unit, value] of Object.entries(parts(left))) {
    const figure = element.querySelector(`[data-unit="${unit}"]`);
    if (!figure) continue;
    figure.textContent = value;
    const word = figure.nextElementSibling;
    if (word) word.textContent = value === 1 ? word.dataset.one : word.dataset.many;
  }
}

for (const element of document.querySelectorAll(".countdown[data-until]")) {
  const skew = Date.parse(element.dataset.now) - Date.now();
  setInterval(() => tick(element, skew), MINUTE / 4);
}
