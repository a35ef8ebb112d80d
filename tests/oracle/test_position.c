/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Positions against dense solves by Gaussian elimination: the worked toy, random tables, and the German table of 1995
 * where it is at hand (COOPNET_SHARED_DATA, or ../shared/data beside the checkout); Katz, hubs and layers against slow
 * second implementations; and what bad data must bring: a remark that names the firm, and an answer for the rest.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "coopnet/position.h"

enum { MOST = 14 };

typedef struct table {
    uint32_t n;
    double w[MOST][MOST]; /* sales of row to column */
    double y[MOST];       /* NaN: not declared */
} table;

static cn_flows *make(const table *t) {
    cn_flow flow[MOST * MOST];
    size_t count = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        for (uint32_t j = 0; j < t->n; j++) {
            if (t->w[i][j] > 0) {
                flow[count++] = (cn_flow){.from = i, .to = j, .product = i, .value = t->w[i][j]};
            }
        }
    }
    cn_flows *flows;
    cn_flows_arrays arrays = {
        .firm_count = t->n, .product_count = t->n, .flow_count = count, .flows = flow, .output = t->y};
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    return flows;
}

/* Solve (I - m) x = b, with partial pivoting. */
static void dense_solve(uint32_t n, double m[MOST][MOST], const double *b, double *x) {
    double a[MOST][MOST + 1];
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++) {
            a[i][j] = (i == j) - m[i][j];
        }
        a[i][n] = b[i];
    }
    for (uint32_t c = 0; c < n; c++) {
        uint32_t pivot = c;
        for (uint32_t r = c + 1; r < n; r++) {
            pivot = fabs(a[r][c]) > fabs(a[pivot][c]) ? r : pivot;
        }
        for (uint32_t k = 0; k <= n; k++) {
            double swap = a[c][k];
            a[c][k] = a[pivot][k];
            a[pivot][k] = swap;
        }
        for (uint32_t r = 0; r < n; r++) {
            double times = r != c ? a[r][c] / a[c][c] : 0;
            for (uint32_t k = c; k <= n && times != 0; k++) {
                a[r][k] -= times * a[c][k];
            }
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        x[i] = a[i][n] / a[i][i];
    }
}

static void check_table(const table *t, double tolerance) {
    cn_flows *flows = make(t);
    cn_position p;
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    double up[MOST][MOST] = {{0}};
    double down[MOST][MOST] = {{0}};
    double leontief[MOST][MOST] = {{0}};
    double share[MOST][MOST] = {{0}};
    double ones[MOST];
    double constant[MOST];
    double x[MOST];
    for (uint32_t i = 0; i < t->n; i++) {
        ones[i] = 1;
        constant[i] = 1.0 / 3 / t->n;
        for (uint32_t j = 0; j < t->n; j++) {
            double bought = 0;
            for (uint32_t k = 0; k < t->n; k++) {
                bought += t->w[k][j];
            }
            up[i][j] = t->w[i][j] / t->y[i];
            down[j][i] = t->w[i][j] / t->y[j];
            leontief[i][j] = t->w[i][j] / t->y[j];
            share[i][j] = bought > 0 ? t->w[i][j] / bought * 2 / 3 : 0;
        }
    }
    CHECK(p.error_bound < 1e-12);
    dense_solve(t->n, up, ones, x);
    for (uint32_t i = 0; i < t->n; i++) {
        CHECK_NEAR(p.upstream[i] / x[i], 1, tolerance);
    }
    dense_solve(t->n, down, ones, x);
    for (uint32_t i = 0; i < t->n; i++) {
        CHECK_NEAR(p.downstream[i] / x[i], 1, tolerance);
    }
    dense_solve(t->n, share, constant, x);
    for (uint32_t i = 0; i < t->n; i++) {
        CHECK_NEAR(p.influence[i], x[i], tolerance);
    }
    for (uint32_t f = 0; f < t->n; f++) {
        double unit[MOST] = {0};
        double column[MOST];
        double sum = 0;
        unit[f] = 1;
        dense_solve(t->n, leontief, unit, x);
        CHECK_INT(cn_leontief_column(flows, f, column, NULL, NULL), CN_OK);
        for (uint32_t i = 0; i < t->n; i++) {
            CHECK_NEAR(column[i], x[i], tolerance);
            sum += column[i];
        }
        CHECK_NEAR(p.downstream[f] / sum, 1, tolerance); /* the output multiplier */
    }
    cn_position_release(&p);
    cn_flows_free(flows);
}

static const table toy_table = {
    .n = 4, .w = {{0, 40, 30, 0}, {0, 0, 0, 60}, {0, 0, 0, 50}, {0, 0, 0, 0}}, .y = {70, 70, 60, 200}};

static void toy(void) {
    static const double up[] = {2.84693878, 1.85714286, 1.83333333, 1};
    static const double down[] = {1, 1.57142857, 1.5, 1.84642857};
    static const double influence[] = {0.23148148, 0.11363636, 0.10858586, 0.08333333};
    cn_flows *flows = make(&toy_table);
    cn_position p;
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    for (uint32_t i = 0; i < 4; i++) {
        CHECK_NEAR(p.upstream[i], up[i], 1e-8);
        CHECK_NEAR(p.downstream[i], down[i], 1e-8);
        CHECK_NEAR(p.influence[i], influence[i], 1e-8);
    }
    CHECK_INT(p.remark_count, 0);
    cn_position_release(&p);
    cn_flows_free(flows);
    check_table(&toy_table, 1e-12);
}

static double real(uint64_t *seed) { return check_below(seed, 1000001) / 1e6; }

static void random_table(table *t, uint64_t *seed) {
    *t = (table){.n = 1 + check_below(seed, MOST)};
    uint32_t every = 1 + check_below(seed, 4);
    for (uint32_t i = 0; i < t->n; i++) {
        for (uint32_t j = 0; j < t->n; j++) {
            t->w[i][j] = check_below(seed, every) == 0 ? 10 * real(seed) : 0;
        }
    }
    for (uint32_t i = 0; i < t->n; i++) {
        double sold = 0;
        double bought = 0;
        for (uint32_t j = 0; j < t->n; j++) {
            sold += t->w[i][j];
            bought += t->w[j][i];
        }
        t->y[i] = 1 + fmax(sold, bought) * (1.05 + real(seed));
    }
}

static void random_tables(void) {
    uint64_t seed = 3;
    for (int round = 0; round < 300; round++) {
        table t;
        random_table(&t, &seed);
        check_table(&t, 1e-9);
    }
}

/* ---- the German table ---- */

static FILE *open_german(void) {
    const char *folder = getenv("COOPNET_SHARED_DATA");
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/iotables/germany_1995.csv",
                   folder != NULL ? folder : COOPNET_SOURCE_DIR "/../shared/data");
    return fopen(path, "r");
}

static int branch(const char *name) {
    static const char *const names[] = {"agriculture_group", "industry_group",          "construction",
                                        "trade_group",       "business_services_group", "other_services_group"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

/* Columns 3, 4 and 5 of a line counted from its end (the label in front may hold commas): row, column, value. */
static bool split(char *line, char *parts[3]) {
    char *fields[32];
    int count = 0;
    bool quoted = false;
    fields[count++] = line;
    for (char *c = line; *c != '\0' && count < 32; c++) {
        quoted = *c == '"' ? !quoted : quoted;
        if (*c == ',' && !quoted) {
            *c = '\0';
            fields[count++] = c + 1;
        }
    }
    for (int i = 0; i < 3 && count > 4; i++) {
        parts[i] = fields[2 + i];
    }
    return count > 4;
}

static void german(void) {
    FILE *file = open_german();
    if (file == NULL) {
        check_skip("germany_1995.csv is not here (COOPNET_SHARED_DATA)");
        return;
    }
    table t = {.n = 6};
    char line[1024];
    while (fgets(line, sizeof line, file) != NULL) {
        char *parts[3];
        if (split(line, parts)) {
            int row = branch(parts[0]);
            int column = branch(parts[1]);
            if (row >= 0 && column >= 0) {
                t.w[row][column] = atof(parts[2]);
            } else if (strcmp(parts[0], "output") == 0 && column >= 0) {
                t.y[column] = atof(parts[2]);
            }
        }
    }
    (void)fclose(file);
    CHECK_NEAR(t.w[1][1], 304584, 0);
    CHECK_NEAR(t.y[4], 692487, 0);
    check_table(&t, 1e-10);
}

/* ---- Katz, hubs, layers ---- */

static void ranks(void) {
    uint64_t seed = 13;
    for (int round = 0; round < 200; round++) {
        table t;
        random_table(&t, &seed);
        cn_flows *flows = make(&t);
        cn_position p;
        CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
        double m[MOST][MOST] = {{0}};
        double ones[MOST];
        double x[MOST];
        double hub[MOST];
        double authority[MOST];
        for (uint32_t i = 0; i < t.n; i++) {
            ones[i] = hub[i] = 1;
            for (uint32_t j = 0; j < t.n; j++) {
                m[i][j] = i != j && t.w[i][j] > 0 ? p.katz_used : 0;
            }
        }
        dense_solve(t.n, m, ones, x);
        for (uint32_t i = 0; i < t.n; i++) {
            CHECK_NEAR(p.katz[i] / x[i], 1, 1e-10);
        }
        for (int step = 0; step < 3000; step++) {
            double most[2] = {0, 0};
            for (uint32_t j = 0; j < t.n; j++) {
                authority[j] = 0;
                for (uint32_t i = 0; i < t.n; i++) {
                    authority[j] += i != j ? t.w[i][j] * hub[i] : 0;
                }
                most[0] = fmax(most[0], authority[j]);
            }
            for (uint32_t i = 0; i < t.n; i++) {
                hub[i] = 0;
                for (uint32_t j = 0; j < t.n; j++) {
                    hub[i] += i != j && most[0] > 0 ? t.w[i][j] * authority[j] / most[0] : 0;
                }
                most[1] = fmax(most[1], hub[i]);
            }
            for (uint32_t i = 0; i < t.n; i++) {
                hub[i] = most[1] > 0 ? hub[i] / most[1] : 0;
            }
        }
        for (uint32_t i = 0; i < t.n && p.remark_count == 0; i++) {
            CHECK_NEAR(p.hub[i], hub[i], 1e-6);
        }
        cn_position_release(&p);
        cn_flows_free(flows);
    }
}

static bool beats(const double *const *columns, uint32_t count, uint32_t a, uint32_t b) {
    bool larger = false;
    for (uint32_t c = 0; c < count; c++) {
        double x = isnan(columns[c][a]) ? -INFINITY : columns[c][a];
        double y = isnan(columns[c][b]) ? -INFINITY : columns[c][b];
        if (x < y) {
            return false;
        }
        larger = larger || x > y;
    }
    return larger;
}

/* Peeling: a layer is what nobody left beats. */
static void layers(void) {
    uint64_t seed = 17;
    for (int round = 0; round < 300; round++) {
        enum { N = 40 };
        double values[3][N];
        const double *columns[3] = {values[0], values[1], values[2]};
        uint32_t n = 1 + check_below(&seed, N);
        uint32_t count = 1 + check_below(&seed, 3);
        uint32_t got[N];
        uint32_t want[N] = {0};
        for (uint32_t i = 0; i < 3 * N; i++) {
            values[i / N][i % N] = check_below(&seed, 12) == 0 ? (double)NAN : check_below(&seed, 8);
        }
        CHECK_INT(cn_pareto_layers(n, count, columns, got, NULL), CN_OK);
        for (uint32_t layer = 1, left = n; left > 0; layer++) {
            for (uint32_t i = 0; i < n; i++) {
                bool beaten = want[i] != 0 && want[i] < layer;
                for (uint32_t j = 0; j < n && !beaten; j++) {
                    beaten = (want[j] == 0 || want[j] == layer) && beats(columns, count, j, i);
                }
                if (!beaten) {
                    want[i] = layer;
                    left--;
                }
            }
        }
        for (uint32_t i = 0; i < n; i++) {
            CHECK_INT(got[i], want[i]);
        }
    }
}

/* ---- bad data ---- */

static const cn_remark *find_remark(const cn_remark *rows, size_t count, cn_message message) {
    for (size_t i = 0; i < count; i++) {
        if (rows[i].message == message) {
            return &rows[i];
        }
    }
    return NULL;
}

/* a sells 60 of its 50: its output is then 60, and the rest is as if 60 had been declared. */
static void sells_more(void) {
    table t = toy_table;
    t.y[1] = 50;
    cn_flows *flows = make(&t);
    t.y[1] = 60;
    cn_flows *meant = make(&t);
    cn_position p;
    cn_position q;
    size_t count;
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    CHECK_INT(cn_position_compute(meant, NULL, &q, NULL), CN_OK);
    const cn_remark *rows = cn_flows_remarks(flows, &count);
    const cn_remark *remark = find_remark(rows, count, CN_MSG_OUTPUT_BELOW_SALES);
    CHECK(remark != NULL && remark->firm == 1);
    cn_buf text = {0};
    cn_remark_text(flows, remark, CN_LANG_EN, &text);
    CHECK(strstr(text.data, "#1") != NULL && strstr(text.data, "60") != NULL && strstr(text.data, "50") != NULL);
    cn_buf_release(&text);
    for (uint32_t i = 0; i < 4; i++) {
        CHECK_NEAR(p.upstream[i], q.upstream[i], 0);
    }
    CHECK_NEAR(p.upstream[1], 2, 1e-12);
    cn_position_release(&p);
    cn_position_release(&q);
    cn_flows_free(flows);
    cn_flows_free(meant);
}

/* 4 and 5 sell each other all they make; 0 sells to 4 as well, so it has no distance to final use either. */
static void resale_circle(void) {
    table t = toy_table;
    t.n = 6;
    t.w[4][5] = 30;
    t.w[5][4] = 30;
    t.w[0][4] = 1;
    t.y[0] = 71;
    t.y[4] = t.y[5] = 30;
    cn_flows *flows = make(&t);
    cn_position p;
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    const cn_remark *remark = find_remark(p.remarks, p.remark_count, CN_MSG_POSITION_NO_FINAL);
    CHECK(remark != NULL && remark[0].firm == 4 && remark[1].firm == 5);
    CHECK(isnan(p.upstream[0]) && isnan(p.upstream[4]) && isnan(p.upstream[5]));
    CHECK_NEAR(p.upstream[1], 1.85714286, 1e-8);
    CHECK_NEAR(p.downstream[3], 1.84642857, 1e-8);
    CHECK(!isnan(p.influence[4]));
    cn_position_release(&p);
    cn_flows_free(flows);
}

/* Values that are no positive numbers, an output of 0, a negative output. */
static void bad_values(void) {
    cn_flow flow[] = {{.from = 0, .to = 1, .value = 10},
                      {.from = 1, .to = 2, .value = -3},
                      {.from = 2, .to = 0, .value = (double)NAN},
                      {.from = 1, .to = 2, .value = 4}};
    double output[] = {0, -7, 5};
    cn_flows_arrays arrays = {.firm_count = 3, .product_count = 1, .flow_count = 4, .flows = flow, .output = output};
    cn_flows *flows;
    cn_position p;
    size_t count;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    const cn_remark *rows = cn_flows_remarks(flows, &count);
    CHECK_INT(count, 4);
    CHECK(rows[0].message == CN_MSG_FLOWS_BAD_VALUE && rows[0].firm == 1 && rows[0].other == 2);
    CHECK(rows[2].message == CN_MSG_OUTPUT_BELOW_SALES && rows[2].firm == 0);
    CHECK(rows[3].message == CN_MSG_FLOWS_BAD_OUTPUT && rows[3].firm == 1 && rows[3].value == -7);
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    CHECK_NEAR(p.upstream[0], 3, 1e-12);
    CHECK_NEAR(p.upstream[2], 1, 1e-12);
    cn_position_release(&p);
    cn_flows_free(flows);
    flow[0].to = 3;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_ERR_ARGUMENT);
    CHECK(flows == NULL);
}

static void days(void) {
    cn_flow flow[] = {{.from = 0, .to = 2, .product = 0, .value = 1}, {.from = 1, .to = 2, .product = 1, .value = 9}};
    double stock[] = {(double)NAN, 5, 20};
    double recovery[] = {90, 30, 10};
    cn_flows_arrays arrays = {.firm_count = 3,
                              .product_count = 2,
                              .flow_count = 2,
                              .flows = flow,
                              .stock_days = stock,
                              .recovery_days = recovery};
    cn_flows *flows;
    cn_position p;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    CHECK_INT(cn_position_compute(flows, NULL, &p, NULL), CN_OK);
    CHECK_NEAR(p.gap_days[2], 70, 0);
    CHECK_INT(p.recover_flow[2], 0);
    CHECK(isnan(p.gap_days[1]) && p.recover_flow[1] == CN_NONE);
    cn_position_release(&p);
    cn_position_options options = {.alpha = 2};
    CHECK_INT(cn_position_compute(flows, &options, &p, NULL), CN_ERR_ARGUMENT);
    cn_flows_free(flows);
}

int main(void) {
    return check_run((check_case[]){{"toy", toy},
                                    {"random tables against dense solves", random_tables},
                                    {"the German table of 1995", german},
                                    {"Katz, hubs and authorities", ranks},
                                    {"Pareto layers", layers},
                                    {"a firm that sells more than it makes", sells_more},
                                    {"a circle of resale", resale_circle},
                                    {"bad values", bad_values},
                                    {"time to survive and to recover", days},
                                    {0}});
}
