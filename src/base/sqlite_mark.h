/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a SQLite file has as its application_id (bytes 68–71 of its header) when coopnet wrote it: its texts are read to the letter. */
#ifndef CN_BASE_SQLITE_MARK_H
#define CN_BASE_SQLITE_MARK_H

enum { CN__SQLITE_MARK = 0x436F4E74 }; /* "CoNt" */

#endif
