/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts coopnet-layout, feeds it DOT and collects its answer, all through one poll loop with a deadline on the
 * monotonic clock. Invariant: whatever happens, the child is dead and waited for, and the three descriptors are closed, when
 * cn__layout_ask returns. Its input is a socket pair rather than a pipe, so that a child that dies early gives EPIPE
 * instead of the signal SIGPIPE, which belongs to the program we are a library of.
 */
#include "layout.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "error.h"
#include "exchange.h"
#include "number.h"

#define DEFAULT_MS 30000u
#define DEFAULT_BYTES (UINT64_C(2) << 30)
#define MAX_ANSWER ((size_t)256 << 20)
#define MAX_COMPLAINT 2000
#define PROGRAM_NAME "coopnet-layout"

extern char **environ;

typedef struct child {
    pid_t pid; /* 0: none */
    int in;    /* ours to write; -1 when closed, as below */
    int out;
    int err;
} child;

static void close_fd(int *fd) {
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

static int64_t now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * Path of the program where it lies as seen from the running one: beside it in a build, in libexec in an installed tree
 * (which may have been moved since). False where there is none.
 */
static bool program_near(const char *way, cn_buf *out) {
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0) {
        return false;
    }
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash) {
        return false;
    }
    slash[1] = '\0';
    cn_buf_release(out);
    cn_buf_add_text(out, path);
    cn_buf_add_text(out, way);
    cn_buf_add_text(out, PROGRAM_NAME);
    return out->data && access(out->data, X_OK) == 0;
}

static void find_program(const cn_draw_options *options, cn_buf *out) {
    const char *environment = getenv("COOPNET_LAYOUT");
    if (options->layout_program && options->layout_program[0]) {
        cn_buf_add_text(out, options->layout_program);
    } else if (environment && environment[0]) {
        cn_buf_add_text(out, environment);
    } else if (!program_near("", out) && !program_near("../libexec/coopnet/", out)) {
        cn_buf_release(out);
        cn_buf_add_text(out, COOPNET_LIBEXECDIR "/coopnet/" PROGRAM_NAME);
    }
}

static bool keep_private(int fd) { return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0; }

/* Three channels: [0] ours, [1] the child's. */
static bool open_channels(int in[2], int out[2], int err[2]) {
    int back[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, in) != 0) {
        return false;
    }
    if (pipe(back) != 0) {
        return false;
    }
    out[0] = back[0];
    out[1] = back[1];
    if (pipe(back) != 0) {
        return false;
    }
    err[0] = back[0];
    err[1] = back[1];
    return keep_private(in[0]) && keep_private(in[1]) && keep_private(out[0]) && keep_private(out[1]) &&
           keep_private(err[0]) && keep_private(err[1]) && fcntl(in[0], F_SETFL, O_NONBLOCK) == 0;
}

/* 0 or the error number of posix_spawn. */
static int spawn(const char *program, const char *seconds, const char *megabytes, int in, int out, int err,
                 pid_t *pid) {
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed) {
        return failed;
    }
    failed = posix_spawn_file_actions_adddup2(&actions, in, 0);
    failed = failed ? failed : posix_spawn_file_actions_adddup2(&actions, out, 1);
    failed = failed ? failed : posix_spawn_file_actions_adddup2(&actions, err, 2);
    char *copies[3] = {cn__strdup(program), cn__strdup(seconds), cn__strdup(megabytes)};
    if (!copies[0] || !copies[1] || !copies[2]) {
        failed = ENOMEM;
    }
    char *argv[] = {copies[0], copies[1], copies[2], NULL};
    if (!failed) {
        failed = posix_spawnp(pid, program, &actions, NULL, argv, environ);
    }
    for (size_t i = 0; i < 3; i++) {
        cn__free(copies[i]);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static uint32_t limit_ms(const cn_draw_options *options) {
    return options->layout_ms ? options->layout_ms : DEFAULT_MS;
}

static cn_status start(const cn_draw_options *options, child *started, cn_error *err) {
    cn_status status = CN_OK;
    int in[2] = {-1, -1};
    int out[2] = {-1, -1};
    int complaints[2] = {-1, -1};
    cn_buf program = {0};
    cn_buf seconds = {0};
    cn_buf megabytes = {0};
    find_program(options, &program);
    cn__format_u64(&seconds, limit_ms(options) / 1000 + 1);
    uint64_t bytes = options->layout_bytes ? options->layout_bytes : DEFAULT_BYTES;
    cn__format_u64(&megabytes, (bytes >> 20) + ((bytes & 0xFFFFF) != 0));
    if (program.failed || seconds.failed || megabytes.failed) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    int failed = open_channels(in, out, complaints) ? 0 : errno;
    if (!failed) {
        failed = spawn(program.data, seconds.data, megabytes.data, in[1], out[1], complaints[1], &started->pid);
    }
    if (failed) {
        started->pid = 0;
        status = failed == ENOMEM ? CN__NO_MEMORY(err)
                                  : CN__FAIL2(err, CN_ERR_IO, LAYOUT_MISSING, program.data, strerror(failed));
        goto done;
    }
    started->in = in[0];
    started->out = out[0];
    started->err = complaints[0];
    in[0] = out[0] = complaints[0] = -1;
done:
    for (size_t i = 0; i < 2; i++) {
        close_fd(&in[i]);
        close_fd(&out[i]);
        close_fd(&complaints[i]);
    }
    cn_buf_release(&program);
    cn_buf_release(&seconds);
    cn_buf_release(&megabytes);
    return status;
}

/* Send what the socket takes now. A child that has stopped listening is no error here: its exit says why. */
static void feed(child *running, const cn_buf *dot, size_t *sent) {
    ssize_t step = send(running->in, dot->data + *sent, dot->len - *sent, MSG_NOSIGNAL);
    if (step > 0) {
        *sent += (size_t)step;
    } else if (step < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    } else {
        *sent = dot->len;
    }
    if (*sent == dot->len) {
        close_fd(&running->in);
    }
}

/* Take what is there; closes at the end. False: more than `max`. */
static bool collect(int *fd, cn_buf *into, size_t max) {
    char bytes[16384];
    ssize_t got = read(*fd, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) {
        return true;
    }
    if (got <= 0) {
        close_fd(fd);
        return true;
    }
    if (into->len + (size_t)got > max) {
        return false;
    }
    cn_buf_add(into, bytes, (size_t)got);
    return true;
}

typedef enum outcome { ENDED, TOO_LONG, TOO_MUCH, BROKEN } outcome;

static outcome converse(child *running, const cn_buf *dot, cn_buf *answer, cn_buf *complaint, int64_t deadline) {
    size_t sent = 0;
    while (running->out >= 0 || running->err >= 0) {
        int64_t left = deadline - now_ms();
        if (left <= 0) {
            return TOO_LONG;
        }
        struct pollfd fds[3] = {
            {running->in, POLLOUT, 0}, {running->out, POLLIN, 0}, {running->err, POLLIN, 0}}; /* -1 is ignored */
        int ready = poll(fds, 3, (int)(left < 60000 ? left : 60000));
        if (ready < 0 && errno != EINTR) {
            return BROKEN;
        }
        if (ready <= 0) {
            continue;
        }
        if (fds[0].revents) {
            feed(running, dot, &sent);
        }
        if (fds[1].revents && !collect(&running->out, answer, MAX_ANSWER)) {
            return TOO_MUCH;
        }
        if (fds[2].revents && !collect(&running->err, complaint, MAX_COMPLAINT)) {
            close_fd(&running->err); /* the first lines are enough */
        }
    }
    return ENDED;
}

/* Wait for the child's end, until the deadline; then kill it. Returns its wait status, -1 when it was killed by us. */
static int finish(child *running, bool at_once, int64_t deadline) {
    int status = 0;
    bool killed = false;
    while (!at_once) {
        pid_t got = waitpid(running->pid, &status, WNOHANG);
        if (got == running->pid) {
            return status;
        }
        if ((got < 0 && errno != EINTR) || now_ms() >= deadline) {
            break;
        }
        struct timespec pause = {0, 1000000};
        (void)nanosleep(&pause, NULL);
    }
    killed = kill(running->pid, SIGKILL) == 0;
    while (waitpid(running->pid, &status, 0) < 0 && errno == EINTR) {
    }
    return killed ? -1 : status;
}

static cn_status fail_with_number(cn_error *err, cn_status status, cn_message message, uint64_t number) {
    cn_buf text = {0};
    cn__format_u64(&text, number);
    const char *args[] = {text.data ? text.data : ""};
    cn__fail(err, status, message, 1, args);
    cn_buf_release(&text);
    return status;
}

/* It ended by itself without an answer: what it said, or else its exit code. */
static cn_status tell_failure(int exit, const cn_draw_options *options, cn_buf *complaint, cn_error *err) {
    if (complaint->len) {
        complaint->data[strcspn(complaint->data, "\n")] = '\0';
    }
    if (complaint->len && complaint->data[0]) {
        return CN__FAIL1(err, CN_ERR_INTERNAL, LAYOUT_FAILED, complaint->data);
    }
    cn_buf program = {0};
    cn_buf code = {0};
    find_program(options, &program);
    cn__format_u64(&code, (uint64_t)exit);
    CN__FAIL2(err, CN_ERR_INTERNAL, LAYOUT_EXIT, program.data ? program.data : "", code.data ? code.data : "");
    cn_buf_release(&program);
    cn_buf_release(&code);
    return CN_ERR_INTERNAL;
}

static cn_status judge(outcome how, int exit, const cn_draw_options *options, cn_buf *complaint, cn_error *err) {
    if (how == TOO_MUCH) {
        return fail_with_number(err, CN_ERR_LIMIT, CN_MSG_LAYOUT_FLOOD, MAX_ANSWER);
    }
    if (how == TOO_LONG || exit == -1 || (WIFSIGNALED(exit) && WTERMSIG(exit) == SIGXCPU)) {
        return fail_with_number(err, CN_ERR_LIMIT, CN_MSG_LAYOUT_TIMEOUT, (limit_ms(options) + 999) / 1000);
    }
    if (WIFSIGNALED(exit)) {
        return fail_with_number(err, CN_ERR_LIMIT, CN_MSG_LAYOUT_CRASHED, (uint64_t)WTERMSIG(exit));
    }
    if (how == BROKEN || !WIFEXITED(exit) || WEXITSTATUS(exit) != 0) {
        return tell_failure(WIFEXITED(exit) ? WEXITSTATUS(exit) : 0, options, complaint, err);
    }
    return CN_OK;
}

cn_status cn__layout_ask(const cn_draw_options *options, const cn_buf *dot, cn_buf *answer, cn_error *err) {
    child running = {0, -1, -1, -1};
    cn_buf complaint = {0};
    int64_t deadline = now_ms() + limit_ms(options);
    cn_status status = start(options, &running, err);
    if (status == CN_OK) {
        outcome how = converse(&running, dot, answer, &complaint, deadline);
        close_fd(&running.in);
        close_fd(&running.out);
        close_fd(&running.err);
        int exit = finish(&running, how != ENDED, deadline);
        status = judge(how, exit, options, &complaint, err);
    }
    if (status == CN_OK && (answer->failed || complaint.failed)) {
        status = CN__NO_MEMORY(err);
    }
    cn_buf_release(&complaint);
    return status;
}
