/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profiles and checks with every single allocation failing in turn: the failure is reported and nothing leaks. */
#include "coopnet/draw.h"
#include "coopnet/map.h"
#include "coopnet/remedy.h"
#include "memory.h"
#include "rules_case_net.h"

static cn_network *net;
static cn_profile *profile;
static cn_profile *of_projects;

static cn_status make_small(cn_error *err) {
    static const char text[] =
        "{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"y\"}, \"in_force\": \"2020\", "
        "\"special_territories\": {\"regions\": [\"r\"], \"parks\": [\"sez\"]}, \"region_productivity\": [{\"region\": "
        "\"r\", "
        "\"value\": 5}], \"less_is_better\": [\"w\"], \"rules\": [{\"id\": \"A\", \"quantity\": \"participants\", "
        "\"at_least\": 1, "
        "\"title\": {\"en\": \"x\", \"ru\": \"y\"}, \"contracts\": [\"supply\"]}]}";
    cn_profile *made;
    cn_status status = cn_profile_load_bytes("x", text, sizeof text - 1, NULL, &made, err);
    cn_profile_free(made);
    return status;
}

static cn_status make_broken(cn_error *err) {
    static const char text[] = "{\"coopnet_rules\": 1, \"idd\": \"x\", \"rules\": [{\"quantity\": \"partisipants\"}]}";
    cn_profile *made;
    cn_status status = cn_profile_load_bytes("x", text, sizeof text - 1, NULL, &made, err);
    cn_profile_free(made);
    return status == CN_ERR_INPUT ? CN_OK : status;
}

static cn_status make_check(cn_error *err) {
    cn_check check;
    cn_status status = cn_check_compute(net, cn_entity_find(net, "electro"), profile, NULL, &check, err);
    cn_check_release(&check);
    return status;
}

static cn_status make_project(cn_error *err) {
    cn_check check;
    cn_status status = cn_check_compute(net, cn_entity_find(net, "p_trafo"), of_projects, NULL, &check, err);
    cn_check_release(&check);
    return status;
}

static const char *const small_net = "{\"coopnet\": 1, \"companies\": [{\"id\": \"a\", \"output\": 100, \"makes\": "
                                     "[{\"product\": \"p\", \"capacity\": 90}]}, "
                                     "{\"id\": \"b\", \"output\": 100, \"needs\": [{\"product\": \"p\", \"value\": "
                                     "80}]}, {\"id\": \"d\"}], \"clusters\": [{\"id\": "
                                     "\"c\", \"status\": \"candidate\", \"decision_date\": \"2020\", \"members\": "
                                     "[{\"id\": \"a\", \"agreement\": \"2020\", \"until\": \"2030\"}, "
                                     "\"b\"]}], \"links\": [{\"from\": \"d\", \"to\": \"a\", \"kind\": \"supply\", "
                                     "\"value\": 5}, {\"from\": \"a\", \"to\": \"b\", \"kind\": "
                                     "\"supply\", \"value\": 5, \"product\": \"p\"}]}";
static cn_network *small;
static cn_profile *few;

static cn_status make_remedies(cn_error *err) {
    cn_remedies found;
    cn_status status = cn_remedies_compute(small, cn_entity_find(small, "c"), few, NULL, &found, err);
    CHECK(status || found.count >= 2);
    cn_remedies_release(&found);
    return status;
}

static cn_status make_departures(cn_error *err) {
    cn_departure *rows;
    size_t count;
    cn_status status = cn_departures_compute(small, cn_entity_find(small, "c"), few, NULL, &rows, &count, err);
    cn_departures_free(rows);
    return status;
}

static cn_status make_calendar(cn_error *err) {
    cn_term *terms;
    size_t count;
    cn_check_options options = {.date = cn_date_parse("2024")};
    cn_status status = cn_calendar_compute(small, cn_entity_find(small, "c"), few, &options, &terms, &count, err);
    cn_calendar_free(terms);
    return status;
}

static cn_status make_map(cn_error *err) {
    cn_map map;
    cn_status status = cn_map_compute(net, cn_entity_find(net, "electro"), NULL, &map, err);
    CHECK(status || (map.gap_count == 1 && map.firm_count == 15));
    cn_map_release(&map);
    return status;
}

static cn_status make_picture(cn_error *err) {
    cn_buf out = {0};
    const cn_draw_options options = {.view = CN_VIEW_MAP,
                                     .format = CN_PICTURE_DOT,
                                     .subject = cn_entity_find(small, "c"),
                                     .date = cn_date_parse("2024")};
    cn_status status = cn_draw(small, &options, cn_sink_buf(&out), err);
    bool failed = out.failed; /* the sink is ours */
    cn_buf_release(&out);
    return status == CN_ERR_IO && failed ? CN_ERR_MEMORY : status;
}

static void each_fails(void) {
    static cn_status (*const parts[])(cn_error *) = {make_small,    make_broken,   make_check,
                                                     make_project,  make_remedies, make_departures,
                                                     make_calendar, make_map,      make_picture};
    net = rules_network_file("graphs/electro.json");
    profile = rules_builtin("779-2015");
    of_projects = rules_builtin("41");
    small = rules_network(small_net);
    few = rules_profile_text("{\"coopnet_rules\": 1, \"id\": \"x\", \"title\": {\"en\": \"x\", \"ru\": \"y\"}, "
                             "\"rules\": [{\"id\": \"L\", \"quantity\": "
                             "\"cooperation_level\", \"at_least\": 0.2, \"title\": {\"en\": \"x\", \"ru\": \"y\"}}, "
                             "{\"id\": \"S\", \"quantity\": \"signed_agreements\", "
                             "\"at_least\": 1, \"title\": {\"en\": \"x\", \"ru\": \"y\"}}, {\"id\": \"R\", "
                             "\"quantity\": \"years_since_decision\", \"at_most\": 5, "
                             "\"title\": {\"en\": \"x\", \"ru\": \"y\"}}, {\"id\": \"P\", \"quantity\": "
                             "\"participants\", \"at_least\": 3, \"title\": {\"en\": "
                             "\"x\", \"ru\": \"y\"}}]}");
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        cn_status status = CN_ERR_MEMORY;
        uint64_t n = 0;
        for (; status != CN_OK && n < 20000; n++) {
            cn_error err = {0};
            cn__alloc_fail_after(n);
            status = parts[p](&err);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            CHECK(status == CN_OK || status == CN_ERR_MEMORY);
            CHECK(status == CN_OK || parts[p] == make_picture || err.message == CN_MSG_OUT_OF_MEMORY);
        }
        CHECK(n > 2 && status == CN_OK);
    }
    cn_profile_free(profile);
    cn_profile_free(of_projects);
    cn_profile_free(few);
    cn_network_free(small);
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"each allocation fails", each_fails}, {0}}); }
