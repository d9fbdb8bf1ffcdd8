import { Skeleton, Stack } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { WallPage } from "../pages/wall/WallPage";
import { NotFound } from "./NotFound";

const LibraryPage = lazy(() => import("../pages/library/LibraryPage"));
const PlaylistsPage = lazy(() => import("../pages/playlists/PlaylistsPage"));
const PlaylistPage = lazy(() => import("../pages/playlists/PlaylistPage"));
const SchedulesPage = lazy(() => import("../pages/schedules/SchedulesPage"));
const SchedulePage = lazy(() => import("../pages/schedules/SchedulePage"));
const ImportPage = lazy(() => import("../pages/schedules/ImportPage"));
const DaySetsPage = lazy(() => import("../pages/daysets/DaySetsPage"));
const DaySetPage = lazy(() => import("../pages/daysets/DaySetPage"));
const WeekPage = lazy(() => import("../pages/week/WeekPage"));
const MomentPage = lazy(() => import("../pages/moment/MomentPage"));
const ReportsPage = lazy(() => import("../pages/reports/ReportsPage"));
const SettingsPage = lazy(() => import("../pages/settings/SettingsPage"));

export function Pages() {
  return (
    <Suspense fallback={<Coming />}>
      <Switch>
        <Route path="/" component={WallPage} />
        <Route path="/claim" component={WallPage} />
        <Route path="/sign-in">
          <Redirect to="/" />
        </Route>
        <Route path="/library" component={LibraryPage} />
        <Route path="/playlists" component={PlaylistsPage} />
        <Route path="/playlists/:id">{({ id }) => <PlaylistPage key={id} id={id} />}</Route>
        <Route path="/schedules" component={SchedulesPage} />
        <Route path="/schedules/import" component={ImportPage} />
        <Route path="/schedules/:id">{({ id }) => <SchedulePage key={id} id={id} />}</Route>
        <Route path="/day-sets" component={DaySetsPage} />
        <Route path="/day-sets/:id">{({ id }) => <DaySetPage key={id} id={id} />}</Route>
        <Route path="/week" component={WeekPage} />
        <Route path="/moment" component={MomentPage} />
        <Route path="/reports" component={ReportsPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}

function Coming() {
  return (
    <Stack gap="lg">
      <Skeleton h={36} w={260} />
      <Skeleton h={220} />
    </Stack>
  );
}
