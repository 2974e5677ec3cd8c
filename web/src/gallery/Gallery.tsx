// SPDX-License-Identifier: Apache-2.0
import { getRouteApi } from "@tanstack/react-router";
import { useI18n } from "@/i18n";
import { EmptyState } from "@/ui/State";
import { LanguageButton, ThemeButton } from "@/ui/Switches";
import { TextLink } from "@/ui/Text";
import styles from "./Gallery.module.css";
import { parts } from "./parts";
import { Sheet } from "./Sheet";
import { Stage } from "./Stage";
import { scenes } from "./scenes";
import { PARTS, type PartId, SCENES, type SceneId, SHOWS } from "./shows";

const route = getRouteApi("/gallery");

const isPart = (id: string): id is PartId => id in parts;
const isScene = (id: string): id is SceneId => id in scenes;

/** Every component and every screen in each of its states, without a server. */
export function Gallery() {
  const { show } = route.useSearch();
  if (show === undefined) {
    return <Index />;
  }
  if (isPart(show)) {
    return (
      <Sheet key={show} title={show}>
        {parts[show]()}
      </Sheet>
    );
  }
  return isScene(show) ? <Stage key={show} scene={scenes[show]} /> : <Unknown id={show} />;
}

function Index() {
  const { t } = useI18n();
  return (
    <Sheet title={t.gallery.title}>
      <div>
        <ThemeButton /> <LanguageButton />
      </div>
      <Group title="ui" ids={PARTS} />
      <Group title="features" ids={SCENES} />
    </Sheet>
  );
}

function Group({ title, ids }: { title: string; ids: readonly string[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className={styles.index}>
        {ids.map((id) => (
          <li key={id}>
            <TextLink to="/gallery" search={{ show: id }}>
              {id}
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unknown({ id }: { id: string }) {
  const { t } = useI18n();
  const near = SHOWS.filter((each) => each.startsWith(id.split("-")[0] ?? ""));
  return (
    <Sheet title={t.gallery.title}>
      <EmptyState title={id} />
      <Group title="" ids={near} />
    </Sheet>
  );
}
