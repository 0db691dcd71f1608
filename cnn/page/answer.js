// What the network sees, and its answer: the digit or the number, the odds, and a way to correct it.
//
// Events on document: cnn:follow (detail: which digit of a number to show the network for) and
// cnn:teach (detail: the digit that was meant).

import { bytesOf, Pixels } from "./colors.js";
import { say, translate } from "./words.js";

const NOTHING_SEEN = new Uint8Array(784);
const NO_DIGIT = { odds: new Array(10).fill(0) };

export function mount(element, { canTeach }) {
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
    const { blank, digits = [], followed = 0, drawing } = answer;
    const { odds, digit } = digits[followed] ?? NO_DIGIT;
    seen.paint(blank ? NOTHING_SEEN : bytesOf(answer.seen));
    element.classList.toggle("blank", Boolean(blank));
    paintNumber($(".number"), digits, followed, drawing);
    $(".sentence").textContent = sentence(digits, drawing);
    rows.forEach(({ row, bar, percent }, i) => {
      row.classList.toggle("top", i === digit);
      bar.style.transform = `scaleX(${odds[i]})`;
      percent.textContent = blank ? "" : (100 * odds[i]).toFixed(odds[i] < 0.0995 ? 1 : 0);
    });
  }

  if (canTeach) {
    for (let digit = 0; digit < 10; digit++) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = digit;
      button.addEventListener("click", () => tell("teach", digit));
      $(".teach .choices").append(button);
    }
  } else $(".teach").remove();

  document.addEventListener("cnn:answer", ({ detail }) => paint(detail));
  for (const event of ["cnn:theme", "cnn:language"]) {
    document.addEventListener(event, () => paint(last));
  }
  translate(element);
  paint(last);
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`cnn:${name}`, { detail }));

function paintNumber(number, digits, followed, drawing) {
  const wanted = Math.max(1, digits.length);
  while (number.children.length > wanted) number.lastChild.remove();
  while (number.children.length < wanted) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "digit";
    const index = number.children.length;
    button.addEventListener("click", () => tell("follow", index));
    number.append(button);
  }
  number.style.setProperty("--digits", wanted);
  [...number.children].forEach((button, i) => {
    const { digit = null, sure = false } = digits[i] ?? {};
    // While the pen moves the answer may lean; once it is lifted, unsure is unsure.
    button.textContent = digit !== null && (sure || drawing) ? digit : "?";
    button.classList.toggle("unsure", !sure);
    button.classList.toggle("followed", wanted > 1 && i === followed);
    button.disabled = wanted === 1;
  });
}

function sentence(digits, drawing) {
  if (!digits.length) return say("answer.none");
  const number = digits.map(({ digit, sure }) => (sure || drawing ? digit : "?")).join("");
  if (digits.length > 1) return say("answer.number", { number });
  const [{ digit, perhaps, sure, odds }] = digits;
  if (!sure) return say(drawing ? "answer.leaning" : "answer.unsure", { digit });
  if (perhaps !== null) return say("answer.perhaps", { digit, perhaps });
  const percent = Math.round(100 * odds[digit]);
  return say(percent > 99 ? "answer.certain" : "answer.read", { digit, percent });
}
