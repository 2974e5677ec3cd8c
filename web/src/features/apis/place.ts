// SPDX-License-Identifier: Apache-2.0
import { createContext, useContext } from "react";

/** Where in the APIs we are: links stay in the revision that is shown. */
export interface Place {
  repository: string;
  /** Undefined = the current one, whichever that is. */
  revision: number | undefined;
  /** Names of all packages, by which comments are read. */
  packages: ReadonlySet<string>;
}

export const PlaceContext = createContext<Place>({
  repository: "",
  revision: undefined,
  packages: new Set(),
});

export const usePlace = () => useContext(PlaceContext);
