// Places marks on the body map. The rows of the form hold everything; the pictures are drawn from them.
const SVG = "http://www.w3.org/2000/svg";
const STEP = 0.02;
const map = document.getElementById("body-map");
const rows = document.getElementById("rows");
const template = document.getElementById("new-row");
let moving = null; // the row whose mark is placed next; none: a new one

if (map && rows && template) {
  for (const view of map.querySelectorAll("[data-view]")) prepare(view);
  rows.addEventListener("click", pressed);
  rows.addEventListener("change", changed);
  draw();
}

function prepare(view) {
  const svg = view.querySelector("svg");
  const cross = { x: 0.5, y: 0.3 };
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-describedby", "map-help");
  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { width, height } = svg.viewBox.baseVal;
    place(view, point.x / width, point.y / height);
  });
  svg.addEventListener("focus", () => svg.matches(":focus-visible") && showCross(svg, cross));
  svg.addEventListener("blur", () => svg.querySelector(".app-cross")?.remove());
  svg.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key in moves) {
      const far = event.shiftKey ? 5 : 1;
      cross.x = within(cross.x + moves[event.key][0] * STEP * far);
      cross.y = within(cross.y + moves[event.key][1] * STEP * far * 0.5);
      showCross(svg, cross);
      say(`${Math.round(cross.x * 100)} of 100 from the left, ${Math.round(cross.y * 100)} of 100 from the top`);
    } else if (event.key === "Enter" || event.key === " ") {
      place(view, cross.x, cross.y);
    } else {
      return;
    }
    event.preventDefault();
  });
}

function place(view, x, y) {
  const row = moving ?? added();
  moving = null;
  map.classList.remove("app-views--moving");
  axis(row, "x").value = within(x).toFixed(3);
  axis(row, "y").value = within(y).toFixed(3);
  choice(row, view.dataset.view).checked = true;
  draw();
  say(`Mark ${numberOf(row)} is placed on: ${view.dataset.label}. Now describe it.`);
  row.querySelector("legend").focus();
  row.scrollIntoView({ block: "nearest" });
}

function added() {
  const mark = `injuries-${crypto.getRandomValues(new Uint32Array(1))[0].toString(16)}`;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll(template.dataset.mark, mark);
  rows.append(holder.content);
  document.getElementById("no-marks")?.remove();
  return rows.lastElementChild;
}

function pressed(event) {
  const row = event.target.closest("[data-row]");
  if (event.target.closest("[data-move]")) {
    moving = row;
    map.classList.add("app-views--moving");
    map.scrollIntoView({ block: "nearest" });
    const chosen = [...row.querySelectorAll("[name$='.view']")].find((one) => one.checked);
    (map.querySelector(`[data-view="${chosen?.value}"] svg`) ?? map.querySelector("svg")).focus();
    say(`Now place mark ${numberOf(row)} on the body map.`);
  } else if (event.target.closest("[data-drop]")) {
    say(`Mark ${numberOf(row)} is taken away.`);
    moving = moving === row ? null : moving;
    row.remove();
    draw();
    map.querySelector("svg").focus();
  }
}

// Another part of the body: the place on the old picture says nothing any more.
function changed(event) {
  if (!event.target.name?.endsWith(".view")) return;
  const row = event.target.closest("[data-row]");
  axis(row, "x").value = "";
  axis(row, "y").value = "";
  draw();
}

function draw() {
  for (const view of map.querySelectorAll("[data-view]")) {
    const svg = view.querySelector("svg");
    const { width, height } = svg.viewBox.baseVal;
    const dots = svg.querySelector("[data-dots]");
    const placed = [...rows.children].filter((row) => isOn(row, view.dataset.view));
    dots.replaceChildren(
      ...placed.flatMap((row) => dot(numberOf(row), axis(row, "x").value * width, axis(row, "y").value * height)),
    );
    const marks = placed.map(numberOf).join(", ");
    svg.setAttribute("aria-label", `${view.dataset.label}: ${marks ? `marks ${marks}` : "no marks"}`);
  }
  for (const row of rows.children) row.querySelector("[data-number]").textContent = numberOf(row);
}

function dot(number, x, y) {
  const circle = document.createElementNS(SVG, "circle");
  const text = document.createElementNS(SVG, "text");
  for (const [name, value] of Object.entries({ class: "app-dot", cx: x, cy: y, r: 6 })) circle.setAttribute(name, value);
  for (const [name, value] of Object.entries({ class: "app-dot__number", x, y: y + 3 })) text.setAttribute(name, value);
  text.textContent = number;
  return [circle, text];
}

function showCross(svg, { x, y }) {
  const { width, height } = svg.viewBox.baseVal;
  const cross = svg.querySelector(".app-cross") ?? svg.appendChild(document.createElementNS(SVG, "path"));
  cross.setAttribute("class", "app-cross");
  cross.setAttribute("d", `M${x * width - 8} ${y * height}h16M${x * width} ${y * height - 8}v16`);
}

function isOn(row, view) {
  return axis(row, "x").value !== "" && axis(row, "y").value !== "" && choice(row, view)?.checked;
}

function axis(row, name) {
  return row.querySelector(`[data-axis="${name}"]`);
}

function choice(row, view) {
  return row.querySelector(`[name$=".view"][value="${view}"]`);
}

function numberOf(row) {
  return [...rows.children].indexOf(row) + 1;
}

function within(value) {
  return Math.min(1, Math.max(0, value));
}

function say(words) {
  document.getElementById("map-says").textContent = words;
}
