/* report_sarif.h: what a SARIF document says of the tool itself. */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include <jansson.h>

/* sarif_tool returns the tool with a rule for each finding, whose levels are those with the
 * tolerances SPNEGO_TOLERATE_*.  NULL if there was no memory. */
json_t *sarif_tool(unsigned tolerate);

/* sarif_rule_index returns which of these rules a code has. */
int sarif_rule_index(unsigned code);

#endif
