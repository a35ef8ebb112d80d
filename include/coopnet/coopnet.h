/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file coopnet.h
 * Everything: load a network, project a graph, analyse, draw, write.
 */
#ifndef COOPNET_COOPNET_H
#define COOPNET_COOPNET_H

#include "coopnet/backbone.h"
#include "coopnet/base.h"
#include "coopnet/builder.h"
#include "coopnet/cascade.h"
#include "coopnet/chain.h"
#include "coopnet/change.h"
#include "coopnet/communities.h"
#include "coopnet/consortium.h"
#include "coopnet/date.h"
#include "coopnet/diag.h"
#include "coopnet/draw.h"
#include "coopnet/exposure.h"
#include "coopnet/flows.h"
#include "coopnet/generate.h"
#include "coopnet/graph.h"
#include "coopnet/groups.h"
#include "coopnet/ident.h"
#include "coopnet/load.h"
#include "coopnet/map.h"
#include "coopnet/merge.h"
#include "coopnet/metrics.h"
#include "coopnet/network.h"
#include "coopnet/partners.h"
#include "coopnet/position.h"
#include "coopnet/profile.h"
#include "coopnet/remedy.h"
#include "coopnet/report.h"
#include "coopnet/roles.h"
#include "coopnet/rules.h"
#include "coopnet/save.h"
#include "coopnet/scenario.h"
#include "coopnet/snapshot.h"
#include "coopnet/summary.h"
#include "coopnet/table.h"
#include "coopnet/template.h"
#include "coopnet/theme.h"

#endif
