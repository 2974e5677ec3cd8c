// SPDX-License-Identifier: Apache-2.0
import { createLink } from "@tanstack/react-router";
import {
  type AnchorHTMLAttributes,
  type KeyboardEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useI18n } from "@/i18n";
import { textWidth } from "@/lib/fit";
import { IconButton } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { FitIcon, MinusIcon, PlusIcon } from "@/ui/icons";
import { Skeleton } from "@/ui/State";
import styles from "./Dependencies.module.css";
import { type Layout, type Link, type Point, useLayout } from "./layout";
import { texts } from "./messages";
import type { DependenciesSearch, EdgeKind } from "./model";
import { nearest, stepOf } from "./nearest";
import { usePanZoom } from "./usePanZoom";

export interface DrawnNode {
  id: string;
  title: string;
  /** Second line: whose it is, how important, in which state. */
  about: string;
  /** All of it in words. */
  label: string;
  look: "center" | "plain" | "unknown";
  /** A shape beside the title: something is not as it should be. */
  mark?: "warn" | "gone" | undefined;
  /** Where it leads; nowhere when there is nothing to look at. */
  search?: DependenciesSearch | undefined;
}

export interface DrawnEdge extends Link {
  kind: EdgeKind;
  /** Written on it. */
  count?: string | undefined;
}

interface PictureProps {
  label: string;
  nodes: readonly DrawnNode[];
  edges: readonly DrawnEdge[];
}

const NODE = { height: 46, min: 120, max: 220, padding: 14, mark: 18 };
const PAN = 60;

/** As much of a text as fits. */
function cut(text: string, width: number, font: string): string {
  if (textWidth(text, font) <= width) {
    return text;
  }
  let kept = text.length;
  while (kept > 1 && textWidth(`${text.slice(0, kept)}…`, font) > width) {
    kept--;
  }
  return `${text.slice(0, kept)}…`;
}

function fonts() {
  const family = getComputedStyle(document.documentElement).fontFamily || "sans-serif";
  return { title: `600 13px ${family}`, about: `12px ${family}` };
}

/** Nodes with what is written on them and how large that makes them. */
function measured(nodes: readonly DrawnNode[]) {
  const font = fonts();
  return nodes.map((node) => {
    const mark = node.mark ? NODE.mark : 0;
    const wanted = Math.max(
      textWidth(node.title, font.title) + mark,
      textWidth(node.about, font.about),
    );
    const width = Math.ceil(Math.min(NODE.max, Math.max(NODE.min, wanted + 2 * NODE.padding + 2)));
    const room = width - 2 * NODE.padding;
    return {
      node,
      width,
      height: NODE.height,
      title: cut(node.title, room - mark, font.title),
      about: cut(node.about, room, font.about),
    };
  });
}

type Measured = ReturnType<typeof measured>[number];

/** The graph as a picture; everything in it stands in the list as well. */
export function Picture({ label, nodes, edges }: PictureProps) {
  const { t } = useI18n(texts);
  const asked = useMemo(() => {
    const boxes = measured(nodes);
    const question = {
      nodes: boxes.map(({ node, width, height }) => ({ id: node.id, width, height })),
      edges: edges.map(({ from, to }) => ({ from, to })),
    };
    return { label, boxes, edges, question };
  }, [label, nodes, edges]);
  const arranged = useLayout(asked);
  if (!arranged) {
    return (
      <div data-drawing="">
        <PictureBones />
      </div>
    );
  }
  const { of, layout } = arranged;
  return (
    <div {...(of === asked ? {} : { "data-drawing": "" })}>
      {layout === "failed" ? (
        <p className={styles.instead}>{t.dependencies.drawingFailed}</p>
      ) : (
        <Drawing label={of.label} boxes={of.boxes} edges={of.edges} layout={layout} />
      )}
    </div>
  );
}

/** Layers of boxes where the picture will be. */
export function PictureBones() {
  const { t } = useI18n(texts);
  return (
    <div className={styles.frame}>
      <Skeleton>
        <div className={styles.bones} title={t.dependencies.drawing}>
          {[2, 4, 3].map((count) => (
            <div key={count} className={styles.layer}>
              {Array.from({ length: count }, (_, i) => `${count}-${i}`).map((key) => (
                <span key={key} className={styles.boneBox} />
              ))}
            </div>
          ))}
        </div>
      </Skeleton>
    </div>
  );
}

interface DrawingProps {
  label: string;
  boxes: readonly Measured[];
  edges: readonly DrawnEdge[];
  layout: Layout;
}

function Drawing({ label, boxes, edges, layout }: DrawingProps) {
  const { t } = useI18n(texts);
  const svg = useRef<SVGSVGElement>(null);
  const hint = useId();
  const arrow = useId();
  const pan = usePanZoom(layout, svg);
  const first = boxes.find(({ node }) => node.look === "center") ?? boxes[0];
  const [chosen, setChosen] = useState<string>();
  const current = chosen && layout.nodes[chosen] ? chosen : first?.node.id;

  const go = (id: string | undefined) => {
    const place = boxes.findIndex(({ node }) => node.id === id);
    if (id !== undefined && place >= 0) {
      setChosen(id);
      svg.current?.querySelector<SVGElement>(`[data-place="${place}"]`)?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (step && event.shiftKey) {
      pan.pan(-step.x * PAN, -step.y * PAN);
    } else if (step && current !== undefined) {
      go(nearest(layout.nodes, current, step));
    } else if (event.key === "+" || event.key === ";") {
      pan.zoomIn();
    } else if (event.key === "-") {
      pan.zoomOut();
    } else if (event.key === "0") {
      pan.fit();
    } else {
      return;
    }
    event.preventDefault();
  };
  const { x, y, scale } = pan.view;
  const d = t.dependencies;
  return (
    <div className={styles.frame}>
      <p id={hint} className="visually-hidden">
        {d.pictureHint}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no element for a group with a name */}
      <svg
        ref={svg}
        className={styles.picture}
        role="group"
        aria-label={label}
        aria-describedby={hint}
        onKeyDown={onKeyDown}
        {...pan.pointer}
      >
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0 0 10 5 0 10z" className={styles.arrow} />
          </marker>
        </defs>
        <g transform={`translate(${x} ${y}) scale(${scale})`}>
          {edges.map((edge, i) => (
            <Edge
              key={`${edge.from} ${edge.to}`}
              edge={edge}
              points={layout.edges[i] ?? []}
              arrow={arrow}
              near={chosen !== undefined && (edge.from === chosen || edge.to === chosen)}
            />
          ))}
          {boxes.map((box, place) => (
            <Node
              key={box.node.id}
              box={box}
              place={place}
              at={layout.nodes[box.node.id] ?? { x: 0, y: 0 }}
              reachable={box.node.id === current}
              onFocus={(at) => {
                setChosen(box.node.id);
                pan.reveal(at);
              }}
            />
          ))}
        </g>
      </svg>
      <div className={styles.tools}>
        <IconButton icon={PlusIcon} label={d.zoomIn} onClick={pan.zoomIn} />
        <IconButton icon={MinusIcon} label={d.zoomOut} onClick={pan.zoomOut} />
        <IconButton icon={FitIcon} label={d.fit} onClick={pan.fit} />
      </div>
    </div>
  );
}

/** A line through the points, its corners rounded off. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) {
    return "";
  }
  let path = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const [corner, next] = [rest[i], rest[i + 1]];
    if (corner && next) {
      const end =
        i === rest.length - 2 ? next : { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 };
      path += `Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
    }
  }
  return rest.length === 1 ? `${path}L${last.x} ${last.y}` : path;
}

function Edge({
  edge,
  points,
  arrow,
  near,
}: {
  edge: DrawnEdge;
  points: readonly Point[];
  arrow: string;
  near: boolean;
}) {
  const middle = points[Math.floor(points.length / 2)];
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus; the list says it
    <g className={cx(styles.edge, styles[edge.kind], near && styles.near)} aria-hidden="true">
      <path d={curve(points)} markerEnd={`url(#${arrow})`} data-edge={`${edge.from} ${edge.to}`} />
      {edge.count && middle && (
        <text x={middle.x} y={middle.y - 6}>
          {edge.count}
        </text>
      )}
    </g>
  );
}

const MARKS = {
  warn: "M7 1 13 12H1zM7 5v3M7 10v.5",
  gone: "M2 2 12 12M12 2 2 12",
};

function Node({
  box,
  place,
  at,
  reachable,
  onFocus,
}: {
  box: Measured;
  place: number;
  at: Point;
  reachable: boolean;
  onFocus: (at: Point) => void;
}) {
  const { node, width, height } = box;
  const wiring = {
    "aria-label": node.label,
    "data-place": place,
    "data-node": node.id,
    tabIndex: reachable ? 0 : -1,
    className: cx(styles.node, styles[node.look]),
    onFocus: () => onFocus(at),
  };
  const shape = (
    <>
      <title>{node.label}</title>
      <rect width={width} height={height} rx={8} />
    </>
  );
  return (
    <g transform={`translate(${at.x - width / 2} ${at.y - height / 2})`}>
      {node.search ? (
        <NodeLink to="/dependencies" search={node.search} {...wiring}>
          {shape}
        </NodeLink>
      ) : (
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is reached by the arrow keys to be read, and does nothing
        <g role="img" {...wiring}>
          {shape}
        </g>
      )}
      {/* Cut to fit; the name of the node has all of it. */}
      <Written box={box} />
    </g>
  );
}

function Written({ box }: { box: Measured }) {
  const { mark } = box.node;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g className={styles.written} aria-hidden="true">
      {mark && (
        <path
          className={styles[mark]}
          transform={`translate(${NODE.padding - 2} 8)`}
          d={MARKS[mark]}
        />
      )}
      <text className={styles.name} x={NODE.padding + (mark ? NODE.mark : 0)} y={20}>
        {box.title}
      </text>
      <text className={styles.about} x={NODE.padding} y={36}>
        {box.about}
      </text>
    </g>
  );
}

/** Inside a picture this is SVG's own element for links. */
function NodeAnchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} />;
}

const NodeLink = createLink(NodeAnchor);
