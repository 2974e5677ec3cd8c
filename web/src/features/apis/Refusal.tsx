// SPDX-License-Identifier: Apache-2.0
import policy from "./Policy.module.css";

/** Why nothing came of it, where no single field is at fault. */
export function Refusal({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className={policy.refusal}>
      {text}
    </p>
  ) : null;
}
