import { hex, verify } from "./proof.js";

const $ = id => document.getElementById(id);
const lanes = ["intent", "design", "patch", "build", "qa", "decision", "seal", "approval", "deployment", "rollback", "incident"];
const pageSize = 25;
const state = { log: null, size: 0, from: null, node: null, view: null, path: new Set(), ends: {}, sides: {} };

async function get(path, query = {}) {
  const url = new URL(path, location.href);
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== "") url.searchParams.set(name, value);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.error ?? `the server answered with status ${answer.status}`);
  return answer;
}
const json = async (path, query) => (await get(path, query)).json();

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  return made;
}
const short = digest => digest.slice(0, 19) + "…";
const time = text => text.replace("T", " ").replace(/\.\d+Z$/, "Z");

async function start() {
  state.log = await json("api/log");
  state.size = state.log.size;
  $("origin").textContent = state.log.origin;
  $("verifier").value = localStorage.getItem("verifier:" + state.log.origin) ?? state.log.verifierKey;
  $("size").max = state.size;
  $("size").value = state.size;
  for (const kind of state.log.kinds) $("kind").append(element("option", kind, { value: kind }));
  for (const one of state.log.checkpoints) $("checkpoint").append(element("option", `${one.size} · ${time(one.time)}`, { value: one.size }));
  showHead();
  await showEntries();
  await showDelivery();
  const wanted = new URLSearchParams(location.hash.slice(1)).get("entry");
  if (wanted !== null) await choose("entry:" + wanted);
}

function showHead() {
  const { size, rootHash } = state.log;
  $("size-value").textContent = state.size;
  $("head").textContent = state.size === size
    ? `${size} entries, root ${rootHash ? rootHash.slice(0, 16) + "…" : "of no checkpoint yet"}`
    : `${state.size} of ${size} entries: what the log knew then`;
}

async function showEntries() {
  const found = await json("api/entries", { before: state.from ?? state.size, count: pageSize, kind: $("kind").value });
  $("entries").replaceChildren(...found.entries.map(entry => {
    const row = element("tr", null);
    const cell = element("td", null);
    const button = element("button", String(entry.index), { type: "button", "aria-label": `Entry ${entry.index}, ${entry.kind}` });
    button.addEventListener("click", () => choose("entry:" + entry.index));
    cell.append(button);
    const subject = element("td", null);
    subject.append(element("code", entry.subject));
    row.append(cell, element("td", entry.kind), element("td", time(entry.time)), subject);
    return row;
  }));
  if (found.entries.length === 0) {
    const row = element("tr", null);
    row.append(element("td", "No entries.", { colspan: 4 }));
    $("entries").append(row);
  }
  $("older").disabled = found.next === null;
  $("newer").disabled = state.from === null;
  $("older").dataset.next = found.next ?? "";
}

async function showDelivery() {
  const dora = await json("api/dora", { asOf: state.size });
  const rows = Object.entries(dora).filter(([, value]) => value !== null);
  $("delivery").hidden = rows.length === 0;
  $("dora").replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", String(value))]));
}

async function choose(nodeId, keepPath = false) {
  try {
    const [up, down] = [$("up").value, $("down").value];
    state.view = await json("lineage", { nodeId, upstream: up, downstream: down, asOf: state.size });
    if (!keepPath) state.path = new Set();
    $("graph-state").textContent = `${state.view.nodes.length} entries, ${state.view.edges.length} links` + (state.view.complete ? "" : "; more lie beyond the depth");
    draw();
    await showNode(state.view.root);
    history.replaceState(null, "", "#entry=" + state.view.root);
  } catch (e) {
    $("graph-state").textContent = e.message;
  }
}

function draw() {
  const byLane = new Map(lanes.map(l => [l, []]));
  for (const node of state.view.nodes) (byLane.get(node.kind) ?? byLane.set(node.kind, []).get(node.kind)).push(node);
  $("lanes").replaceChildren(...[...byLane].filter(([, nodes]) => nodes.length > 0).map(([lane, nodes]) => {
    const section = element("section", null, { class: "lane", "aria-label": lane });
    const list = element("ol", null);
    for (const node of nodes) {
      const item = element("li", null);
      const button = element("button", null, { type: "button", id: "n" + node.index, "aria-current": node.index === state.view.root ? "true" : null,
        class: state.path.has(node.index) ? "path" : null });
      button.append(`${node.kind} ${node.index}`, element("small", node.title ?? short(node.subject)));
      button.addEventListener("click", () => choose("entry:" + node.index));
      item.append(button);
      list.append(item);
    }
    section.append(element("h3", lane), list);
    return section;
  }));
  drawEdges();
}

function drawEdges() {
  const box = $("lanes").getBoundingClientRect();
  const svg = $("edges");
  svg.setAttribute("width", $("lanes").scrollWidth);
  svg.setAttribute("height", box.height);
  svg.replaceChildren(...(state.view?.edges ?? []).map(({ cause, effect }) => {
    const [a, b] = ["n" + cause, "n" + effect].map(id => $(id)?.getBoundingClientRect());
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    if (!a || !b) return path;
    const [x1, y1, x2, y2] = [a.right - box.left, a.top + a.height / 2 - box.top, b.left - box.left, b.top + b.height / 2 - box.top];
    const bend = Math.max(20, (x2 - x1) / 2);
    path.setAttribute("d", `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`);
    if (state.path.has(cause) && state.path.has(effect)) path.setAttribute("class", "path");
    return path;
  }));
}

async function showNode(index) {
  const { entry, leafHash, raw } = await json("api/entries/" + index);
  state.node = { index, raw, kind: entry.kind };
  $("node").hidden = false;
  $("node-heading").textContent = `Entry ${index}: ${entry.kind}`;
  const attributes = Object.entries(entry.attributes ?? {});
  const sealed = Object.keys(entry.sealed ?? {});
  const facts = [["Time", time(entry.time)], ["Repository", entry.repository], ["Subject", entry.subject], ["Leaf hash", leafHash], ["Trace", entry.traceId],
    ...(entry.links ?? []).map(l => [l.role, l.digest]), ...attributes, ...(sealed.length ? [["Sealed", sealed.join(", ")]] : [])];
  $("facts").replaceChildren(...facts.filter(([, v]) => v).flatMap(([name, value]) => {
    const dd = element("dd", null);
    dd.append(element(/^sha256:|^[0-9a-f]{64}$/.test(value) ? "code" : "span", String(value)));
    return [element("dt", name), dd];
  }));
  $("raw").textContent = raw;
  $("download").href = `api/entries/${index}/proof?size=${state.size}`;
  $("download").download = `entry-${index}.tlog-proof`;
  for (const side of ["left", "right"]) document.querySelector(`[data-ask=${side}]`).hidden = entry.kind !== "deployment";
  $("proof-state").textContent = "Not verified yet.";
  $("proof-state").className = "status";
  $("proof-steps").replaceChildren();
}

async function verifyNode() {
  const { index, raw } = state.node;
  const key = $("verifier").value;
  $("proof-steps").replaceChildren();
  try {
    const proof = await (await get(`api/entries/${index}/proof`, { size: state.size })).text();
    const note = await verify(proof, new TextEncoder().encode(raw), key, step => $("proof-steps").append(element("li", step)));
    localStorage.setItem("verifier:" + state.log.origin, key);
    $("proof-state").textContent = `Verified: entry ${index} is in the log of size ${note.size}.`;
    $("proof-state").className = "status good";
  } catch (e) {
    $("proof-state").textContent = "Not verified: " + e.message + ".";
    $("proof-state").className = "status bad";
  }
}

const asks = {
  async impact(index) {
    $("up").value = 0;
    await choose("entry:" + index);
    $("graph-state").textContent = `Entry ${index} touched ${state.view.nodes.length - 1} later entries.`;
  },
  async causes(index) {
    const { paths } = await json("api/causes", { nodeId: "entry:" + index, asOf: state.size });
    state.path = new Set(paths.flat());
    $("up").value = 20;
    await choose("entry:" + index, true);
    $("graph-state").textContent = paths.length ? "Caused by " + paths.map(p => "intent " + p[0]).join(", ") + "." : "No intent leads to this entry.";
  },
  async from(index) { state.ends.from = index; await path(); },
  async to(index) { state.ends.to = index; await path(); },
  async left(index) { state.sides.left = index; await compare(); },
  async right(index) { state.sides.right = index; await compare(); },
};

async function path() {
  const { from, to } = state.ends;
  if (from === undefined || to === undefined) { $("graph-state").textContent = "Choose the other end of the path."; return; }
  const found = await json("api/path", { from: "entry:" + from, to: "entry:" + to, asOf: state.size });
  state.path = new Set(found.path ?? []);
  await choose("entry:" + Math.max(from, to), true);
  $("graph-state").textContent = found.path ? `The path from ${found.path[0]} to ${found.path.at(-1)} has ${found.path.length} entries.` : "No path joins the two.";
}

async function compare() {
  const { left, right } = state.sides;
  $("compare").hidden = false;
  if (left === undefined || right === undefined) { $("compare-state").textContent = "Choose the other deployment."; return; }
  const found = await json("api/diff", { left: "entry:" + left, right: "entry:" + right, asOf: state.size });
  $("compare-state").textContent = `Deployments ${left} and ${right} have ${found.common} entries in common.`;
  for (const [side, nodes] of [["only-left", found.onlyLeft], ["only-right", found.onlyRight]]) {
    $(side).replaceChildren(...(nodes.length ? nodes.map(n => element("li", `${n.kind} ${n.index}: ${n.title ?? short(n.subject)}`)) : [element("li", "nothing")]));
  }
}

async function travel(size) {
  state.size = Number(size);
  state.from = null;
  $("size").value = state.size;
  showHead();
  await showEntries();
  await showDelivery();
  if (state.node && state.node.index < state.size) await choose("entry:" + state.node.index);
  else { $("node").hidden = true; state.view = null; $("lanes").replaceChildren(); drawEdges(); $("graph-state").textContent = "No entry chosen."; }
}

$("size").addEventListener("input", () => { $("size-value").textContent = $("size").value; });
$("size").addEventListener("change", () => travel($("size").value));
$("checkpoint").addEventListener("change", () => travel($("checkpoint").value || state.log.size));
$("kind").addEventListener("change", () => { state.from = null; showEntries(); });
$("filter").addEventListener("submit", e => {
  e.preventDefault();
  const wanted = $("find").value.trim();
  if (wanted) choose(/^\d+$/.test(wanted) ? "entry:" + wanted : wanted);
});
$("older").addEventListener("click", () => { state.from = Number($("older").dataset.next); showEntries(); });
$("newer").addEventListener("click", () => { state.from = null; showEntries(); });
$("verify").addEventListener("click", verifyNode);
for (const id of ["up", "down"]) $(id).addEventListener("change", () => state.view && choose("entry:" + state.view.root));
for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => asks[button.dataset.ask](state.node.index).catch(e => { $("graph-state").textContent = e.message; }));
}
new ResizeObserver(drawEdges).observe($("lanes"));
// Arrow keys walk along links: left to a cause, right to an effect, up and down within a lane.
$("lanes").addEventListener("keydown", e => {
  const at = Number(e.target.id?.slice(1));
  const step = { ArrowLeft: v => v.edges.find(x => x.effect === at)?.cause, ArrowRight: v => v.edges.find(x => x.cause === at)?.effect,
    ArrowUp: () => e.target.parentElement.previousElementSibling?.firstElementChild.id.slice(1),
    ArrowDown: () => e.target.parentElement.nextElementSibling?.firstElementChild.id.slice(1) }[e.key];
  const next = step?.(state.view);
  if (next !== undefined) { $("n" + next)?.focus(); e.preventDefault(); }
});

start().catch(e => { $("head").textContent = "The log could not be loaded: " + e.message; });
