// SPDX-License-Identifier: Apache-2.0
import {
  Chip,
  CountBadge,
  LifecycleChip,
  PickedTag,
  Tag,
  TagGroup,
  TagLine,
  type Tone,
} from "@/ui/Chip";
import { CodeBlock, CopyButton } from "@/ui/Code";
import { EditIcon, PlusIcon, WarnIcon } from "@/ui/icons";
import { LiveChip, type LiveKind } from "@/ui/LiveChip";
import { Columns, Pair, Row } from "@/ui/Page";
import { KeyValue, Panel, PanelNote } from "@/ui/Panel";
import { Tab, Tabs } from "@/ui/Tabs";
import { Age, ExternalLink, Kbd, Meta, Mono, Prose, TextLink } from "@/ui/Text";
import { Timeline, TimelineItem } from "@/ui/Timeline";
import { source } from "../data/service";
import { daysAgo, hoursAgo, inDays, minutesAgo } from "../data/time";
import { Look } from "../Sheet";

const TONES: Tone[] = ["ok", "warn", "bad", "info", "none"];
const STAGES = ["production", "experimental", "deprecated", "retired", "tombstoned", null];
const LIVE: LiveKind[] = [
  "connecting",
  "live",
  "reconnecting",
  "polling",
  "offline",
  "paused",
  "asOf",
];

export function Chips() {
  const tags = ["grpc", "public-api", "event-driven", "mobile", "go"];
  return (
    <>
      <Look name="Chip">
        <Row>
          {TONES.map((tone) => (
            <Chip key={tone} tone={tone}>
              {tone}
            </Chip>
          ))}
        </Row>
      </Look>
      <Look name="LifecycleChip">
        <Row>
          {STAGES.map((stage) => (
            <LifecycleChip key={stage} value={stage} />
          ))}
        </Row>
      </Look>
      <Look name="LiveChip">
        <Row>
          {LIVE.map((kind) => (
            <LiveChip key={kind} kind={kind} since={Date.parse(minutesAgo(4))} />
          ))}
        </Row>
      </Look>
      <Look name="Tag, TagGroup, PickedTag">
        <Row>
          <TagGroup>
            {tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </TagGroup>
          <PickedTag tag="決済" onRemove={() => {}} />
        </Row>
      </Look>
      <Look name="TagLine, 140 px and 320 px wide">
        <TagLine tags={tags} width={140} />
        <TagLine tags={tags} width={320} />
      </Look>
      <Look name="CountBadge">
        <Row>
          <CountBadge count={3} />
          <CountBadge count={5000} />
          <CountBadge count={2} bad />
          <CountBadge count={50} bad more />
        </Row>
      </Look>
    </>
  );
}

export function Texts() {
  return (
    <>
      <Look name="Age">
        <Row>
          <Age at={minutesAgo(0)} />
          <Age at={minutesAgo(12)} />
          <Age at={hoursAgo(5)} />
          <Age at={daysAgo(24)} />
          <Age at={inDays(90)} />
        </Row>
      </Look>
      <Look name="Kbd, Mono, Meta">
        <Row>
          <Kbd>Ctrl K</Kbd>
          <Mono>9f31c02b7d</Mono>
          <Meta>10.20.4.17 から</Meta>
        </Row>
      </Look>
      <Look name="Prose">
        <p>
          <Prose text="ウォレット・カード・口座への請求" />
        </p>
        <p>
          <Prose text="Charges a wallet, a card or a bank account" />
        </p>
      </Look>
      <Look name="TextLink, ExternalLink, an address that is none">
        <Row>
          <TextLink to="/gallery">Gallery</TextLink>
          <ExternalLink href="https://wiki.example/payment">Runbook</ExternalLink>
          <ExternalLink href="mailto:payment@acme.example">payment@acme.example</ExternalLink>
          <ExternalLink href="data:text/html,no">data:</ExternalLink>
        </Row>
      </Look>
    </>
  );
}

export function Codes() {
  return (
    <>
      <Look name="CodeBlock" wide>
        <CodeBlock text={source} label="YAML" />
      </Look>
      <Look name="CodeBlock marked" wide>
        <CodeBlock text={source} label="YAML with faults" marked={[8, 10]} />
      </Look>
      <Look name="CodeBlock without numbers" wide>
        <CodeBlock text="mdash publish acme-payment.yaml" label="Command" numbers={false} />
      </Look>
      <Look name="CopyButton">
        <CopyButton text="acme-payment" />
      </Look>
    </>
  );
}

export function Panels() {
  return (
    <Columns
      side={
        <Panel title="Contact" aside={<Age at={minutesAgo(24)} />}>
          <PanelNote>The spec names no contact.</PanelNote>
        </Panel>
      }
    >
      <Panel title="基本情報">
        <KeyValue
          entries={[
            { key: "id", label: "Service id", value: <Mono>acme-payment</Mono> },
            { key: "team", label: "チーム", value: "payments-core" },
            { key: "tier", label: "Tier", value: null },
          ]}
        />
      </Panel>
      <Pair>
        <Panel title="Left of a pair">
          <PanelNote>None</PanelNote>
        </Panel>
        <Panel title="Right of a pair" flush>
          <CodeBlock bare numbers={false} text={'{ "oncall": true }'} label="Flush" />
        </Panel>
      </Pair>
    </Columns>
  );
}

export function TabRow() {
  return (
    <Look name="Tabs" wide>
      <Tabs label="Parts">
        <Tab to="/gallery" search={{ show: "ui-tabs" }}>
          概要
        </Tab>
        <Tab to="/gallery" search={{ show: "ui-chips" }}>
          Spec <CountBadge count={12} />
        </Tab>
        <Tab to="/gallery" search={{ show: "ui-text" }}>
          Activity
        </Tab>
      </Tabs>
    </Look>
  );
}

export function Times() {
  return (
    <Look name="Timeline" wide>
      <Timeline label="Activity">
        <TimelineItem icon={EditIcon} at={hoursAgo(3)} title="スペックが変わりました">
          contact.email, tier
        </TimelineItem>
        <TimelineItem icon={WarnIcon} tone="warn" at={hoursAgo(5)} title="A publish was refused" />
        <TimelineItem icon={PlusIcon} tone="ok" at={daysAgo(120)} title="Registered" />
      </Timeline>
    </Look>
  );
}
