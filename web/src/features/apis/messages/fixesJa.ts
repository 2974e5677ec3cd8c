// SPDX-License-Identifier: Apache-2.0
/** What to do instead of what a rule finds. The server says it in English, the same for each. */
const KEEP_OPTION =
  "オプションを元の値のままにしてください。別の値は、パッケージの新しいバージョンで指定できます";

export const fixesJa: Readonly<Record<string, string>> = {
  ENUM_NO_DELETE:
    "列挙型をこのファイルに残すか、移動先のファイルをここから import public してください",
  ENUM_SAME_JSON_FORMAT: "json_format を ALLOW のままにしてください",
  ENUM_SAME_TYPE:
    "列挙型の開閉（open / closed）は元のままにし、別の動作が必要なら新しい列挙型を宣言してください",
  ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED:
    "値を削除するときは、その名前を予約（reserved）してください",
  ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED:
    "値を削除するときは、その番号を予約（reserved）してください",
  ENUM_VALUE_NO_DELETE: "値を残し、非推奨（deprecated）にしてください",
  ENUM_VALUE_SAME_NAME: "元の名前を残し、新しい名前は別名（allow_alias）として追加してください",
  EXTENSION_MESSAGE_NO_DELETE: "拡張用の番号の範囲を残してください",
  EXTENSION_NO_DELETE: "拡張を元の場所に残し、非推奨（deprecated）にしてください",
  FIELD_BECAME_REQUIRED: "フィールドは任意のままにし、値がない場合の意味を決めてください",
  FIELD_NO_DELETE_UNLESS_NAME_RESERVED:
    "フィールドを削除するときは、その名前を予約（reserved）してください",
  FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED:
    "フィールドを削除するときは、その番号を予約（reserved）してください",
  FIELD_NO_DELETE: "フィールドを残し、非推奨（deprecated）にしてください",
  FIELD_SAME_CARDINALITY:
    "多重度を変えたフィールドを新しく追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_SAME_CPP_STRING_TYPE: "フィールドの C++ の文字列型を元のままにしてください",
  FIELD_SAME_DEFAULT:
    "既定値を元のままにしてください。元の既定値を前提とする相手は、別の値として読み取ってしまいます",
  FIELD_SAME_JAVA_UTF8_VALIDATION: "Java での UTF-8 の検査を元のままにしてください",
  FIELD_SAME_JSON_NAME: "json_name に元の名前を指定してください",
  FIELD_SAME_JSTYPE: "jstype を元のままにするか、別の jstype の新しいフィールドを追加してください",
  FIELD_SAME_NAME:
    "元の名前のまま残し、新しい名前のフィールドを追加して、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_SAME_ONEOF:
    "oneof の内側または外側に新しいフィールドを追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_SAME_TYPE:
    "新しい型のフィールドを追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_SAME_UTF8_VALIDATION:
    "UTF-8 の検査は元のままにし、UTF-8 でないデータには bytes 型の新しいフィールドを使ってください",
  FIELD_WIRE_COMPATIBLE_CARDINALITY:
    "多重度を変えたフィールドを新しく追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_WIRE_COMPATIBLE_TYPE:
    "新しい型のフィールドを追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY:
    "多重度を変えたフィールドを新しく追加し、元のフィールドは非推奨（deprecated）にしてください",
  FIELD_WIRE_JSON_COMPATIBLE_TYPE:
    "新しい型のフィールドを追加し、元のフィールドは非推奨（deprecated）にしてください",
  FILE_NO_DELETE:
    "ファイルを残してください。中身を移した場合も、移動先を import public するだけのファイルとして残せます",
  FILE_SAME_CC_ENABLE_ARENAS: KEEP_OPTION,
  FILE_SAME_CC_GENERIC_SERVICES: KEEP_OPTION,
  FILE_SAME_CSHARP_NAMESPACE: KEEP_OPTION,
  FILE_SAME_GO_PACKAGE: KEEP_OPTION,
  FILE_SAME_JAVA_GENERIC_SERVICES: KEEP_OPTION,
  FILE_SAME_JAVA_MULTIPLE_FILES: KEEP_OPTION,
  FILE_SAME_JAVA_OUTER_CLASSNAME: KEEP_OPTION,
  FILE_SAME_JAVA_PACKAGE: KEEP_OPTION,
  FILE_SAME_OBJC_CLASS_PREFIX: KEEP_OPTION,
  FILE_SAME_OPTIMIZE_FOR: KEEP_OPTION,
  FILE_SAME_PACKAGE: "ファイルは元のパッケージに残し、新しいパッケージにはコピーを置いてください",
  FILE_SAME_PHP_CLASS_PREFIX: KEEP_OPTION,
  FILE_SAME_PHP_METADATA_NAMESPACE: KEEP_OPTION,
  FILE_SAME_PHP_NAMESPACE: KEEP_OPTION,
  FILE_SAME_PY_GENERIC_SERVICES: KEEP_OPTION,
  FILE_SAME_RUBY_PACKAGE: KEEP_OPTION,
  FILE_SAME_SWIFT_PREFIX: KEEP_OPTION,
  FILE_SAME_SYNTAX:
    "syntax を元のままにするか、features で元の動作を保って edition に移行してください",
  HTTP_BINDING_CHANGED:
    "元の HTTP メソッドとパスを additional_bindings の 1 つとして残してください",
  MESSAGE_NO_DELETE:
    "メッセージをこのファイルに残して非推奨（deprecated）にし、新しいメッセージは別に宣言してください",
  MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR:
    "no_standard_descriptor_accessor を指定しないでください",
  MESSAGE_SAME_JSON_FORMAT: "json_format を ALLOW のままにしてください",
  MESSAGE_SAME_REQUIRED_FIELDS:
    "必須（required）フィールドは追加も削除もせず、任意のフィールドにしてコードで検査してください",
  ONEOF_NO_DELETE: "oneof を残し、その中のフィールドを非推奨（deprecated）にしてください",
  PACKAGE_ENUM_NO_DELETE:
    "列挙型を残して非推奨（deprecated）にしてください。同じパッケージの別のファイルへの移動は構いません",
  PACKAGE_EXTENSION_NO_DELETE:
    "拡張を残して非推奨（deprecated）にしてください。同じパッケージの別のファイルへの移動は構いません",
  PACKAGE_MESSAGE_NO_DELETE:
    "メッセージを残して非推奨（deprecated）にしてください。同じパッケージの別のファイルへの移動は構いません",
  PACKAGE_NO_DELETE: "使われなくなるまで、パッケージを残してください",
  PACKAGE_SERVICE_NO_DELETE:
    "サービスを残して非推奨（deprecated）にしてください。同じパッケージの別のファイルへの移動は構いません",
  REMOVED_WITHOUT_DEPRECATION:
    "まず非推奨（deprecated）にし、削除はその後のバージョンで行ってください",
  RESERVED_ENUM_NO_DELETE: "新しい値が以前の番号や名前を使わないように、予約を残してください",
  RESERVED_MESSAGE_NO_DELETE:
    "新しいフィールドが以前の番号や名前を使わないように、予約を残してください",
  RPC_NO_DELETE: "呼び出しがなくなるまで、メソッドを残して非推奨（deprecated）にしてください",
  RPC_SAME_CLIENT_STREAMING: "ストリームの種類を変えたメソッドを新しく追加してください",
  RPC_SAME_IDEMPOTENCY_LEVEL:
    "idempotency_level を元のままにしてください。クライアントがこれをもとに再試行したり、GET で呼び出したりすることがあります",
  RPC_SAME_REQUEST_TYPE:
    "元のリクエストにフィールドを追加するか、新しいリクエストを受け取るメソッドを追加してください",
  RPC_SAME_RESPONSE_TYPE:
    "元のレスポンスにフィールドを追加するか、新しいレスポンスを返すメソッドを追加してください",
  RPC_SAME_SERVER_STREAMING: "ストリームの種類を変えたメソッドを新しく追加してください",
  SERVICE_NO_DELETE:
    "サービスを残して非推奨（deprecated）にし、先にクライアントを新しいサービスへ移行してください",
};
