/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorts a table by the column whose heading is pressed. Sort keys are the exact values in data-v, else the text. */
"use strict";
document.querySelectorAll("table.sortable").forEach((table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
        const text = head.textContent;
        const button = document.createElement("span"); /* a real button would be empty where paper repeats the heading */
        button.setAttribute("role", "button");
        button.tabIndex = 0;
        button.textContent = text;
        button.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                button.click();
            }
        });
        head.replaceChildren(button);
        button.addEventListener("click", () => {
            const numeric = head.classList.contains("n");
            const rising = head.getAttribute("aria-sort") === (numeric ? "descending" : "none") || !head.hasAttribute("aria-sort") && !numeric;
            heads.forEach((other) => other.removeAttribute("aria-sort"));
            head.setAttribute("aria-sort", rising ? "ascending" : "descending");
            const key = (row) => {
                const cell = row.cells[column];
                const value = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent;
                return numeric ? (value === "" ? NaN : Number(value)) : value;
            };
            const rows = [...table.tBodies[0].rows].map((row, at) => ({ row, at, key: key(row) }));
            rows.sort((a, b) => {
                if (numeric) { /* what is not given comes last either way */
                    const gap = Number(Number.isNaN(a.key)) - Number(Number.isNaN(b.key));
                    return gap || (rising ? a.key - b.key : b.key - a.key) || a.at - b.at;
                }
                return (rising ? 1 : -1) * a.key.localeCompare(b.key, document.documentElement.lang) || a.at - b.at;
            });
            table.tBodies[0].append(...rows.map(({ row }) => row));
        });
    });
});
