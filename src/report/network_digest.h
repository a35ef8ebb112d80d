/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fingerprint of what a network says, whatever file it came from. */
#ifndef CN_REPORT_NETWORK_DIGEST_H
#define CN_REPORT_NETWORK_DIGEST_H

#include "coopnet/network.h"

/*
 * SHA-256, as hexadecimal text, of every record in the order of the network: entities with kind, id, name and properties, then links with all their
 * members. The same records from JSON, tables or a snapshot give the same text. Look at out->failed. O(records).
 */
void cn__network_digest(const cn_network *net, cn_buf *out);

#endif
