// SPDX-License-Identifier: Apache-2.0
import type { IconType } from "./Icon";
import {
  EnumIcon,
  ExtensionIcon,
  FieldIcon,
  GrpcServiceIcon,
  MessageIcon,
  MethodIcon,
  PackageIcon,
} from "./icons";

const ICONS: Record<string, IconType> = {
  package: PackageIcon,
  service: GrpcServiceIcon,
  "grpc-service": GrpcServiceIcon,
  method: MethodIcon,
  rpc: MethodIcon,
  message: MessageIcon,
  field: FieldIcon,
  enum: EnumIcon,
  value: FieldIcon,
  extension: ExtensionIcon,
};

/** What stands for a kind of protobuf symbol, always beside its word or name. */
export const symbolIcon = (kind: string): IconType => ICONS[kind] ?? FieldIcon;
