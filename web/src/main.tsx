// SPDX-License-Identifier: Apache-2.0
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "@/app/I18nProvider";
import { createQueries } from "@/app/queries";
import { followUnauthorized } from "@/app/unauthorized";
import { loadI18n } from "@/i18n";
import { currentPrefs } from "@/lib/prefs";
import { createPageRouter } from "@/routes/router";
import { Toasts } from "@/ui/Toast";

const client = createQueries();
const router = createPageRouter(client);
followUnauthorized(client, router);

loadI18n(currentPrefs().language).then((start) => {
  const root = document.getElementById("root");
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={client}>
          <I18nProvider start={start}>
            <RouterProvider router={router} />
            <Toasts />
          </I18nProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
  }
});
