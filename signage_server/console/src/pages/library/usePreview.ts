import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assets } from "../../api/endpoints";
import { asProblem } from "../../api/problems";
import { type Draft, draftErrors, excess, missing, nameOf, noticeOf } from "./notice";

export const shapes = {
  landscape: { profile: "1920x1080", ratio: 16 / 9 },
  portrait: { profile: "1080x1920", ratio: 9 / 16 },
} as const;
export type Shape = keyof typeof shapes;

export interface Preview {
  shape: Shape;
  setShape: (shape: Shape) => void;
  picture: Blob | File | undefined;
  isFetching: boolean;
  /** Why the server makes no picture of it, in one sentence. */
  refusal: string | null;
  /** The same by field of the form. */
  errors: Readonly<Record<string, string>>;
}

/** The picture of a draft, made by the server as soon as there is enough and it may fit. */
export function usePreview(draft: Draft): Preview {
  const [shape, setShape] = useState<Shape>("landscape");
  const { profile } = shapes[shape];
  const body = { name: nameOf(draft), notice: noticeOf(draft) };
  const enabled = missing(draft).length === 0 && Object.keys(excess(draft)).length === 0;
  const picture = useQuery({
    queryKey: ["notice-preview", profile, body.notice],
    queryFn: ({ signal }) => assets.preview(body, profile, signal),
    enabled,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === profile ? keepPreviousData(previous) : undefined,
    gcTime: 60_000,
    retry: false,
  });
  const problem = enabled && picture.error ? asProblem(picture.error) : null;
  const errors = draftErrors(problem?.fields ?? {});
  return {
    shape,
    setShape,
    picture: enabled ? picture.data : undefined,
    isFetching: picture.isFetching,
    // The sentence about the field says more than “the body has an error in 1 field”.
    refusal: Object.values(errors)[0] ?? problem?.detail ?? null,
    errors,
  };
}
