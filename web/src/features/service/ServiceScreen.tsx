// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { describe } from "@/api/describe";
import { isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { rememberVisit } from "@/lib/recent";
import { Missing } from "@/ui/Missing";
import { ErrorPanel } from "@/ui/State";
import { TextLink } from "@/ui/Text";
import { serviceQuery } from "./api";
import { texts } from "./messages";
import { ServiceFrame, ServiceSkeleton } from "./ServiceFrame";

const route = getRouteApi("/shell/services/$id");

export function ServiceScreen() {
  const { t } = useI18n(texts);
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
  const retry = () => query.refetch();
  if (!page && isStatus(query.error, 404)) {
    return (
      <Missing
        title={at ? t.service.notFoundAt(id) : t.service.notFound(id)}
        hints={{ some: t.service.notFoundHint, none: t.service.notFoundNone }}
        nearest={query.error.problem.nearest ?? []}
        link={(name) => (
          <TextLink to="/services/$id" params={{ id: name }} search={{ at }}>
            {name}
          </TextLink>
        )}
        at={at}
        onAt={setAt}
      />
    );
  }
  if (!page) {
    return query.error ? (
      <ErrorPanel whole failure={describe(query.error, t)} onRetry={retry} />
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
      onRetry={retry}
    >
      <Outlet />
    </ServiceFrame>
  );
}
