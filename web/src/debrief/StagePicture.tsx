// SPDX-License-Identifier: Apache-2.0
// Comes with the layout library, after the list of stages, which says the same.
import { useContext, useMemo, useRef } from "preact/hooks";
import { useObservable } from "../observable";
import "../pictures/pictures.css";
import { useWidth } from "../pictures/width";
import type { StageRef } from "../protocol";
import { settings } from "../settings";
import { CaseLanguage } from "../talk/caseLanguage";
import { text } from "../text";
import type { Leg } from "./legs";
import { type StageGraph, stageGraph, type StageNode } from "./stageGraph";
import { curve, fitted, type LaidOut, type Letters } from "./stageLayout";

const caption = ({ visits, messages }: StageNode): string =>
  visits === 0 ? text("debrief.path.not_reached") : text("debrief.page.messages", { count: messages });

function lettersOf(place: Element): Letters {
  const style = getComputedStyle(place);
  const size = Number.parseFloat(style.fontSize);
  const pen = document.createElement("canvas").getContext("2d");
  if (pen) pen.font = `600 ${size}px ${style.fontFamily}`;
  return { measure: (words) => pen?.measureText(words).width ?? words.length * size, size };
}

function drawnFor(place: Element, graph: StageGraph, width: number): LaidOut {
  return fitted(graph, width, lettersOf(place), new Map(graph.nodes.map((node) => [node.id, caption(node)])));
}

export function StagePicture({ stages, path }: { stages: StageRef[]; path: Leg[] }) {
  const graph = useMemo(() => stageGraph(stages, path), [stages, path]);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const size = useObservable(settings.text);
  const laid = useMemo(
    () => (place.current && width > 0 ? drawnFor(place.current, graph, width) : null),
    [graph, width, size],
  );
  return (
    <figure class="picture">
      <div class="stage-graph" ref={place} data-testid="stage-graph">
        {laid && <Drawing laid={laid} />}
      </div>
      <figcaption class="muted small">
        {text("debrief.path.numbers")}
        {graph.ways.some(({ back }) => back) && ` ${text("debrief.path.dashed")}`}
      </figcaption>
    </figure>
  );
}

function Drawing({ laid }: { laid: LaidOut }) {
  const { width, height, nodes, arrows, start } = laid;
  const language = useContext(CaseLanguage);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text("debrief.path.picture")}
    >
      <defs>
        {["on", "back"].map((kind) => (
          <marker key={kind} id={`tip-${kind}`} class={`tip ${kind}`} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0 10 5 0 10Z" />
          </marker>
        ))}
      </defs>
      {start && <circle class="stage-start" cx={start.x} cy={start.y} r={start.width / 2} />}
      {arrows.map(({ way, points, words }) => {
        const kind = way?.back ? "back" : "on";
        return <path key={words} class={`way ${kind}`} d={curve(points)} marker-end={`url(#tip-${kind})`} />;
      })}
      {nodes.map(({ node, lines, x, y, width: wide, height: high }) => (
        <g key={node.id} class={node.visits > 0 ? "stage" : "stage unvisited"}>
          <rect x={x - wide / 2} y={y - high / 2} width={wide} height={high} rx="8" />
          {[...lines, caption(node)].map((line, index) => (
            <text
              key={index}
              class={index === lines.length ? "stage-count" : "stage-name"}
              lang={index === lines.length ? undefined : language}
              x={x}
              y={y}
              dy={`${1.25 * (index - lines.length / 2) + 0.35}em`}
              text-anchor="middle"
            >
              {line}
            </text>
          ))}
        </g>
      ))}
      {arrows.map(({ label, words }) => (
        <g key={words} class="way-label">
          <rect x={label.x - label.width / 2} y={label.y - label.height / 2} width={label.width} height={label.height} rx={label.height / 2} />
          <text x={label.x} y={label.y} dy="0.35em" text-anchor="middle">
            {words}
          </text>
        </g>
      ))}
    </svg>
  );
}
