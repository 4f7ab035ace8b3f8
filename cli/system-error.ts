const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
};

/** A failed file operation in words, with the path as the user wrote it. */
export function explainSystemError(error: unknown, path: string, verb = 'read'): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return `Cannot ${verb} '${path}': ${REASONS[code] ?? (code || String(error))}.`;
}
