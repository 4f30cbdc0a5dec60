/*
 * Forgets writes that were not synced, as a power cut does: loaded before libc (LD_PRELOAD), it keeps everything written to
 * the files of some folders in memory and lets it reach the real file only when that file is synced. Reads see the memory.
 * SIGKILL then takes along what no fsync or fdatasync had covered. Linux only.
 *
 *   LOST_WRITE_DIRS              folders, separated by ':'
 *   LOST_WRITE_SWALLOW_WAL_SYNC  "1": the sync of a commit does nothing, which is what PRAGMA synchronous=NORMAL amounts to:
 *                                SQLite then syncs its log only before a checkpoint and after a new log header
 *   LOST_WRITE_LEAK_PERCENT      so many of a hundred writes reach the real file at once all the same: a disk may keep any
 *                                part of what nobody asked it to keep
 *   LOST_WRITE_SEED              chooses which
 *   LOST_WRITE_REPORT            "1": tells on standard error at a clean end what it saw
 *
 * SQLite's -shm file (mapped memory, rebuilt after every crash) and the lock file pass through. Names are not held back: a
 * file that was made, renamed or deleted stays so after the kill.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FD_MAX 65536
#define BLOCK 512
#define PATH_BYTES 4096

struct file {
  struct file *next;
  dev_t dev;
  ino_t ino;
  int gone;            /* its name was deleted or taken by another file */
  int shadow;          /* memfd with the content as the process sees it */
  unsigned char *dirty; /* a flag for each block that differs from the real file */
  size_t dirty_blocks;
  int resized;
  int is_wal;
  int header_written;  /* of a write-ahead log: its first bytes changed since the last sync */
  char path[PATH_BYTES];
};

static struct file *files;
static struct file *by_fd[FD_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *dirs[8];
static int dir_count = -1;
static int swallow, leak_percent, report;
static uint32_t chance;
static unsigned long held_writes, leaked_writes, syncs, swallowed_syncs, flushed_bytes;

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void die(const char *why) {
  fprintf(stderr, "lost-write: %s\n", why);
  abort();
}

static int real_open(const char *path, int flags, mode_t mode) { REAL(open64); return real(path, flags, mode); }
static ssize_t real_pread(int fd, void *to, size_t n, off64_t at) { REAL(pread64); return real(fd, to, n, at); }
static ssize_t real_pwrite(int fd, const void *from, size_t n, off64_t at) { REAL(pwrite64); return real(fd, from, n, at); }
static int real_ftruncate(int fd, off64_t size) { REAL(ftruncate64); return real(fd, size); }
static int real_fstat(int fd, struct stat64 *to) { REAL(fstat64); return real(fd, to); }
static int real_close(int fd) { REAL(close); return real(fd); }
static off64_t real_lseek(int fd, off64_t at, int whence) { REAL(lseek64); return real(fd, at, whence); }

/* ---- what belongs to the folders --------------------------------------------------------------------------------- */

static void read_settings(void) {
  const char *list = getenv("LOST_WRITE_DIRS");
  const char *seed = getenv("LOST_WRITE_SEED"), *leak = getenv("LOST_WRITE_LEAK_PERCENT");
  dir_count = 0;
  swallow = getenv("LOST_WRITE_SWALLOW_WAL_SYNC") && !strcmp(getenv("LOST_WRITE_SWALLOW_WAL_SYNC"), "1");
  report = getenv("LOST_WRITE_REPORT") && !strcmp(getenv("LOST_WRITE_REPORT"), "1");
  leak_percent = leak ? atoi(leak) : 0;
  chance = seed ? (uint32_t)atoi(seed) : 1;
  if (!list) return;
  char *copy = strdup(list), *rest = copy;
  for (char *dir; (dir = strsep(&rest, ":")) && dir_count < 8;) if (*dir) dirs[dir_count++] = dir;
}

static int ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && !strcmp(text + n - m, end);
}

static int is_ours(const char *path) {
  if (dir_count < 0) read_settings();
  if (ends_with(path, "-shm") || ends_with(path, ".lock")) return 0;
  for (int i = 0; i < dir_count; i++) {
    size_t n = strlen(dirs[i]);
    if (!strncmp(path, dirs[i], n) && path[n] == '/') return 1;
  }
  return 0;
}

/* Asked anew each time: Node closes handles by a bare system call, so a number may stand for another file by now. */
static struct file *file_of(int fd) {
  struct stat64 st;
  if (fd < 0 || fd >= FD_MAX || !by_fd[fd]) return NULL;
  int kept_errno = errno;
  if (real_fstat(fd, &st) || st.st_ino != by_fd[fd]->ino || st.st_dev != by_fd[fd]->dev) by_fd[fd] = NULL;
  errno = kept_errno;
  return by_fd[fd];
}

static struct file *find_inode(dev_t dev, ino_t ino) {
  for (struct file *one = files; one; one = one->next) if (!one->gone && one->dev == dev && one->ino == ino) return one;
  return NULL;
}

static struct file *find_path(const char *path) {
  for (struct file *one = files; one; one = one->next) if (!one->gone && !strcmp(one->path, path)) return one;
  return NULL;
}

static off64_t size_of(struct file *file) {
  struct stat64 st;
  if (real_fstat(file->shadow, &st)) die("the memory of a file has no size");
  return st.st_size;
}

static void mark(struct file *file, off64_t from, off64_t to) {
  size_t last = (size_t)((to + BLOCK - 1) / BLOCK);
  if (last > file->dirty_blocks) {
    size_t grown = last * 2 + 64;
    file->dirty = realloc(file->dirty, grown);
    if (!file->dirty) die("no memory");
    memset(file->dirty + file->dirty_blocks, 0, grown - file->dirty_blocks);
    file->dirty_blocks = grown;
  }
  for (size_t block = (size_t)(from / BLOCK); block < last; block++) file->dirty[block] = 1;
}

/* The content as it is on the disk, read before anybody holds a lock on the file: closing a second handle would drop it. */
static struct file *adopt(int fd, const char *path, struct stat64 *st) {
  struct file *file = calloc(1, sizeof *file);
  if (!file) die("no memory");
  file->dev = st->st_dev;
  file->ino = st->st_ino;
  file->is_wal = ends_with(path, "-wal");
  snprintf(file->path, sizeof file->path, "%s", path);
  file->shadow = memfd_create("lost-write", MFD_CLOEXEC);
  if (file->shadow < 0) die("no memory file");
  char link[64], bytes[65536];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int source = real_open(link, O_RDONLY | O_CLOEXEC, 0);
  if (source < 0) die("a file cannot be read");
  for (off64_t at = 0;;) {
    ssize_t n = real_pread(source, bytes, sizeof bytes, at);
    if (n <= 0) break;
    if (real_pwrite(file->shadow, bytes, (size_t)n, at) != n) die("memory file");
    at += n;
  }
  real_close(source);
  file->next = files;
  files = file;
  return file;
}

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= FD_MAX || !is_ours(path)) return fd;
  int kept_errno = errno;
  struct stat64 st;
  if (real_fstat(fd, &st) || !S_ISREG(st.st_mode)) return fd;
  pthread_mutex_lock(&lock);
  struct file *file = find_inode(st.st_dev, st.st_ino);
  if (!file) file = adopt(fd, path, &st);
  snprintf(file->path, sizeof file->path, "%s", path);
  if (flags & O_TRUNC) {
    real_ftruncate(file->shadow, 0);
    file->resized = 1;
  }
  by_fd[fd] = file;
  pthread_mutex_unlock(&lock);
  errno = kept_errno;
  return fd;
}

/* ---- holding back ------------------------------------------------------------------------------------------------ */

static void flush(struct file *file, int fd) {
  unsigned char bytes[BLOCK];
  off64_t size = size_of(file);
  for (size_t block = 0; block < file->dirty_blocks; block++) {
    if (!file->dirty[block]) continue;
    file->dirty[block] = 0;
    off64_t at = (off64_t)block * BLOCK;
    ssize_t n = at < size ? real_pread(file->shadow, bytes, BLOCK, at) : 0;
    if (n > 0 && real_pwrite(fd, bytes, (size_t)n, at) != n) die("a synced write did not reach the file");
    if (n > 0) flushed_bytes += (unsigned long)n;
  }
  if (file->resized && real_ftruncate(fd, size)) die("a synced size did not reach the file");
  file->resized = 0;
  file->header_written = 0;
}

static int fd_of(struct file *file) {
  for (int fd = 0; fd < FD_MAX; fd++) if (by_fd[fd] == file && file_of(fd) == file) return fd;
  return -1;
}

static int synced(int fd, struct file *file) {
  pthread_mutex_lock(&lock);
  syncs++;
  if (swallow && file->is_wal && !file->header_written) swallowed_syncs++;
  else flush(file, fd);
  pthread_mutex_unlock(&lock);
  return 0;
}

static ssize_t write_held(int fd, struct file *file, const void *from, size_t n, off64_t at) {
  pthread_mutex_lock(&lock);
  if (swallow && !file->is_wal && ends_with(file->path, ".db")) {
    /* A checkpoint begins: also NORMAL syncs the log before it. */
    char wal[PATH_BYTES + 8];
    snprintf(wal, sizeof wal, "%s-wal", file->path);
    struct file *log = find_path(wal);
    int log_fd = log ? fd_of(log) : -1;
    if (log_fd >= 0) flush(log, log_fd);
  }
  off64_t before = size_of(file);
  ssize_t done = real_pwrite(file->shadow, from, n, at);
  if (done > 0) {
    held_writes++;
    mark(file, at, at + done);
    if (at + done > before) file->resized = 1;
    if (file->is_wal && at == 0) file->header_written = 1;
    chance = chance * 1664525u + 1013904223u;
    if (leak_percent > 0 && (int)((chance >> 16) % 100) < leak_percent) {
      leaked_writes++;
      if (real_pwrite(fd, from, (size_t)done, at) != done) die("a leaked write failed");
    }
  }
  pthread_mutex_unlock(&lock);
  return done;
}

static off64_t position(int fd, struct file *file) {
  int flags = fcntl(fd, F_GETFL);
  return flags & O_APPEND ? size_of(file) : real_lseek(fd, 0, SEEK_CUR);
}

static void resize(struct file *file, off64_t size) {
  pthread_mutex_lock(&lock);
  off64_t before = size_of(file);
  if (real_ftruncate(file->shadow, size)) die("memory file");
  if (size < before && (size_t)(size / BLOCK) < file->dirty_blocks) mark(file, size / BLOCK * BLOCK, before);
  file->resized = 1;
  pthread_mutex_unlock(&lock);
}

static void forget_name(const char *path) {
  struct stat64 st;
  if (!is_ours(path) || fstatat64(AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW)) return;
  pthread_mutex_lock(&lock);
  struct file *file = find_inode(st.st_dev, st.st_ino);
  if (file) file->gone = 1;
  pthread_mutex_unlock(&lock);
}

/* ---- libc's calls ------------------------------------------------------------------------------------------------ */

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE_OF(flags) REAL(open); return opened(real(path, flags, mode), path, flags); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(real_open(path, flags, mode), path, flags); }
int openat(int dir, const char *path, int flags, ...) { MODE_OF(flags) REAL(openat); return opened(real(dir, path, flags, mode), path, flags); }
int openat64(int dir, const char *path, int flags, ...) { MODE_OF(flags) REAL(openat64); return opened(real(dir, path, flags, mode), path, flags); }

int close(int fd) {
  if (file_of(fd)) by_fd[fd] = NULL;
  return real_close(fd);
}

ssize_t pread64(int fd, void *to, size_t n, off64_t at) {
  struct file *file = file_of(fd);
  return real_pread(file ? file->shadow : fd, to, n, at);
}
ssize_t pread(int fd, void *to, size_t n, off_t at) { return pread64(fd, to, n, at); }

ssize_t read(int fd, void *to, size_t n) {
  REAL(read);
  struct file *file = file_of(fd);
  if (!file) return real(fd, to, n);
  off64_t at = real_lseek(fd, 0, SEEK_CUR);
  ssize_t done = real_pread(file->shadow, to, n, at);
  if (done > 0) real_lseek(fd, at + done, SEEK_SET);
  return done;
}

ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
  struct file *file = file_of(fd);
  return file ? write_held(fd, file, from, n, at) : real_pwrite(fd, from, n, at);
}
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) { return pwrite64(fd, from, n, at); }

ssize_t write(int fd, const void *from, size_t n) {
  REAL(write);
  struct file *file = file_of(fd);
  if (!file) return real(fd, from, n);
  off64_t at = position(fd, file);
  ssize_t done = write_held(fd, file, from, n, at);
  if (done > 0) real_lseek(fd, at + done, SEEK_SET);
  return done;
}

ssize_t readv(int fd, const struct iovec *parts, int count) {
  REAL(readv);
  if (!file_of(fd)) return real(fd, parts, count);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t n = read(fd, parts[i].iov_base, parts[i].iov_len);
    if (n < 0) return all ? all : n;
    all += n;
    if ((size_t)n < parts[i].iov_len) break;
  }
  return all;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  if (!file_of(fd)) return real(fd, parts, count);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) all += write(fd, parts[i].iov_base, parts[i].iov_len);
  return all;
}

ssize_t preadv64(int fd, const struct iovec *parts, int count, off64_t at) {
  REAL(preadv64);
  if (!file_of(fd)) return real(fd, parts, count, at);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t n = pread64(fd, parts[i].iov_base, parts[i].iov_len, at + all);
    if (n < 0) return all ? all : n;
    all += n;
    if ((size_t)n < parts[i].iov_len) break;
  }
  return all;
}
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t at) { return preadv64(fd, parts, count, at); }

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  REAL(pwritev64);
  if (!file_of(fd)) return real(fd, parts, count, at);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) all += pwrite64(fd, parts[i].iov_base, parts[i].iov_len, at + all);
  return all;
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }

off64_t lseek64(int fd, off64_t at, int whence) {
  struct file *file = file_of(fd);
  if (file && whence == SEEK_END) return real_lseek(fd, size_of(file) + at, SEEK_SET);
  return real_lseek(fd, at, whence);
}
off_t lseek(int fd, off_t at, int whence) { return lseek64(fd, at, whence); }

int ftruncate64(int fd, off64_t size) {
  struct file *file = file_of(fd);
  if (!file) return real_ftruncate(fd, size);
  resize(file, size);
  return 0;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int posix_fallocate64(int fd, off64_t at, off64_t n) {
  REAL(posix_fallocate64);
  struct file *file = file_of(fd);
  if (!file) return real(fd, at, n);
  if (at + n > size_of(file)) resize(file, at + n);
  return 0;
}
int posix_fallocate(int fd, off_t at, off_t n) { return posix_fallocate64(fd, at, n); }

int fsync(int fd) {
  REAL(fsync);
  struct file *file = file_of(fd);
  return file ? synced(fd, file) : real(fd);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  struct file *file = file_of(fd);
  return file ? synced(fd, file) : real(fd);
}

void *mmap64(void *where, size_t n, int protection, int flags, int fd, off64_t at) {
  REAL(mmap64);
  if (file_of(fd)) die("a file that is held back was mapped into memory");
  return real(where, n, protection, flags, fd, at);
}
void *mmap(void *where, size_t n, int protection, int flags, int fd, off_t at) { return mmap64(where, n, protection, flags, fd, at); }

int unlink(const char *path) {
  REAL(unlink);
  forget_name(path);
  return real(path);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  forget_name(to);
  int done = real(from, to);
  if (!done && is_ours(to)) {
    pthread_mutex_lock(&lock);
    struct file *file = find_path(from);
    if (file) snprintf(file->path, sizeof file->path, "%s", to);
    pthread_mutex_unlock(&lock);
  }
  return done;
}

static void show_size(struct stat64 *st) {
  if (!S_ISREG(st->st_mode) || dir_count <= 0) return;
  pthread_mutex_lock(&lock);
  struct file *file = find_inode(st->st_dev, st->st_ino);
  if (file) st->st_size = size_of(file);
  pthread_mutex_unlock(&lock);
}

int fstat64(int fd, struct stat64 *to) {
  int done = real_fstat(fd, to);
  if (!done) show_size(to);
  return done;
}
int stat64(const char *path, struct stat64 *to) {
  REAL(stat64);
  int done = real(path, to);
  if (!done) show_size(to);
  return done;
}
/* On 64-bit systems both structures are the same. */
int fstat(int fd, struct stat *to) { return fstat64(fd, (struct stat64 *)to); }
int stat(const char *path, struct stat *to) { return stat64(path, (struct stat64 *)to); }
/* Names under which programs built with an older libc ask. */
int __fxstat64(int version, int fd, struct stat64 *to) { (void)version; return fstat64(fd, to); }
int __fxstat(int version, int fd, struct stat *to) { (void)version; return fstat(fd, to); }
int __xstat64(int version, const char *path, struct stat64 *to) { (void)version; return stat64(path, to); }
int __xstat(int version, const char *path, struct stat *to) { (void)version; return stat(path, to); }

__attribute__((destructor)) static void tell(void) {
  if (report) fprintf(stderr, "lost-write: %lu writes held back, %lu leaked, %lu syncs, %lu swallowed, %lu bytes let through\n", held_writes, leaked_writes, syncs, swallowed_syncs, flushed_bytes);
}
