// What the network sees, and its answer: the digit or the number, the odds, and a way to correct it.
//
// Events on document: cnn:follow (detail: which digit of a number to show the network for) and
// cnn:teach (detail: { label: the digit that was meant, said: called with a key of words.js }).

import { bytesOf, Pixels } from "./colors.js";
import { onAnswer } from "./reader.js";
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
  let last = null;

  function paint(answer) {
    last = answer;
    const { blank, digits = [], followed = 0, drawing } = answer;
    const { odds, digit } = digits[followed] ?? NO_DIGIT;
    seen.paint(blank ? NOTHING_SEEN : bytesOf(answer.seen));
    element.classList.toggle("blank", Boolean(blank));
    paintNumber($(".number"), digits, followed);
    const words = blank ? answer.why && say(answer.why) : sentence(digits, drawing);
    if ($(".sentence").textContent !== words) $(".sentence").textContent = words ?? "";
    // Read aloud once the pen is lifted, not thirty times a stroke.
    $(".sentence").ariaLive = drawing ? "off" : "polite";
    rows.forEach(({ row, bar, percent }, i) => {
      row.classList.toggle("top", i === digit);
      bar.style.transform = `scaleX(${odds[i]})`;
      percent.textContent = blank ? "" : (100 * odds[i]).toFixed(odds[i] < 0.0995 ? 1 : 0);
    });
  }

  if (canTeach) offerTeaching($(".teach"));
  else $(".teach").remove();

  translate(element);
  onAnswer(paint);
  for (const event of ["cnn:theme", "cnn:language"]) {
    document.addEventListener(event, () => paint(last));
  }
}

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`cnn:${name}`, { detail }));

function paintNumber(number, digits, followed) {
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
    const { shown = "?", sure = false } = digits[i] ?? {};
    button.textContent = shown;
    button.classList.toggle("unsure", !sure);
    button.disabled = wanted === 1;
    button.ariaLabel = wanted > 1 ? say("answer.digit", { shown }) : null;
    button.ariaPressed = wanted > 1 ? i === followed : null;
  });
}

function sentence(digits, drawing) {
  if (digits.length > 1) {
    const number = digits.map(({ shown }) => shown).join("");
    return say(digits.every(({ sure }) => sure) ? "answer.number" : "answer.doubtful", { number });
  }
  const [{ digit, perhaps, sure, odds }] = digits;
  if (!sure) return say(drawing ? "answer.leaning" : "answer.unsure", { digit });
  if (perhaps !== null) return say("answer.perhaps", { digit, perhaps });
  const percent = Math.round(100 * odds[digit]);
  return say(percent > 99 ? "answer.certain" : "answer.read", { digit, percent });
}

function offerTeaching(place) {
  const thanks = place.querySelector(".thanks");
  const said = (key) => {
    thanks.dataset.word = key;
    thanks.textContent = say(key);
  };
  for (let label = 0; label < 10; label++) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => tell("teach", { label, said }));
    place.querySelector(".choices").append(button);
  }
  onAnswer(() => {
    thanks.textContent = thanks.dataset.word = "";
  });
}
