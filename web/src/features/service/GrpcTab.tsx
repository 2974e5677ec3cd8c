// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { describe } from "@/api/describe";
import type {
  ApiMethodUse,
  ApiParty,
  ServiceGrpc,
  ServiceGrpcConsumed,
  ServiceGrpcProvided,
} from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip } from "@/ui/Chip";
import { RetiredIcon } from "@/ui/icons";
import { Stack } from "@/ui/Page";
import { Panel, PanelNote } from "@/ui/Panel";
import { Bone, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { Meta, Mono, Prose, TextLink } from "@/ui/Text";
import { serviceGrpcQuery } from "./api";
import styles from "./Grpc.module.css";
import { texts } from "./messages";
import { useServicePage } from "./useService";

/** What a service provides and calls by gRPC, and who is at the other end. */
export function GrpcTab() {
  const { page } = useServicePage();
  return page ? <Grpc id={page.service.id} /> : null;
}

function Grpc({ id }: { id: string }) {
  const { t } = useI18n(texts);
  const query = useQuery(serviceGrpcQuery(id));
  const retry = () => query.refetch();
  if (!query.data) {
    return query.error ? (
      <ErrorPanel failure={describe(query.error, t)} onRetry={retry} />
    ) : (
      <GrpcSkeleton />
    );
  }
  return (
    <Stack>
      {query.isError && <StaleNote since={query.dataUpdatedAt} onRetry={retry} />}
      <Provided grpc={query.data} />
      <Consumed grpc={query.data} />
    </Stack>
  );
}

function GrpcSkeleton() {
  const { t } = useI18n(texts);
  const bones = (
    <div className={styles.bones}>
      {[40, 62, 55, 48].map((width) => (
        <Bone key={width} width={`${width}%`} />
      ))}
    </div>
  );
  return (
    <Skeleton>
      <Stack>
        <Panel title={t.service.provides}>{bones}</Panel>
        <Panel title={t.service.consumes}>{bones}</Panel>
      </Stack>
    </Skeleton>
  );
}

function Deprecated() {
  const { t } = useI18n(texts);
  return (
    <Chip tone="warn" icon={RetiredIcon}>
      {t.lifecycle.deprecated}
    </Chip>
  );
}

/** A name that leads to its declaration, if a published set declares it. */
function ApiLink({
  name,
  repositories,
  children,
}: {
  name: string;
  repositories: readonly string[];
  children?: ReactNode;
}) {
  const [repository] = repositories;
  return repository ? (
    <TextLink to="/apis/$repository/$name" params={{ repository, name }}>
      <Mono>{children ?? name}</Mono>
    </TextLink>
  ) : (
    <Mono>{children ?? name}</Mono>
  );
}

function Parties({ parties }: { parties: readonly ApiParty[] }) {
  const services = [...new Map(parties.map((party) => [party.service, party])).values()];
  return services.map(({ service, team }, i) => (
    <span key={service}>
      {i > 0 && ", "}
      <TextLink to="/services/$id/grpc" params={{ id: service }}>
        {service}
      </TextLink>
      {team && <Meta> {team}</Meta>}
    </span>
  ));
}

function Provided({ grpc }: { grpc: ServiceGrpc }) {
  const { t, f } = useI18n(texts);
  const { provides } = grpc;
  return (
    <Panel title={t.service.provides} aside={f.number(provides.length)}>
      {provides.length === 0 && <PanelNote>{t.grpc.providesNone}</PanelNote>}
      <div className={styles.list}>
        {provides.map((one) => (
          <ProvidedService key={one.name} one={one} />
        ))}
      </div>
    </Panel>
  );
}

function ProvidedService({ one }: { one: ServiceGrpcProvided }) {
  const { t } = useI18n(texts);
  const { name, repositories, deprecated, summary, methods, consumers } = one;
  // Whoever names the service as a whole may call any of its methods.
  const whole = consumers.filter((party) => party.method === null);
  return (
    <section className={styles.one} aria-label={name}>
      <h3 className={styles.head}>
        <ApiLink name={name} repositories={repositories} />
        {deprecated && <Deprecated />}
        {repositories.length === 0 ? (
          <Meta>{t.grpc.undeclared}</Meta>
        ) : (
          <Meta>{repositories.join(", ")}</Meta>
        )}
      </h3>
      {summary && (
        <p className={styles.summary}>
          <Prose text={summary.trim()} />
        </p>
      )}
      <p className={styles.callers}>
        <span className={styles.label}>{t.grpc.callers}</span>
        <span>
          {whole.length > 0 ? (
            <Parties parties={whole} />
          ) : (
            <Meta>{consumers.length > 0 ? t.grpc.byMethod : t.grpc.noCallers}</Meta>
          )}
        </span>
      </p>
      {methods.length > 0 && (
        <ul className={styles.methods}>
          {methods.map((method) => (
            <Method key={method.name} service={one} method={method} whole={whole.length > 0} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface MethodProps {
  service: ServiceGrpcProvided;
  method: ApiMethodUse;
  /** Somebody calls the service as a whole. */
  whole: boolean;
}

function Method({ service, method, whole }: MethodProps) {
  const { t } = useI18n(texts);
  const { name, clientStreaming, serverStreaming, deprecated, consumers } = method;
  const kind = clientStreaming ? (serverStreaming ? "both" : "client") : "server";
  return (
    <li>
      <span className={styles.head}>
        <ApiLink name={`${service.name}.${name}`} repositories={service.repositories}>
          {name}
        </ApiLink>
        {(clientStreaming || serverStreaming) && <Meta>{t.grpc.stream[kind]}</Meta>}
        {deprecated && <Deprecated />}
      </span>
      <span>
        {consumers.length > 0 ? (
          <Parties parties={consumers} />
        ) : (
          <Meta>{whole ? t.grpc.onlyWhole : t.grpc.noCaller}</Meta>
        )}
      </span>
    </li>
  );
}

function Consumed({ grpc }: { grpc: ServiceGrpc }) {
  const { t, f } = useI18n(texts);
  const { consumes } = grpc;
  return (
    <Panel title={t.service.consumes} aside={f.number(consumes.length)}>
      {consumes.length === 0 && <PanelNote>{t.grpc.consumesNone}</PanelNote>}
      <ul className={styles.methods}>
        {consumes.map((one) => (
          <ConsumedRpc key={`${one.name} ${one.method}`} one={one} />
        ))}
      </ul>
    </Panel>
  );
}

function ConsumedRpc({ one }: { one: ServiceGrpcConsumed }) {
  const { t } = useI18n(texts);
  const { name, method, repositories, known, deprecated, providers } = one;
  return (
    <li>
      <span className={styles.head}>
        <ApiLink
          name={method === null ? name : `${name}.${method}`}
          repositories={known ? repositories : []}
        >
          {method === null ? name : `${name}/${method}`}
        </ApiLink>
        {method === null && <Meta>{t.grpc.whole}</Meta>}
        {deprecated && <Deprecated />}
        {!known && <Chip tone="warn">{t.grpc.unknown}</Chip>}
      </span>
      <span>
        {providers.length > 0 ? <Parties parties={providers} /> : <Meta>{t.grpc.noProvider}</Meta>}
      </span>
    </li>
  );
}
