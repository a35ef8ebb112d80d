/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words and numbers for people, in the language of the page. Templates are those of the program: {0} inserts argument 0,
 * {1|предприятие|предприятия|предприятий} the form that agrees with the number in argument 1.
 */
"use strict";
const coopnet = {};

coopnet.words = function (lang, texts, currency) {
    const rules = new Intl.PluralRules(lang);
    const order = lang === "ru" ? ["one", "few", "many"] : ["one", "other"];
    const noBreak = "\u00a0";
    const signs = { RUB: "₽", EUR: "€", USD: "$", CNY: "¥" };
    const sign = signs[currency] || currency || "";

    function form(count, forms) {
        const at = order.indexOf(rules.select(Number(count)));
        return forms[at >= 0 && at < forms.length ? at : forms.length - 1];
    }
    function say(key, ...args) {
        const pattern = Object.prototype.hasOwnProperty.call(texts, key) ? texts[key] : key;
        return pattern.replace(/\{(\d+)((?:\|[^{}|]*)*)\}/g, (whole, number, forms) => {
            const value = args[Number(number)];
            if (forms) {
                return form(value, forms.slice(1).split("|"));
            }
            return value === undefined ? "" : typeof value === "number" ? count(value) : String(value);
        });
    }
    function count(value) {
        return value.toLocaleString(lang === "ru" ? "ru-RU" : "en-GB");
    }
    function number(value, digits) {
        if (!Number.isFinite(value)) {
            return "–";
        }
        const size = Math.abs(value);
        const decimals = digits !== undefined ? digits : size >= 100 ? 0 : size >= 1 ? 2 : 4;
        return value.toLocaleString(lang === "ru" ? "ru-RU" : "en-GB", { maximumFractionDigits: decimals });
    }
    /* Units of the currency, three significant places: "1,2 млрд ₽", "₽1.2bn". */
    function money(value) {
        if (!Number.isFinite(value)) {
            return "–";
        }
        const steps = lang === "ru" ? [[1e12, "трлн"], [1e9, "млрд"], [1e6, "млн"], [1e3, "тыс."]]
                                    : [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]];
        const step = steps.find(([size]) => Math.abs(value) >= size) || [1, ""];
        const text = Number((value / step[0]).toPrecision(3)).toLocaleString(lang === "ru" ? "ru-RU" : "en-GB");
        if (lang === "ru") {
            return [text, step[1], sign].filter(Boolean).join(noBreak);
        }
        return sign.length === 1 ? sign + text + step[1] : text + step[1] + noBreak + sign;
    }
    /* Days since 1970-01-01. */
    function date(days) {
        const iso = new Date(days * 86400000).toISOString().slice(0, 10);
        return lang === "ru" ? iso.split("-").reverse().join(".") : iso;
    }
    return { lang, say, count, number, money, date };
};
