// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { Button, buttonClass, IconButton, TextButton } from "@/ui/Button";
import {
  Checkbox,
  FieldGroup,
  FilterSelect,
  PasswordField,
  Segments,
  SelectField,
  TextArea,
  TextField,
} from "@/ui/Field";
import { CopyIcon, DarkIcon, DeleteIcon, LightIcon, PlusIcon, RetryIcon } from "@/ui/icons";
import { Form, Row } from "@/ui/Page";
import { SearchField } from "@/ui/SearchField";
import { LanguageButton, ThemeButton } from "@/ui/Switches";
import { Look } from "../Sheet";

export function Buttons() {
  const looks = ["plain", "primary", "danger", "quiet"] as const;
  return (
    <>
      <Look name="Button look">
        <Row>
          {looks.map((look) => (
            <Button key={look} look={look} icon={PlusIcon}>
              {look}
            </Button>
          ))}
        </Row>
      </Look>
      <Look name="Button small">
        <Row>
          {looks.map((look) => (
            <Button key={look} look={look} small icon={RetryIcon}>
              再試行
            </Button>
          ))}
        </Row>
      </Look>
      <Look name="Button disabled">
        <Row>
          {looks.map((look) => (
            <Button key={look} look={look} disabled>
              {look}
            </Button>
          ))}
        </Row>
      </Look>
      <Look name="IconButton">
        <Row>
          <IconButton icon={CopyIcon} label="Copy" />
          <IconButton icon={CopyIcon} label="Copy, small" small />
          <IconButton icon={DeleteIcon} label="Delete, quiet" look="quiet" />
        </Row>
      </Look>
      <Look name="TextButton, a link that looks like a button">
        <Row>
          <TextButton>すべて表示</TextButton>
          <a className={buttonClass("primary")} href="/gallery">
            Gallery
          </a>
        </Row>
      </Look>
      <Look name="Switches">
        <Row>
          <ThemeButton />
          <LanguageButton />
        </Row>
      </Look>
    </>
  );
}

export function Fields() {
  return (
    <Form>
      <TextField label="Name" hint="Where it is used" placeholder="payment-repo main" />
      <TextField label="名前" optional defaultValue="決済サービス" />
      <TextField label="Mail" defaultValue="payment at acme" error="must be a mail address" />
      <TextField label="Disabled" disabled defaultValue="acme-payment" />
      <PasswordField label="Password" defaultValue="long enough" autoComplete="off" />
      <PasswordField
        label="パスワード"
        error="12 文字以上で入力してください。"
        autoComplete="off"
      />
      <TextArea label="Services" hint="One per line" defaultValue={"acme-pay*\nacme-invoice-*"} />
      <SelectField
        label="Valid for"
        value="90"
        options={[
          { value: "30", label: "30 days" },
          { value: "90", label: "90 days" },
        ]}
        onChange={() => {}}
      />
    </Form>
  );
}

export function Choices() {
  const [theme, setTheme] = useState<"light" | "dark">("light");
  const [view, setView] = useState<"a" | "b" | "c">("b");
  return (
    <>
      <Look name="Segments">
        <Segments
          label="View"
          value={view}
          options={[
            { value: "a", label: "項目" },
            { value: "b", label: "原文" },
            { value: "c", label: "差分" },
          ]}
          onChange={setView}
        />
      </Look>
      <Look name="Segments visibleLabel">
        <Segments
          label="Theme"
          visibleLabel
          value={theme}
          options={[
            { value: "light", label: "Light", icon: LightIcon },
            { value: "dark", label: "Dark", icon: DarkIcon },
          ]}
          onChange={setTheme}
        />
      </Look>
      <Look name="FieldGroup of Checkbox">
        <FieldGroup label="Scopes" error="Choose at least one scope.">
          <Checkbox defaultChecked>Read the catalogue</Checkbox>
          <Checkbox>公開する</Checkbox>
          <Checkbox disabled>Disabled</Checkbox>
        </FieldGroup>
      </Look>
      <Look name="FilterSelect, without and with a choice">
        <Row>
          <FilterSelect
            label="Team"
            value=""
            options={[
              { value: "", label: "すべてのチーム" },
              { value: "wallet", label: "wallet (10)" },
            ]}
            onChange={() => {}}
          />
          <FilterSelect
            label="Tag"
            value="grpc"
            options={[{ value: "grpc", label: "grpc (7)" }]}
            onChange={() => {}}
          />
        </Row>
      </Look>
    </>
  );
}

export function Search() {
  const [text, setText] = useState("けっさい");
  return (
    <>
      <Look name="SearchField" wide>
        <SearchField label="Empty" placeholder="Filter" value="" onCommit={() => {}} hotkey="/" />
      </Look>
      <Look name="SearchField with a text" wide>
        <SearchField label="Filled" placeholder="Filter" value={text} onCommit={setText} />
      </Look>
    </>
  );
}
