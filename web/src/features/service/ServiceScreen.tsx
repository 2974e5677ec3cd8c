// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { rememberVisit } from "@/lib/recent";
import { serviceQuery } from "./api";
import { ServiceFrame, ServiceSkeleton } from "./ServiceFrame";
import { ServiceMissing } from "./ServiceMissing";

const route = getRouteApi("/shell/services/$id");

export function ServiceScreen() {
  const { id } = route.useParams();
  const { at, was } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(serviceQuery(id, at));
  const page = query.data;
  const present = page?.service.id;

  // The server answered under another id: the service has been renamed.
  useEffect(() => {
    if (present !== undefined && present !== id) {
      navigate({
        to: ".",
        params: { id: present },
        search: (before) => ({ ...before, was: id }),
        replace: true,
      });
    }
  }, [present, id, navigate]);
  useEffect(() => {
    if (page) {
      const { id: key, description, team } = page.service;
      rememberVisit({ kind: "service", key, detail: description?.slice(0, 80) ?? team ?? "" });
    }
  }, [page]);

  const setAt = (moment: string | undefined) =>
    navigate({ to: ".", search: (before) => ({ ...before, at: moment }) });
  if (!page) {
    return query.error ? (
      <ServiceMissing
        id={id}
        at={at}
        error={query.error}
        onRetry={() => query.refetch()}
        onAt={setAt}
      />
    ) : (
      <ServiceSkeleton id={id} />
    );
  }
  return (
    <ServiceFrame
      page={page}
      at={at}
      was={was}
      onAt={setAt}
      failedSince={query.isError ? query.dataUpdatedAt : undefined}
      onRetry={() => query.refetch()}
    >
      <Outlet />
    </ServiceFrame>
  );
}
