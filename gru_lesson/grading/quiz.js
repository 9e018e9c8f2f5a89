// Answers the questions of a chapter on the page. The element keeps all its data in the
// answers, which a reader without JavaScript opens by hand.
customElements.get("gru-quiz") || customElements.define("gru-quiz", class extends HTMLElement {
  constructor() {
    super();
    // Here and not on the buttons: the questions may not have been read in yet.
    this.addEventListener("click", (event) => {
      if (event.target.matches("button")) this.check(event.target.closest("fieldset"));
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || !event.target.matches("input")) return;
      event.preventDefault();
      this.check(event.target.closest("fieldset"));
    });
    this.addEventListener("input", (event) => {
      if (event.target.matches("input")) this.say(event.target.closest("fieldset"), "");
    });
  }

  check(question) {
    const typed = question.querySelector("input:not([type=radio])");
    const answers = [...question.querySelectorAll("details li")];
    const found = typed ? this.typed(typed, answers) : this.chosen(question, answers);
    if (typeof found === "string") return this.say(question, found);
    const right = "right" in found.dataset;
    const why = found.querySelector("span").cloneNode(true).childNodes;
    this.say(question, right ? "Right." : "Not right.", right ? "right" : "wrong", why);
  }

  chosen(question, answers) {
    const all = [...question.querySelectorAll("input")];
    const place = all.findIndex((input) => input.checked);
    return place < 0 ? "Choose an answer first." : answers[place];
  }

  typed(input, answers) {
    const values = this.read(input.value);
    if (!values.length) return "Type a number first, such as 0.5 or 0,5.";
    const near = ({ dataset }) => values.some((value) =>
      Math.abs(value - dataset.number) <= Number(dataset.tolerance) * (1 + 1e-9));
    return answers.find(near) ?? answers.find((answer) => !("number" in answer.dataset));
  }

  // The numbers that a text can mean: 9,408 may be nine thousand or nine and a bit.
  read(text) {
    const bare = text.replace(/[\s'’_]/g, "").replace(/[−–]/g, "-")
      .replace(/(%|[a-z]{2,}\.?)$/i, "");
    const found = [];
    if (/^[-+]?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/.test(bare)) {
      found.push(Number(bare.replace(/[.,]/g, "")));
    }
    const both = /,.*\./.test(bare) ? bare.replace(/,/g, "") : bare.replace(",", ".");
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(both)) found.push(Number(both));
    return found;
  }

  say(question, verdict, kind = "", why = []) {
    const status = question.querySelector("[role=status]");
    const words = document.createElement("b");
    words.textContent = verdict;
    status.dataset.verdict = kind;
    status.replaceChildren(...(verdict ? [words, " ", ...why] : []));
  }
});
