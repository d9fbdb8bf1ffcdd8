import { useQueryClient } from "@tanstack/react-query";
import { rememberCsrfToken } from "../../api/client";
import type { MeOut } from "../../api/generated";
import { meQuery } from "../../api/queries";

/** Take in whoever has just signed in. */
export function useWelcome(): (me: MeOut) => void {
  const queries = useQueryClient();
  return (me) => {
    rememberCsrfToken(me.csrf_token);
    queries.setQueryData(meQuery.queryKey, me);
  };
}
