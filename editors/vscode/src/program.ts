// Which program to start.
import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Program {
  path: string;
  /** How it was found, for the log. */
  found: "setting" | "project" | "PATH" | "bundled";
}

export interface Places {
  /** The setting; empty when not set. */
  setting: string;
  /** Folders of the workspace; none when the workspace is not trusted. */
  folders: string[];
  /** The environment's PATH. */
  path: string;
  /** Where the extension keeps the program it brings along, in a folder named after the platform it is for. */
  bundle: string;
}

/** What this machine is called by those who package extensions. */
export const PLATFORM = `${process.platform}-${process.arch === "arm" ? "armhf" : process.arch}`;

const SUFFIXES = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
const OWN = [".venv/bin", ".venv/Scripts", "node_modules/.bin"];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function firstIn(folders: string[]): string | undefined {
  const files = folders.flatMap((folder) => SUFFIXES.map((suffix) => join(folder, `racewise${suffix}`)));
  return files.find(isExecutable);
}

/** The program to start; undefined when there is none. What the setting names is taken even when it is not there. */
export function findProgram(places: Places): Program | undefined {
  if (places.setting) return { path: places.setting, found: "setting" };
  const own = firstIn(places.folders.flatMap((folder) => OWN.map((below) => join(folder, below))));
  if (own) return { path: own, found: "project" };
  const installed = firstIn(places.path.split(delimiter).filter((folder) => folder !== ""));
  if (installed) return { path: installed, found: "PATH" };
  const bundled = firstIn([join(places.bundle, PLATFORM)]);
  return bundled ? { path: bundled, found: "bundled" } : undefined;
}

/** The platforms that the extension brings a program for: one in a package, none in a checkout. */
export function bundledPlatforms(bundle: string): string[] {
  try {
    return readdirSync(bundle);
  } catch {
    return [];
  }
}
