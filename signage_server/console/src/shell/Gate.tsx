import { Center, Loader } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { MeOut } from "../api/generated";
import { goLive } from "../api/live";
import { asProblem } from "../api/problems";
import { assetsQuery, meQuery } from "../api/queries";
import { onUploaded } from "../api/upload";
import { chooseLanguage } from "../i18n";
import { SignInPage } from "../pages/entry/SignInPage";
import { Trouble } from "../ui/Trouble";
import { SessionEnded } from "./SessionEnded";
import { Shell } from "./Shell";

/** Who is there? The page behind it stays as it was asked for, so signing in leads straight to it. */
export function Gate() {
  const me = useQuery(meQuery);
  if (me.data) return <SignedIn me={me.data} />;
  if (me.isPending) return <Waiting />;
  if (asProblem(me.error).status === 401) return <SignInPage />;
  return (
    <Center mih="100dvh" p="lg">
      <Trouble error={me.error} onRetry={() => void me.refetch()} />
    </Center>
  );
}

function Waiting() {
  return (
    <Center mih="100dvh">
      <Loader />
    </Center>
  );
}

function SignedIn({ me }: { me: MeOut }) {
  const queries = useQueryClient();
  useEffect(() => goLive(queries), [queries]);
  useEffect(
    () => onUploaded(() => void queries.invalidateQueries({ queryKey: assetsQuery.queryKey })),
    [queries],
  );
  useEffect(() => {
    if (me.language) chooseLanguage(me.language);
  }, [me.language]);
  return (
    <>
      <Shell me={me} />
      <SessionEnded />
    </>
  );
}
