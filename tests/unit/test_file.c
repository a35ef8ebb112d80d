/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: reading all kinds of them, and replacing one or leaving it untouched. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */
#include "check.h"
#include "file.h"
#include "memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static char folder[] = "/tmp/coopnet-test-XXXXXX";

static const char *in_folder(const char *name) {
    static char path[2][200];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int entries(void) {
    int count = 0;
    DIR *dir = opendir(folder);
    while (dir && readdir(dir)) {
        count++;
    }
    if (dir) {
        closedir(dir);
    }
    return count - 2;
}

static void check_content(const char *path, const char *want) {
    cn_buf buf = {0};
    CHECK_INT(cn__file_read(path, 1000000, NULL, &buf, NULL), CN_OK);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void check_read_fails(const char *path, cn_status status, cn_message message) {
    cn_buf buf = {0};
    cn_error err = {0};
    CHECK_INT(cn__file_read(path, 1000, NULL, &buf, &err), status);
    CHECK_INT(err.message, message);
    CHECK(buf.data == NULL);
}

static void there_and_back(void) {
    const char *path = in_folder("a.txt");
    CHECK_INT(cn_file_write(path, "привет", strlen("привет"), NULL), CN_OK);
    check_content(path, "привет");
    CHECK_INT(cn_file_write(path, "new", 3, NULL), CN_OK);
    check_content(path, "new");
    CHECK_INT(cn_file_write(path, NULL, 0, NULL), CN_OK);
    check_content(path, "");
    CHECK_INT(entries(), 1);
    unlink(path);
}

static void relative_path(void) {
    CHECK_INT(chdir(folder), 0);
    cn_status status = cn_file_write("b.txt", "b", 1, NULL);
    CHECK_INT(chdir("/"), 0);
    CHECK_INT(status, CN_OK);
    check_content(in_folder("b.txt"), "b");
    unlink(in_folder("b.txt"));
}

static void large(void) {
    const char *path = in_folder("large");
    enum { LEN = 3 * 1024 * 1024 + 17 };
    static char bytes[LEN];
    for (size_t i = 0; i < LEN; i++) {
        bytes[i] = (char)(i * 7);
    }
    CHECK_INT(cn_file_write(path, bytes, LEN, NULL), CN_OK);
    cn_buf buf = {0};
    CHECK_INT(cn__file_read(path, LEN, NULL, &buf, NULL), CN_OK);
    CHECK_INT(buf.len, LEN);
    CHECK(memcmp(buf.data, bytes, LEN) == 0);
    cn_buf_release(&buf);
    cn_error err = {0};
    CHECK_INT(cn__file_read(path, LEN - 1, NULL, &buf, &err), CN_ERR_LIMIT);
    CHECK_INT(err.message, CN_MSG_READ_TOO_LARGE);
    unlink(path);
}

static void special_files(void) {
    check_read_fails(in_folder("none"), CN_ERR_INPUT, CN_MSG_FILE_NOT_FOUND);
    check_read_fails(folder, CN_ERR_INPUT, CN_MSG_FILE_IS_FOLDER);
    check_read_fails("/dev/zero", CN_ERR_LIMIT, CN_MSG_READ_TOO_LARGE);
    check_content("/dev/null", "");
    cn_buf buf = {0};
    CHECK_INT(cn__file_read("/proc/self/status", 1000000, NULL, &buf, NULL), CN_OK); /* has the size 0 */
    CHECK(buf.len > 100);
    cn_buf_release(&buf);
    CHECK(cn__path_is_dir(folder));
    CHECK(!cn__path_is_dir("/dev/null"));
    CHECK(!cn__path_is_dir(in_folder("none")));
    if (geteuid() != 0) {
        const char *path = in_folder("closed");
        CHECK_INT(cn_file_write(path, "x", 1, NULL), CN_OK);
        chmod(path, 0);
        check_read_fails(path, CN_ERR_INPUT, CN_MSG_FILE_NOT_ALLOWED);
        unlink(path);
    }
}

static void standard_input(void) {
    int ends[2];
    CHECK_INT(pipe(ends), 0);
    CHECK_INT(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    int kept = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    cn_buf buf = {0};
    cn_status status = cn__file_read("-", 11, NULL, &buf, NULL);
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
    CHECK_INT(status, CN_OK);
    CHECK_TEXT(buf.data, "from a pipe");
    cn_buf_release(&buf);
}

static volatile sig_atomic_t woken;

static void wake(int signal_number) {
    (void)signal_number;
    woken = 1;
}

static bool until_woken(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return !woken;
}

/* What `path` gives never ends; a signal comes again and again, so that one surely comes while somebody waits there. */
static void check_stops(const char *path) {
    const struct itimerval often = {{0, 5000}, {0, 5000}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    const cn_watch watch = {until_woken, NULL};
    struct sigaction action;
    struct sigaction before;
    cn_buf buf = {0};
    cn_error err = {0};
    memset(&action, 0, sizeof action);
    action.sa_handler = wake; /* without SA_RESTART */
    woken = 0;
    CHECK_INT(sigaction(SIGALRM, &action, &before), 0);
    CHECK_INT(setitimer(ITIMER_REAL, &often, NULL), 0);
    CHECK_INT(cn__file_read(path, 1000, &watch, &buf, &err), CN_ERR_CANCELLED);
    CHECK_INT(setitimer(ITIMER_REAL, &never, NULL), 0);
    CHECK_INT(sigaction(SIGALRM, &before, NULL), 0);
    CHECK_INT(err.message, CN_MSG_CANCELLED);
    CHECK(buf.data == NULL);
}

static void stopped_while_waiting(void) {
    const char *path = in_folder("pipe");
    CHECK_INT(mkfifo(path, 0600), 0);
    check_stops(path); /* nobody has it open for writing */
    int end = open(path, O_RDWR | O_CLOEXEC);
    CHECK_INT(write(end, "half", 4), 4);
    check_stops(path); /* somebody has, and writes no more */
    close(end);
    unlink(path);
}

static void check_write_fails(const char *path, cn_message message) {
    cn_error err = {0};
    int before = entries();
    CHECK_INT(cn_file_write(path, "x", 1, &err), message == CN_MSG_OUT_OF_MEMORY ? CN_ERR_MEMORY : CN_ERR_IO);
    CHECK_INT(err.message, message);
    CHECK_INT(entries(), before);
}

static void writing_fails(void) {
    check_write_fails("/dev/full", CN_MSG_WRITE_NO_SPACE);
    check_write_fails(folder, CN_MSG_FILE_IS_FOLDER);
    check_write_fails(in_folder("none/x"), CN_MSG_WRITE_NO_FOLDER);
    const char *path = in_folder("kept");
    CHECK_INT(cn_file_write(path, "old", 3, NULL), CN_OK);
    cn__alloc_fail_after(0);
    cn_status status = cn_file_write(path, "new", 3, NULL);
    cn__alloc_fail_after(CN__ALLOC_NEVER);
    CHECK_INT(status, CN_ERR_MEMORY);
    if (geteuid() != 0) {
        chmod(path, 0400);
        check_write_fails(path, CN_MSG_WRITE_NOT_ALLOWED);
    }
    check_content(path, "old");
    CHECK_INT(entries(), 1);
    unlink(path);
    CHECK_INT(cn_file_write("/dev/null", "x", 1, NULL), CN_OK);
    struct stat info;
    CHECK(stat("/dev/null", &info) == 0 && S_ISCHR(info.st_mode));
}

/* The disk fills up in the middle of writing, which a limit of the file size stands for. */
static void writing_stops_halfway(void) {
    const char *path = in_folder("half");
    char bytes[5000] = {0};
    CHECK_INT(cn_file_write(path, "old", 3, NULL), CN_OK);
    struct rlimit old;
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &old), 0);
    struct rlimit small = {.rlim_cur = 1000, .rlim_max = old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    cn_error err = {0};
    cn_status status = cn_file_write(path, bytes, sizeof bytes, &err);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    CHECK_INT(status, CN_ERR_IO);
    CHECK_INT(err.message, CN_MSG_CANNOT_WRITE);
    CHECK_INT(entries(), 1);
    check_content(in_folder("half"), "old");
    unlink(in_folder("half"));
}

static void permissions_and_links(void) {
    const char *path = in_folder("real");
    struct stat info;
    mode_t mask = umask(027);
    CHECK_INT(cn_file_write(path, "1", 1, NULL), CN_OK);
    umask(mask);
    CHECK_INT(stat(path, &info), 0);
    CHECK_INT(info.st_mode & 0777, 0640);
    chmod(path, 0604);
    CHECK_INT(symlink("real", in_folder("link")), 0);
    CHECK_INT(cn_file_write(in_folder("link"), "2", 1, NULL), CN_OK);
    check_content(path = in_folder("real"), "2");
    CHECK_INT(stat(path, &info), 0);
    CHECK_INT(info.st_mode & 0777, 0604);
    CHECK_INT(lstat(in_folder("link"), &info), 0);
    CHECK(S_ISLNK(info.st_mode));
    CHECK_INT(entries(), 2);
    unlink(in_folder("link"));
    unlink(in_folder("real"));
}

int main(void) {
    if (!mkdtemp(folder)) {
        perror("mkdtemp");
        return 1;
    }
    int failed = check_run((check_case[]){{"there and back", there_and_back},
                                          {"relative path", relative_path},
                                          {"large", large},
                                          {"special files", special_files},
                                          {"standard input", standard_input},
                                          {"stopped while waiting for a pipe", stopped_while_waiting},
                                          {"writing fails", writing_fails},
                                          {"writing stops halfway", writing_stops_halfway},
                                          {"permissions and links", permissions_and_links},
                                          {0}});
    if (rmdir(folder) != 0) {
        perror(folder); /* a failed case leaves its files to be looked at */
    }
    return failed;
}
