/**
 * What keeping a file safe needs of a file system, one system call each, so that a test can fail or stop at any of them.
 * Paths are whole.
 */
export interface Disk {
  /** Makes a new file and writes it. @throws where there is one of that name */
  create(path: string, bytes: Uint8Array): Promise<void>;
  /** Waits until the file's content has reached the disk. */
  sync(path: string): Promise<void>;
  /** Gives a file another name; a file of that name is replaced, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Gives a file another name, which no other file has. @throws with code `EEXIST` where one has it */
  publish(from: string, to: string): Promise<void>;
  /** Waits until the names in the file's folder have reached the disk. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file, where there is one. */
  remove(path: string): Promise<void>;
  /** Names in the file's folder; none where there is no such folder. */
  beside(path: string): Promise<readonly string[]>;
  /** A file's bytes; undefined where there is none. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}
