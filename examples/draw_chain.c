/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws the supply chain of one organisation as SVG on standard output.
 * Usage: draw_chain NETWORK ORG > chain.svg
 */
#include <coopnet/coopnet.h>
#include <stdio.h>

static bool to_stdout(void *context, const void *bytes, size_t len) {
    return fwrite(bytes, 1, len, (FILE *)context) == len;
}

int main(int argc, char **argv) {
    cn_error err = {0};
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_draw_options options = {.view = CN_VIEW_CHAIN, .format = CN_PICTURE_SVG, .subject_given = true};
    const cn_sink out = {to_stdout, stdout};
    int code = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: draw_chain NETWORK ORG\n");
        return 2;
    }
    if (cn_diags_create(&diags, &err) || cn_load(argv[1], NULL, diags, &net, &err) ||
        cn_entity_resolve(net, argv[2], &options.subject, &err) || cn_draw(net, &options, out, &err)) {
        char text[512];
        cn_error_format(&err, CN_LANG_EN, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        code = 1;
    }
    cn_network_free(net);
    cn_diags_free(diags);
    return code;
}
