import { useQueryClient } from "@tanstack/react-query";
import { units } from "../../api/endpoints";
import { unitsQuery } from "../../api/queries";
import { sayProblem } from "../../ui/ask";

/** Give the root unit its name; a failure is said, but keeps nobody out: it can be named in the settings. */
export function useNameUnit(): (name: string) => Promise<void> {
  const queries = useQueryClient();
  return async (name) => {
    try {
      const root = (await units.list()).find((unit) => unit.parent_id === null);
      if (root) await units.patch(root, { name });
      await queries.invalidateQueries({ queryKey: unitsQuery.queryKey });
    } catch (error) {
      sayProblem(error);
    }
  };
}
