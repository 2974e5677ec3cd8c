// SPDX-License-Identifier: Apache-2.0
import type { ButtonHTMLAttributes, Ref } from "react";
import styles from "./Button.module.css";
import { cx } from "./cx";
import { Icon, type IconType } from "./Icon";

type Look = "plain" | "primary" | "danger" | "quiet";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  icon?: IconType;
  ref?: Ref<HTMLButtonElement>;
}

export function buttonClass(look: Look = "plain", small = false, extra?: string): string {
  return cx(styles.button, look !== "plain" && styles[look], small && styles.small, extra);
}

export function Button({ look, small, icon, className, children, type, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type ?? "button"} className={buttonClass(look, small, className)}>
      {icon && <Icon of={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  icon: IconType;
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <Button {...rest} className={cx(styles.icon, className)} aria-label={label} title={label}>
      <Icon of={icon} />
    </Button>
  );
}

/** A button that reads like a link: for actions inside a text. */
export function TextButton({ className, type, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button {...rest} type={type ?? "button"} className={cx(styles.bare, className)} />;
}
