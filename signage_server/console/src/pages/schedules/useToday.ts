import { useQuery } from "@tanstack/react-query";
import { serverQuery } from "../../api/queries";
import { dayIn } from "./civil";

/** Today where the office is, wherever the browser stands. */
export function useToday(): string {
  const zone = useQuery(serverQuery).data?.timezone;
  return dayIn(zone, Date.now());
}
