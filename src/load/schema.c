/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The description of the file formats: one table of sections, one table of columns for each. Everything here is
 * constant; look-ups walk the rows (at most some thirty) and happen once per key or header, never per CSV row.
 * docs/data-format.md is the same for people.
 */
#include "schema.h"

#include "utf8.h"

#include <string.h>

enum { ALIAS_MAX = 128 };

#define BIT(value) (1u << (value))
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#define FIELD(key, aliases, type, flags, field)                                                                        \
    { key, aliases, type, flags, CN__TO_FIELD, CN_FIELD_##field, 0, 0, 0, 0 }
#define BOUNDED(key, aliases, type, field, min, max)                                                                   \
    { key, aliases, type, 0, CN__TO_FIELD, CN_FIELD_##field, 0, 0, min, max }
#define CHOICE(key, aliases, flags, field, vocabulary, allowed)                                                        \
    { key, aliases, CN__ENUM, flags, CN__TO_FIELD, CN_FIELD_##field, CN_VOC_##vocabulary, allowed, 0, 0 }
#define SPEC(key, aliases, type, flags, member)                                                                        \
    { key, aliases, type, flags, CN__TO_SPEC, CN__SPEC_##member, 0, 0, 0, 0 }
#define SPEC_CHOICE(key, aliases, flags, member, vocabulary, allowed)                                                  \
    { key, aliases, CN__ENUM, flags, CN__TO_SPEC, CN__SPEC_##member, CN_VOC_##vocabulary, allowed, 0, 0 }
#define OWN_LINK(key, aliases, flags, own)                                                                             \
    { key, aliases, CN__REF, flags, CN__TO_LINK, CN__OWN_##own, 0, 0, 0, 0 }
#define PARENT(key, aliases)                                                                                           \
    { key, aliases, CN__REF, CN__REQUIRED | CN__CSV_ONLY, CN__TO_PARENT, 0, 0, 0, 0, 0 }
#define ITEM(key, aliases, type, flags, part)                                                                          \
    { key, aliases, type, flags, CN__TO_ITEM, CN__ITEM_##part, 0, 0, 0, 0 }
#define NET(key, aliases, type, flags, part)                                                                           \
    { key, aliases, type, flags, CN__TO_NET, CN__NET_##part, 0, 0, 0, 0 }
#define FREE                                                                                                           \
    { "x", NULL, CN__FREE, 0, CN__TO_X, 0, 0, 0, 0, 0 }

/* What every entity may have; `id_key` is its first column. */
#define ENTITY_ID(id_aliases)                                                                                          \
    { "id", id_aliases, CN__TEXT, CN__REQUIRED, CN__TO_ID, 0, 0, 0, 0, 0 }
#define ENTITY_COMMON                                                                                                  \
    {"name", "наименование|название|имя|полное наименование|label", CN__TEXT, 0, CN__TO_NAME, 0, 0, 0, 0, 0},          \
        FIELD("short", "краткое наименование|краткое название|сокращение", CN__TEXT, 0, SHORT),                        \
        FIELD("aliases", "другие названия|другие наименования|синонимы", CN__TEXT, CN__LIST, ALIAS),                   \
        FIELD("since", "с|начало|дата начала", CN__DATE, 0, SINCE),                                                    \
        FIELD("until", "по|конец|дата окончания", CN__DATE, 0, UNTIL),                                                 \
        FIELD("source", "источник", CN__TEXT, 0, SOURCE),                                                              \
        FIELD("region", "регион|область|субъект|субъект РФ", CN__TEXT, 0, REGION),                                     \
        FIELD("country", "страна", CN__TEXT, 0, COUNTRY), BOUNDED("lat", "широта", CN__NUMBER, LAT, -90, 90),          \
        BOUNDED("lon", "долгота", CN__NUMBER, LON, -180, 180),                                                         \
        FIELD("note", "примечание|комментарий", CN__TEXT, 0, NOTE), FREE

#define REGISTRATION                                                                                                   \
    FIELD("inn", "ИНН|ИНН/КПП|tax id", CN__INN, 0, INN), FIELD("ogrn", "ОГРН", CN__OGRN, 0, OGRN),                     \
        FIELD("lei", NULL, CN__LEI, 0, LEI)

/* What a link written as a row of a child list may have besides its own columns. */
#define CHILD_LINK_COMMON                                                                                              \
    SPEC("source", "источник", CN__TEXT, 0, SOURCE), FIELD("note", "примечание|комментарий", CN__TEXT, 0, NOTE), FREE
#define CHILD_LINK_PERIOD                                                                                              \
    SPEC("since", "с|начало|дата начала|дата вступления", CN__DATE, 0, SINCE),                                         \
        SPEC("until", "по|конец|дата окончания|дата выхода", CN__DATE, 0, UNTIL)
#define SIGNED FIELD("agreement", "соглашение|дата соглашения|соглашение подписано", CN__DATE, 0, SIGNED)

#define OKPD2_ALIASES "код|ОКПД2|ОКПД 2|код ОКПД2|код ОКПД 2|продукция|товар"
#define VALUE_ALIASES                                                                                                                                                                                            \
    "сумма|стоимость|объем|объем в год|сумма в год|объем поставок|объем закупок|объем поставки|сумма договора|цена " \
    "договора|цена контракта|руб|вес|amount|weight"

static const cn__column network_columns[] = {
    {"coopnet", NULL, CN__COUNT, CN__REQUIRED | CN__JSON_ONLY, CN__TO_NET, CN__NET_VERSION, 0, 0, 0, 0},
    NET("title", "название|наименование|заголовок", CN__TEXT, 0, TITLE),
    NET("language", "язык", CN__LANG, 0, LANGUAGE),
    NET("currency", "валюта", CN__TEXT, 0, CURRENCY),
    NET("country", "страна", CN__TEXT, 0, COUNTRY),
    NET("as_of", "дата|на дату", CN__DATE, 0, AS_OF),
    NET("note", "примечание|комментарий", CN__TEXT, 0, NOTE),
    NET("source", "источник", CN__TEXT, 0, SOURCE),
};
static const cn__column company_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    REGISTRATION,
    FIELD("okved", "ОКВЭД|ОКВЭД2|ОКВЭД 2", CN__TEXT, CN__LIST, OKVED),
    CHOICE("roles", "роль|роли|role", CN__LIST, ROLE, ROLE,
           BIT(CN_ROLE_ANCHOR) | BIT(CN_ROLE_FINAL_MAKER) | BIT(CN_ROLE_SME)),
    FIELD("output", "выпуск|выпуск за год|объем производства|выручка", CN__MONEY, 0, OUTPUT),
    FIELD("headcount", "численность|численность работников", CN__COUNT, 0, HEADCOUNT),
    FIELD("hp_jobs", "ВПРМ|высокопроизводительные рабочие места", CN__COUNT, 0, HP_JOBS),
    FIELD("stock_days", "запас дней|запас, дней", CN__COUNT, 0, STOCK_DAYS),
    FIELD("recovery_days", "восстановление дней|восстановление, дней", CN__COUNT, 0, RECOVERY_DAYS),
    OWN_LINK("owner", "владелец|собственник", 0, OWNER),
};
static const cn__column cluster_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    CHOICE("status", "статус", 0, STATUS, CLUSTER_STATUS, 0),
    FIELD("decision_date", "дата решения|дата включения в реестр", CN__DATE, 0, DECISION_DATE),
    FIELD("specialisation", "специализация|отрасль", CN__TEXT, CN__LIST, SPECIALISATION),
};
static const cn__column project_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    OWN_LINK("initiator", "инициатор", 0, INITIATOR),
    FIELD("product", "продукция|ОКПД2|код ОКПД2", CN__OKPD2, 0, PRODUCT),
    FIELD("budget", "бюджет|стоимость|сумма", CN__MONEY, 0, BUDGET),
    FIELD("support", "господдержка|поддержка|субсидия", CN__MONEY, 0, SUPPORT),
    FIELD("import_substituting", "импортозамещение|импортозамещающий", CN__FLAG, 0, IMPORT_SUBSTITUTING),
    CHOICE("status", "статус", 0, STATUS, PROJECT_STATUS, 0),
};
static const cn__column park_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    REGISTRATION,
    CHOICE("type", "тип|вид", 0, TYPE, PARK_TYPE, 0),
    OWN_LINK("manager", "управляющая компания|УК", 0, MANAGER),
};
static const cn__column organisation_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    REGISTRATION,
    CHOICE("type", "тип|вид", 0, TYPE, ORG_TYPE, 0),
};
static const cn__column event_columns[] = {
    ENTITY_ID("ид|идентификатор|код"),
    ENTITY_COMMON,
    CHOICE("type", "тип|вид", 0, TYPE, EVENT_TYPE, 0),
    FIELD("date", "дата", CN__DATE, 0, DATE),
    OWN_LINK("host", "принимающая сторона", 0, HOST),
    OWN_LINK("sites", "площадка|площадки|site", CN__LIST, SITE),
};
static const cn__column product_columns[] = {
    {"id", "ид|идентификатор|code|" OKPD2_ALIASES, CN__OKPD2, CN__REQUIRED, CN__TO_ID, 0, 0, 0, 0, 0},
    ENTITY_COMMON,
};
static const cn__column makes_columns[] = {
    PARENT("company", "предприятие|компания|производитель"),
    ITEM("product", OKPD2_ALIASES, CN__OKPD2, CN__REQUIRED | CN__MAIN, PRODUCT),
    ITEM("value", VALUE_ALIASES, CN__MONEY, 0, VALUE),
    ITEM("capacity", "мощность|производственная мощность", CN__MONEY, 0, CAPACITY),
};
static const cn__column needs_columns[] = {
    PARENT("company", "предприятие|компания|покупатель|потребитель"),
    ITEM("product", OKPD2_ALIASES, CN__OKPD2, CN__REQUIRED | CN__MAIN, PRODUCT),
    ITEM("value", VALUE_ALIASES, CN__MONEY, 0, VALUE),
    {"origin", "происхождение", CN__ENUM, 0, CN__TO_ITEM, CN__ITEM_ORIGIN, CN_VOC_ORIGIN, 0, 0, 0},
};
static const cn__column member_columns[] = {
    PARENT("cluster", "кластер"),
    SPEC("id", "предприятие|участник|организация", CN__REF, CN__REQUIRED | CN__MAIN, OTHER),
    SPEC_CHOICE("role", "роль", 0, ROLE, ROLE,
                BIT(CN_ROLE_ANCHOR) | BIT(CN_ROLE_FINAL_MAKER) | BIT(CN_ROLE_PARTICIPANT) | BIT(CN_ROLE_CANDIDATE)),
    CHILD_LINK_PERIOD,
    SIGNED,
    CHILD_LINK_COMMON,
};
static const cn__column participant_columns[] = {
    PARENT("project", "проект"),
    SPEC("id", "предприятие|участник|организация", CN__REF, CN__REQUIRED | CN__MAIN, OTHER),
    SPEC_CHOICE("role", "роль", 0, ROLE, ROLE, BIT(CN_ROLE_INITIATOR) | BIT(CN_ROLE_PARTICIPANT)),
    FIELD("contribution", "вклад|сумма", CN__MONEY, 0, CONTRIBUTION),
    SIGNED,
    CHILD_LINK_PERIOD,
    CHILD_LINK_COMMON,
};
#define INDICATOR_COLUMNS                                                                                              \
    PARENT("project", "проект"), {"year", "год", CN__COUNT, CN__REQUIRED, CN__TO_ITEM, CN__ITEM_YEAR, 0, 0, 1, 9999},  \
        ITEM("indicator", "показатель", CN__TEXT, CN__REQUIRED, PRODUCT),                                              \
        ITEM("value", "значение|сумма|стоимость", CN__NUMBER, CN__REQUIRED, NUMBER)
static const cn__column plan_columns[] = {INDICATOR_COLUMNS};
static const cn__column fact_columns[] = {INDICATOR_COLUMNS};
static const cn__column resident_columns[] = {
    PARENT("park", "парк|технопарк"),
    SPEC("id", "предприятие|резидент|организация", CN__REF, CN__REQUIRED | CN__MAIN, OTHER),
    CHILD_LINK_PERIOD,
    CHILD_LINK_COMMON,
};
static const cn__column event_participant_columns[] = {
    PARENT("event", "мероприятие"),
    SPEC("id", "предприятие|участник|организация", CN__REF, CN__REQUIRED | CN__MAIN, OTHER),
    SPEC_CHOICE("role", "роль", 0, ROLE, ROLE,
                BIT(CN_ROLE_ORGANISER) | BIT(CN_ROLE_HOST) | BIT(CN_ROLE_DELEGATE) | BIT(CN_ROLE_SPEAKER) |
                    BIT(CN_ROLE_GUEST)),
    CHILD_LINK_COMMON,
};
static const cn__column input_columns[] = {
    PARENT("for_product", "для продукции|изделие"),
    SPEC("product", "продукция|из чего|материал|код|ОКПД2", CN__REF, CN__REQUIRED | CN__MAIN, OTHER),
    FIELD("quantity", "количество|норма расхода", CN__NUMBER, 0, QUANTITY),
    FIELD("essential", "незаменимо|незаменимый", CN__FLAG, 0, ESSENTIAL),
    CHILD_LINK_COMMON,
};
static const cn__column link_columns[] = {
    SPEC("from",
         "поставщик|продавец|исполнитель|грузоотправитель|наименование поставщика|от|от кого|supplier|seller|vendor",
         CN__REF, CN__REQUIRED, FROM),
    SPEC("to", "покупатель|заказчик|потребитель|грузополучатель|получатель|наименование покупателя|кому|buyer|customer",
         CN__REF, CN__REQUIRED, TO),
    SPEC_CHOICE("kind", "вид|вид связи|тип связи", CN__REQUIRED, KIND, LINK_KIND, 0),
    SPEC("value", VALUE_ALIASES, CN__MONEY, 0, VALUE),
    FIELD("unit", "единица|единица измерения|ед. изм.", CN__TEXT, 0, UNIT),
    SPEC("product", OKPD2_ALIASES, CN__OKPD2, 0, PRODUCT),
    SPEC("since", "с|дата|начало|дата начала", CN__DATE, 0, SINCE),
    SPEC("until", "по|конец|дата окончания", CN__DATE, 0, UNTIL),
    SPEC_CHOICE("status", "статус|состояние", 0, STATUS, LINK_STATUS, 0),
    SPEC("source", "источник", CN__TEXT, 0, SOURCE),
    SPEC_CHOICE("role", "роль", 0, ROLE, ROLE, 0),
    BOUNDED("share", "доля", CN__NUMBER, SHARE, 0, 1),
    FIELD("quantity", "количество|норма расхода", CN__NUMBER, 0, QUANTITY),
    FIELD("essential", "незаменимо|незаменимый", CN__FLAG, 0, ESSENTIAL),
    FIELD("contribution", "вклад", CN__MONEY, 0, CONTRIBUTION),
    SIGNED,
    FIELD("note", "примечание|комментарий", CN__TEXT, 0, NOTE),
    SPEC("from_inn",
         "ИНН поставщика|ИНН продавца|ИНН исполнителя|ИНН грузоотправителя|ИНН отправителя|поставщик ИНН|продавец ИНН|"
         "supplier INN|seller INN|vendor INN|supplier tax id|seller tax id|vendor tax id",
         CN__INN, CN__CSV_ONLY, FROM_INN),
    SPEC("to_inn",
         "ИНН покупателя|ИНН заказчика|ИНН потребителя|ИНН получателя|ИНН грузополучателя|покупатель ИНН|заказчик ИНН|"
         "потребитель ИНН|buyer INN|customer INN|buyer tax id|customer tax id",
         CN__INN, CN__CSV_ONLY, TO_INN),
    FREE,
};

#define ENTITY_SECTION(id, key, kind, columns)                                                                         \
    [CN__SECTION_##id] = {CN__SECTION_##id, key, key, CN__SHAPE_ENTITY, CN_ENTITY_##kind, 0, false, false, columns,    \
                          COUNT_OF(columns)}
#define LINK_CHILD(id, key, table, kind, link, parent_is_from, unique, columns)                                        \
    [CN__SECTION_##id] = {CN__SECTION_##id, key,    table,   CN__SHAPE_CHILD_LINK, CN_ENTITY_##kind, CN_LINK_##link,   \
                          parent_is_from,   unique, columns, COUNT_OF(columns)}
#define ITEM_CHILD(id, key, kind, item, columns)                                                                       \
    [CN__SECTION_##id] = {                                                                                             \
        CN__SECTION_##id, key, key, CN__SHAPE_CHILD_ITEM, CN_ENTITY_##kind, CN_ITEM_##item, false, false, columns,     \
        COUNT_OF(columns)}

static const cn__section sections[CN__SECTION_COUNT] = {
    [CN__SECTION_NETWORK] = {CN__SECTION_NETWORK, "", "network", CN__SHAPE_NETWORK, CN_ENTITY_COMPANY, 0, false, false,
                             network_columns, COUNT_OF(network_columns)},
    ENTITY_SECTION(COMPANIES, "companies", COMPANY, company_columns),
    ENTITY_SECTION(CLUSTERS, "clusters", CLUSTER, cluster_columns),
    ENTITY_SECTION(PROJECTS, "projects", PROJECT, project_columns),
    ENTITY_SECTION(PARKS, "parks", PARK, park_columns),
    ENTITY_SECTION(ORGANISATIONS, "organisations", ORGANISATION, organisation_columns),
    ENTITY_SECTION(EVENTS, "events", EVENT, event_columns),
    ENTITY_SECTION(PRODUCTS, "products", PRODUCT, product_columns),
    ITEM_CHILD(MAKES, "makes", COMPANY, MAKES, makes_columns),
    ITEM_CHILD(NEEDS, "needs", COMPANY, NEEDS, needs_columns),
    LINK_CHILD(MEMBERS, "members", "members", CLUSTER, MEMBER, false, true, member_columns),
    LINK_CHILD(PARTICIPANTS, "participants", "participants", PROJECT, PARTICIPANT, false, true, participant_columns),
    ITEM_CHILD(PLAN, "plan", PROJECT, PLAN, plan_columns),
    ITEM_CHILD(FACT, "fact", PROJECT, FACT, fact_columns),
    LINK_CHILD(RESIDENTS, "residents", "residents", PARK, RESIDENT, false, true, resident_columns),
    LINK_CHILD(EVENT_PARTICIPANTS, "participants", "event_participants", EVENT, TAKES_PART, false, false,
               event_participant_columns),
    LINK_CHILD(INPUTS, "inputs", "inputs", PRODUCT, MADE_FROM, true, true, input_columns),
    [CN__SECTION_LINKS] = {CN__SECTION_LINKS, "links", "links", CN__SHAPE_LINK, CN_ENTITY_COMPANY, 0, false, false,
                           link_columns, COUNT_OF(link_columns)},
};

static const struct {
    cn_link_kind kind;
    cn_role role;
    bool entity_is_from;
} own_links[CN__OWN_LINK_COUNT] = {
    [CN__OWN_OWNER] = {CN_LINK_OWNERSHIP, CN_ROLE_NONE, false},
    [CN__OWN_INITIATOR] = {CN_LINK_PARTICIPANT, CN_ROLE_INITIATOR, false},
    [CN__OWN_MANAGER] = {CN_LINK_MANAGES, CN_ROLE_NONE, false},
    [CN__OWN_HOST] = {CN_LINK_HOSTS, CN_ROLE_HOST, false},
    [CN__OWN_SITE] = {CN_LINK_HOSTS, CN_ROLE_SITE, false},
};

const cn__section *cn__section_at(cn__section_id id) { return &sections[id]; }

const cn__section *cn__section_of_kind(cn_entity_kind kind) {
    size_t i = CN__SECTION_COMPANIES; /* the sections of entities come first */
    while (sections[i].kind != kind) {
        i++;
    }
    return &sections[i];
}

const cn__section *cn__section_find(const char *key) {
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        bool top = sections[i].shape == CN__SHAPE_ENTITY || sections[i].shape == CN__SHAPE_LINK;
        if (top && strcmp(sections[i].key, key) == 0) {
            return &sections[i];
        }
    }
    return NULL;
}

const cn__section *cn__section_find_table(const char *table, size_t len) {
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        if (strlen(sections[i].table) == len && memcmp(sections[i].table, table, len) == 0) {
            return &sections[i];
        }
    }
    return NULL;
}

/* What people call their tables, besides the name of the format. */
static const struct {
    cn__section_id section;
    const char *names;
} table_names[] = {
    {CN__SECTION_NETWORK, "сеть|о сети|паспорт"},
    {CN__SECTION_COMPANIES, "предприятия|компании|организации и предприятия|узлы|вершины|nodes|firms"},
    {CN__SECTION_CLUSTERS, "кластеры"},
    {CN__SECTION_PROJECTS, "проекты|совместные проекты"},
    {CN__SECTION_PARKS, "парки|технопарки|индустриальные парки"},
    {CN__SECTION_ORGANISATIONS, "организации|organizations"},
    {CN__SECTION_EVENTS, "мероприятия"},
    {CN__SECTION_PRODUCTS, "продукция|продукты|изделия"},
    {CN__SECTION_MAKES, "выпуск|производство"},
    {CN__SECTION_NEEDS, "потребности|закупки по видам"},
    {CN__SECTION_MEMBERS, "участники кластеров|участники кластера|состав кластеров"},
    {CN__SECTION_PARTICIPANTS, "участники проектов|участники проекта"},
    {CN__SECTION_PLAN, "план|показатели план"},
    {CN__SECTION_FACT, "факт|показатели факт"},
    {CN__SECTION_RESIDENTS, "резиденты"},
    {CN__SECTION_EVENT_PARTICIPANTS, "участники мероприятий|event participants"},
    {CN__SECTION_INPUTS, "состав изделий|нормы расхода"},
    {CN__SECTION_LINKS, "связи|поставки|рёбра|edges|supplies"},
};

static bool is_child(const cn__section *section) {
    return section->shape == CN__SHAPE_CHILD_LINK || section->shape == CN__SHAPE_CHILD_ITEM;
}

const cn__section *cn__section_find_child(cn_entity_kind kind, const char *key) {
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        if (is_child(&sections[i]) && sections[i].kind == kind && strcmp(sections[i].key, key) == 0) {
            return &sections[i];
        }
    }
    return NULL;
}

const cn__column *cn__column_find(const cn__section *section, const char *key) {
    for (size_t i = 0; i < section->column_count; i++) {
        const cn__column *column = &section->columns[i];
        if (!(column->flags & CN__CSV_ONLY) && strcmp(column->key, key) == 0) {
            return column;
        }
    }
    return NULL;
}

static bool folds_to(const char *text, size_t len, const char *folded, cn_buf *scratch) {
    char plain[ALIAS_MAX];
    if (len >= sizeof plain) {
        return false; /* no alias of ours is so long */
    }
    memcpy(plain, text, len);
    plain[len] = '\0';
    scratch->len = 0;
    cn__utf8_fold(scratch, plain);
    return !scratch->failed && scratch->data && strcmp(scratch->data, folded) == 0;
}

static bool has_header(const cn__column *column, const char *folded, cn_buf *scratch) {
    if (folds_to(column->key, strlen(column->key), folded, scratch)) {
        return true;
    }
    for (const char *alias = column->aliases; alias && *alias;) {
        size_t len = strcspn(alias, "|");
        if (folds_to(alias, len, folded, scratch)) {
            return true;
        }
        alias += len + (alias[len] == '|');
    }
    return false;
}

const cn__column *cn__column_find_header(const cn__section *section, const char *folded, cn_buf *scratch) {
    for (size_t i = 0; i < section->column_count; i++) {
        const cn__column *column = &section->columns[i];
        if (column->type != CN__FREE && !(column->flags & CN__JSON_ONLY) && has_header(column, folded, scratch)) {
            return column;
        }
    }
    return NULL;
}

const cn__section *cn__section_find_name(const char *name, size_t len) {
    cn_buf copy = {0};
    cn_buf folded = {0};
    cn_buf scratch = {0};
    const cn__section *found = cn__section_find_table(name, len);
    cn_buf_add(&copy, name, len);
    if (copy.data) {
        cn__utf8_fold(&folded, copy.data);
    }
    for (size_t i = 0; i < COUNT_OF(table_names) && !found && folded.data; i++) {
        const cn__section *section = &sections[table_names[i].section];
        const cn__column named = {section->table, table_names[i].names, CN__TEXT, 0, CN__TO_NAME, 0, 0, 0, 0, 0};
        found = has_header(&named, folded.data, &scratch) ? section : NULL;
    }
    cn_buf_release(&copy);
    cn_buf_release(&folded);
    cn_buf_release(&scratch);
    return found;
}

const char *cn__column_russian(const cn__column *column, size_t *len) {
    for (const char *alias = column->aliases; alias && *alias;) {
        *len = strcspn(alias, "|");
        if ((unsigned char)*alias >= 0xD0) {
            return alias;
        }
        alias += *len + (alias[*len] == '|');
    }
    return NULL;
}

cn_link_kind cn__own_link_kind(cn__own_link own, cn_role *role, bool *entity_is_from) {
    *role = own_links[own].role;
    *entity_is_from = own_links[own].entity_is_from;
    return own_links[own].kind;
}
