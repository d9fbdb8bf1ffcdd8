/** Sending pictures: by XMLHttpRequest, because fetch cannot say how far it has come. */

import { useSyncExternalStore } from "react";
import { report, sessionHeaders } from "./client";
import type { AssetOut } from "./generated";
import { offline, type ProblemError, problemFrom } from "./problems";

/** One file on its way. It outlives the page that began it. */
export interface Upload {
  id: number;
  name: string;
  /** 0 to 1; what the server does with it afterwards is the asset's `state`. */
  sent: number;
  state: "waiting" | "sending" | "done" | "known" | "failed";
  problem: ProblemError | null;
  /** What it became: of a `known` one, what was there before. */
  asset: AssetOut | null;
  file: File;
}

const atOnce = 2;
let uploads: readonly Upload[] = [];
let lastId = 0;
let whenDone: (asset: AssetOut) => void = () => undefined;
const listeners = new Set<() => void>();

function publish(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}

function change(id: number, facts: Partial<Upload>): void {
  publish(uploads.map((upload) => (upload.id === id ? { ...upload, ...facts } : upload)));
}

/** Called with every asset that the server has taken in. */
export function onUploaded(listener: (asset: AssetOut) => void): void {
  whenDone = listener;
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads,
  );
}

export function upload(files: readonly File[]): void {
  const added = files.map((file): Upload => {
    lastId += 1;
    return { id: lastId, name: file.name, sent: 0, state: "waiting", problem: null, asset: null, file };
  });
  publish([...uploads, ...added]);
  sendNext();
}

export function retryUpload(id: number): void {
  change(id, { state: "waiting", sent: 0, problem: null });
  sendNext();
}

export function forgetUpload(id: number): void {
  publish(uploads.filter((upload) => upload.id !== id));
}

function sendNext(): void {
  const free = atOnce - uploads.filter((upload) => upload.state === "sending").length;
  for (const next of uploads.filter((upload) => upload.state === "waiting").slice(0, Math.max(0, free))) {
    change(next.id, { state: "sending" });
    send(next);
  }
}

function send({ id, file }: Upload): void {
  const body = new FormData();
  body.append("file", file, file.name.normalize("NFC"));
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/assets");
  request.responseType = "json";
  for (const [name, value] of Object.entries(sessionHeaders("POST"))) request.setRequestHeader(name, value);
  request.upload.onprogress = (event) =>
    event.lengthComputable && change(id, { sent: event.loaded / event.total });
  request.onload = () => finish(id, request);
  request.onerror = () => fail(id, report(offline()));
  request.send(body);
}

function finish(id: number, request: XMLHttpRequest): void {
  if (request.status >= 400) {
    fail(id, report(problemFrom(request.status, request.response)));
    return;
  }
  const asset = request.response as AssetOut;
  // 202: taken in; 200: the same content was there already.
  change(id, { state: request.status === 200 ? "known" : "done", sent: 1, asset });
  whenDone(asset);
  sendNext();
}

function fail(id: number, problem: ProblemError): void {
  change(id, { state: "failed", problem });
  sendNext();
}
