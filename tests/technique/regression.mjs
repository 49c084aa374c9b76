// SPDX-License-Identifier: Apache-2.0
// Multinomial logistic regression over features that hold or do not, by L-BFGS. Deterministic. Used by fit.mjs.

const MEMORY = 8;
const ENOUGH = 1e-7;
const ROUNDS = 250;
/** So little that it only keeps the start of a class finite. */
const START_PENALTY = 0.02;

/** The rows as flat arrays: the features of row r are index[from[r]] to index[from[r + 1] - 1]. */
function packed(rows, classes) {
  const from = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (from[r + 1] = from[r] + row.features.length));
  const index = new Int32Array(from[rows.length]);
  const target = new Float64Array(rows.length * classes);
  rows.forEach((row, r) => {
    index.set(row.features, from[r]);
    row.classes.forEach((k, i) => (target[r * classes + k] = row.shares?.[i] ?? 1 / row.classes.length));
  });
  const given = rows[0]?.given && Float64Array.from(rows.flatMap((row) => row.given));
  return { given, count: rows.length, from, index, target, weight: Float64Array.from(rows, (row) => row.weight) };
}

/** Turns scores into probabilities. */
export function probabilities(scores) {
  let top = -Infinity;
  let all = 0;
  for (let k = 0; k < scores.length; k++) if (scores[k] > top) top = scores[k];
  for (let k = 0; k < scores.length; k++) all += scores[k] = Math.exp(scores[k] - top);
  for (let k = 0; k < scores.length; k++) scores[k] /= all;
}

/** Turns scores into what they say too much for each class; returns the loss of the row. */
function residual(scores, target, at, weight) {
  let loss = 0;
  probabilities(scores);
  for (let k = 0; k < scores.length; k++) {
    const share = target[at + k];
    if (share > 0) loss -= weight * share * Math.log(Math.max(scores[k], 1e-12));
    scores[k] = weight * (scores[k] - share);
  }
  return loss;
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(to, scale, from) {
  for (let i = 0; i < to.length; i++) to[i] += scale * from[i];
}

/** What the weights `w` cost; fills `gradient`. */
function cost(problem, w, gradient) {
  const { data, classes, features, penalty, mask } = problem;
  const scores = new Float64Array(classes);
  const start = features * classes;
  let loss = 0;
  gradient.fill(0);
  for (let r = 0; r < data.count; r++) {
    for (let k = 0; k < classes; k++) scores[k] = data.given ? data.given[r * classes + k] : w[start + k];
    for (let i = data.from[r]; i < data.from[r + 1]; i++) {
      const at = data.index[i] * classes;
      for (let k = 0; k < classes; k++) scores[k] += w[at + k];
    }
    loss += residual(scores, data.target, r * classes, data.weight[r]);
    for (let k = 0; k < classes && !data.given; k++) gradient[start + k] += scores[k];
    for (let i = data.from[r]; i < data.from[r + 1]; i++) {
      const at = data.index[i] * classes;
      for (let k = 0; k < classes; k++) gradient[at + k] += scores[k];
    }
  }
  for (let i = 0; i < w.length; i++) {
    const pull = i < start ? penalty[i] : START_PENALTY;
    loss += (pull * w[i] * w[i]) / 2;
    gradient[i] += pull * w[i];
    if (i < start && mask && !mask[i]) gradient[i] = 0;
  }
  return loss;
}

/** The direction down from `gradient`, bent by the steps remembered. */
function direction(gradient, steps) {
  const d = Float64Array.from(gradient, (value) => -value);
  const shares = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    shares[i] = steps[i].rho * dot(steps[i].s, d);
    addScaled(d, -shares[i], steps[i].y);
  }
  const last = steps.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let i = 0; i < d.length; i++) d[i] *= scale;
  for (let i = 0; i < steps.length; i++) addScaled(d, shares[i] - steps[i].rho * dot(steps[i].y, d), steps[i].s);
  return d;
}

/**
 * Fits `features` x `classes` weights and, behind them, the start of each class; returns them as one flat array.
 * rows: [{ features: [index], classes: [the right one, or those that may be], shares: [how much of each; alike without
 * it], weight, given: [what each class has already, in place of a start; in all rows or in none] }]. `penalty`: for each weight, how
 * strongly it is drawn to nothing. `mask`: which weights may be other than nothing; all without it.
 */
export function regression({ rows, features, classes, penalty, mask }) {
  const problem = { data: packed(rows, classes), classes, features, penalty, mask };
  const steps = [];
  let w = new Float64Array((features + 1) * classes);
  let gradient = new Float64Array(w.length);
  let loss = cost(problem, w, gradient);
  for (let round = 0; round < ROUNDS; round++) {
    const d = direction(gradient, steps);
    const slope = dot(gradient, d);
    const next = new Float64Array(w.length);
    const nextGradient = new Float64Array(w.length);
    let nextLoss = Infinity;
    for (let length = 1; length > 1e-10 && !(nextLoss <= loss + 1e-4 * length * slope); length /= 2) {
      next.set(w);
      addScaled(next, length, d);
      nextLoss = cost(problem, next, nextGradient);
    }
    if (!(nextLoss < loss)) break;
    const s = next.map((value, i) => value - w[i]);
    const y = nextGradient.map((value, i) => value - gradient[i]);
    const bend = dot(s, y);
    if (bend > 1e-12) steps.push({ s, y, rho: 1 / bend });
    if (steps.length > MEMORY) steps.shift();
    const gain = loss - nextLoss;
    [w, gradient, loss] = [next, nextGradient, nextLoss];
    if (gain < ENOUGH * Math.abs(loss)) break;
  }
  return w;
}
