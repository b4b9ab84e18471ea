// What forms do with script. Each works without: hints stand in words, and the server checks.
"use strict";

// The note says who reads it, by name, and how many characters are left.
(() => {
  const form = document.querySelector("form.give");
  if (!form) return;
  const reads = document.getElementById("who-reads");
  const note = document.getElementById("note");
  const counter = document.getElementById("note-most");

  form.addEventListener("change", (event) => {
    const given = event.target.dataset.given;
    if (!given) return;
    const [before, after] = reads.dataset.named.split("{name}");
    const name = document.createElement("bdi");
    name.textContent = given;
    reads.replaceChildren(before, name, after);
  });

  const count = () => {
    const left = Number(counter.dataset.most) - [...note.value].length;
    const [one, more] = left < 0 ? ["overOne", "over"] : ["leftOne", "left"];
    const number = Math.abs(left);
    const text = counter.dataset[number === 1 ? one : more];
    counter.textContent = text.replace("{n}", number.toLocaleString(document.documentElement.lang));
    counter.classList.toggle("fault", left < 0);
  };
  note.addEventListener("input", count);
  if (note.value) count();
})();

// What is wrong gets the focus: it is read first, and its links lead to the fields.
document.getElementById("faults")?.focus();
