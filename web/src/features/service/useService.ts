// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { serviceQuery } from "./api";

const route = getRouteApi("/shell/services/$id");

/** What the open tab shows; the frame draws tabs only once it is there. */
export function useServicePage() {
  const { id } = route.useParams();
  const { at } = route.useSearch();
  const { data } = useQuery(serviceQuery(id, at));
  return { page: data, at };
}
