// What the network sees, and its answer with the ten odds.

import { bytesOf, Pixels } from "./colors.js";
import { say, translate } from "./words.js";

const NOTHING_SEEN = new Uint8Array(784);

export function mount(element) {
  const $ = (selector) => element.querySelector(selector);
  const seen = new Pixels(28, 28, $(".seen canvas"));
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const row = document.createElement("li");
    row.innerHTML = `<b>${digit}</b><span class="bar"><i></i></span><span class="value"></span>`;
    $(".odds").append(row);
    return { row, bar: row.querySelector("i"), percent: row.querySelector(".value") };
  });
  let last = { blank: true };

  function paint(answer) {
    last = answer;
    const odds = answer.odds ?? new Array(10).fill(0);
    const digit = odds.indexOf(Math.max(...odds));
    seen.paint(answer.blank ? NOTHING_SEEN : bytesOf(answer.seen));
    element.classList.toggle("blank", Boolean(answer.blank));
    $(".digit").textContent = answer.blank ? "?" : digit;
    $(".sentence").textContent = sentence(answer, digit, odds[digit]);
    rows.forEach(({ row, bar, percent }, i) => {
      row.classList.toggle("top", !answer.blank && i === digit);
      bar.style.transform = `scaleX(${odds[i]})`;
      percent.textContent = answer.blank ? "" : (100 * odds[i]).toFixed(odds[i] < 0.0995 ? 1 : 0);
    });
  }

  document.addEventListener("cnn:answer", ({ detail }) => paint(detail));
  for (const event of ["cnn:theme", "cnn:language"]) {
    document.addEventListener(event, () => paint(last));
  }
  translate(element);
  paint(last);
}

function sentence(answer, digit, odds) {
  if (answer.blank) return say("answer.none");
  return say(odds > 0.99 ? "answer.certain" : "answer.read", { digit, percent: Math.round(100 * odds) });
}
