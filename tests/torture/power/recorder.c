/* Records every change that a process makes below some folders, in the order in which it is made.
 *
 * Loaded before the C library (LD_PRELOAD). Linux only. The environment gives
 *   POWER_LOG    the file to append records to
 *   POWER_ROOTS  the folders, absolute, each ended by a colon
 * A record is a fixed head (struct head), two paths and the bytes that were written. A change is recorded after it has
 * succeeded; one lock keeps changes of several threads in their order. A file is known by its inode.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct head {
    char kind; /* C create, W write, T truncate, R rename, L link, U unlink, M mkdir, D rmdir, S sync, X mark */
    char unused[3];
    uint32_t path_length, other_length;
    uint32_t also_unused;
    uint64_t inode;
    int64_t offset; /* of a write; length of a truncation */
    uint64_t data_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_handle = -1;
static const char *roots = "";
static long left = -1; /* changes until this process is killed */

__attribute__((constructor)) static void start(void) {
    const char *name = getenv("POWER_LOG");
    roots = getenv("POWER_ROOTS");
    if (roots == NULL) roots = "";
    if (name != NULL) log_handle = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_recorded(const char *path) {
    if (log_handle < 0 || path[0] != '/') return 0;
    for (const char *root = roots; *root;) {
        const char *end = strchr(root, ':');
        if (end == NULL) return 0;
        size_t length = (size_t)(end - root);
        if (strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0)) return 1;
        root = end + 1;
    }
    return 0;
}

static void append(char kind, const char *path, const char *other, uint64_t inode, int64_t offset, const void *data, size_t length) {
    struct head head = {.kind = kind, .inode = inode, .offset = offset, .data_length = length};
    head.path_length = (uint32_t)strlen(path);
    head.other_length = (uint32_t)strlen(other);
    struct iovec parts[4] = {
        {&head, sizeof head}, {(void *)path, head.path_length}, {(void *)other, head.other_length}, {(void *)data, length}};
    size_t whole = sizeof head + head.path_length + head.other_length + length;
    if ((size_t)syscall(SYS_writev, log_handle, parts, 4) != whole) abort();
    if (left > 0 && --left == 0) kill(getpid(), SIGKILL);
}

/* The path of an open file; 0 if it is not recorded. */
static int find_path(int handle, char *path) {
    char name[64];
    if (log_handle < 0 || handle < 0 || handle == log_handle) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(name, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_recorded(path);
}

static int resolve(int folder, const char *given, char *path) {
    char start[PATH_MAX];
    if (given == NULL || log_handle < 0) return 0;
    if (given[0] == '/') {
        snprintf(path, PATH_MAX, "%s", given);
    } else if (folder == AT_FDCWD) {
        if (getcwd(start, sizeof start) == NULL) return 0;
        snprintf(path, PATH_MAX, "%.2000s/%.2000s", start, given);
    } else {
        if (!find_path(folder, start)) return 0;
        snprintf(path, PATH_MAX, "%.2000s/%.2000s", start, given);
    }
    return is_recorded(path);
}

static uint64_t inode_of(int handle) {
    struct stat status;
    return fstat(handle, &status) == 0 ? (uint64_t)status.st_ino : 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define KEEP_ERRNO(action) do { int kept = errno; action; errno = kept; } while (0)

/* Kill this process after it has made so many more changes. */
void power_kill_after(long changes) { left = changes; }

void power_mark(const char *folder) {
    if (log_handle < 0) return;
    pthread_mutex_lock(&lock);
    append('X', folder, "", 0, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
}

/* ------------------------------------------------------------------------------------------------ opening */

static int open_recorded(int folder, const char *given, int flags, mode_t mode) {
    static int (*real)(int, const char *, int, ...);
    if (real == NULL) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat64");
    char path[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || !resolve(folder, given, path)) return real(folder, given, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat before;
    int existed = stat(path, &before) == 0;
    int handle = real(folder, given, flags, mode);
    KEEP_ERRNO({
        if (handle >= 0 && !existed) append('C', path, "", inode_of(handle), 0, NULL, 0);
        else if (handle >= 0 && (flags & O_TRUNC)) append('T', path, "", inode_of(handle), 0, NULL, 0);
    });
    pthread_mutex_unlock(&lock);
    return handle;
}

#define OPEN(name, ...) \
    int name(__VA_ARGS__ const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = (mode_t)va_arg(rest, int); va_end(rest); }
OPEN(open) return open_recorded(AT_FDCWD, path, flags, mode); }
OPEN(open64) return open_recorded(AT_FDCWD, path, flags, mode); }
OPEN(openat, int folder,) return open_recorded(folder, path, flags, mode); }
OPEN(openat64, int folder,) return open_recorded(folder, path, flags, mode); }
int __open_2(const char *path, int flags) { return open_recorded(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_recorded(AT_FDCWD, path, flags, 0); }
int creat(const char *path, mode_t mode) { return open_recorded(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open_recorded(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

/* ------------------------------------------------------------------------------------------------ writing */

static int64_t position(int handle) {
    int flags = fcntl(handle, F_GETFL);
    return lseek(handle, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
}

ssize_t write(int handle, const void *data, size_t length) {
    char path[PATH_MAX];
    __typeof__(&write) real = REAL(write);
    if (!find_path(handle, path)) return real(handle, data, length);
    pthread_mutex_lock(&lock);
    int64_t offset = position(handle);
    ssize_t written = real(handle, data, length);
    KEEP_ERRNO(if (written > 0) append('W', path, "", inode_of(handle), offset, data, (size_t)written));
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t writev(int handle, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    __typeof__(&writev) real = REAL(writev);
    if (!find_path(handle, path)) return real(handle, parts, count);
    ssize_t total = 0;
    for (int number = 0; number < count; number++) {
        ssize_t written = write(handle, parts[number].iov_base, parts[number].iov_len);
        if (written < 0) return total ? total : written;
        total += written;
        if ((size_t)written < parts[number].iov_len) break;
    }
    return total;
}

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off_t), int handle, const void *data, size_t length, off_t offset) {
    char path[PATH_MAX];
    if (!find_path(handle, path)) return real(handle, data, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t written = real(handle, data, length, offset);
    KEEP_ERRNO(if (written > 0) append('W', path, "", inode_of(handle), offset, data, (size_t)written));
    pthread_mutex_unlock(&lock);
    return written;
}
ssize_t pwrite(int handle, const void *data, size_t length, off_t offset) { return write_at(REAL(pwrite), handle, data, length, offset); }
ssize_t pwrite64(int handle, const void *data, size_t length, off64_t offset) { return write_at(REAL(pwrite64), handle, data, length, offset); }

static int cut(int (*real)(int, off_t), int handle, off_t length) {
    char path[PATH_MAX];
    if (!find_path(handle, path)) return real(handle, length);
    pthread_mutex_lock(&lock);
    int result = real(handle, length);
    KEEP_ERRNO(if (result == 0) append('T', path, "", inode_of(handle), length, NULL, 0));
    pthread_mutex_unlock(&lock);
    return result;
}
int ftruncate(int handle, off_t length) { return cut(REAL(ftruncate), handle, length); }
int ftruncate64(int handle, off64_t length) { return cut(REAL(ftruncate64), handle, length); }

/* Python copies files with these where it can: refused, so that it reads and writes. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) { (void)out; (void)in; (void)offset; (void)count; errno = EINVAL; return -1; }
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) { (void)out; (void)in; (void)offset; (void)count; errno = EINVAL; return -1; }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    (void)in; (void)from; (void)out; (void)to; (void)length; (void)flags; errno = EXDEV; return -1;
}

static int sync_recorded(int (*real)(int), int handle) {
    char path[PATH_MAX];
    if (!find_path(handle, path)) return real(handle);
    pthread_mutex_lock(&lock);
    int result = real(handle);
    KEEP_ERRNO(if (result == 0) append('S', path, "", inode_of(handle), 0, NULL, 0));
    pthread_mutex_unlock(&lock);
    return result;
}
int fsync(int handle) { return sync_recorded(REAL(fsync), handle); }
int fdatasync(int handle) { return sync_recorded(REAL(fdatasync), handle); }

/* ------------------------------------------------------------------------------------------------- names */

#define CHANGE_NAME(call, kind, folder, given) \
    char path[PATH_MAX]; \
    if (!resolve(folder, given, path)) return call; \
    pthread_mutex_lock(&lock); \
    int result = call; \
    KEEP_ERRNO(if (result == 0) append(kind, path, "", 0, 0, NULL, 0)); \
    pthread_mutex_unlock(&lock); \
    return result;
int unlink(const char *name) { CHANGE_NAME(REAL(unlink)(name), 'U', AT_FDCWD, name) }
int unlinkat(int folder, const char *name, int flags) { CHANGE_NAME(REAL(unlinkat)(folder, name, flags), flags & AT_REMOVEDIR ? 'D' : 'U', folder, name) }
int rmdir(const char *name) { CHANGE_NAME(REAL(rmdir)(name), 'D', AT_FDCWD, name) }
int mkdir(const char *name, mode_t mode) { CHANGE_NAME(REAL(mkdir)(name, mode), 'M', AT_FDCWD, name) }
int mkdirat(int folder, const char *name, mode_t mode) { CHANGE_NAME(REAL(mkdirat)(folder, name, mode), 'M', folder, name) }

#define CHANGE_TWO(call, kind, from_folder, from, to_folder, to) \
    char path[PATH_MAX], other[PATH_MAX]; \
    int first = resolve(from_folder, from, path), second = resolve(to_folder, to, other); \
    if (!first && !second) return call; \
    pthread_mutex_lock(&lock); \
    int result = call; \
    KEEP_ERRNO(if (result == 0) append(kind, path, other, 0, 0, NULL, 0)); \
    pthread_mutex_unlock(&lock); \
    return result;
int rename(const char *from, const char *to) { CHANGE_TWO(REAL(rename)(from, to), 'R', AT_FDCWD, from, AT_FDCWD, to) }
int renameat(int a, const char *from, int b, const char *to) { CHANGE_TWO(REAL(renameat)(a, from, b, to), 'R', a, from, b, to) }
int link(const char *from, const char *to) { CHANGE_TWO(REAL(link)(from, to), 'L', AT_FDCWD, from, AT_FDCWD, to) }
int linkat(int a, const char *from, int b, const char *to, int flags) { CHANGE_TWO(REAL(linkat)(a, from, b, to, flags), 'L', a, from, b, to) }
