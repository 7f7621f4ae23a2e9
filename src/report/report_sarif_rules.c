/* report_sarif_rules.c: the registry of findings as SARIF's rules. */
#include "report_sarif.h"

#include "explain.h"
#include "report.h"

/* 3.49: reportingDescriptor. */
static json_t *
json_rule(const struct explanation *entry, unsigned tolerate)
{
    enum spnego_severity severity =
        spnego_finding_severity((enum spnego_finding_code)entry->code, tolerate);
    char *help = explanation_help(entry);
    char code[12];
    json_t *rule;

    if (help == NULL)
        return NULL;
    snprintf(code, sizeof(code), "SPN%04u", entry->code);
    rule = json_pack("{s:s, s:s, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}", "id", code,
                     "name", entry->name, "shortDescription", "text", entry->title,
                     "fullDescription", "text", entry->why, "help", "text", help,
                     "defaultConfiguration", "level", severity_names[severity], "properties",
                     "source", spnego_finding_source((enum spnego_finding_code)entry->code));
    free(help);
    return rule;
}

json_t *
sarif_tool(unsigned tolerate)
{
    json_t *rules = json_array();
    bool complete = true;
    size_t i;

    for (i = 0; i < explanations_count; i++)
        complete &= json_array_append_new(rules, json_rule(&explanations[i], tolerate)) == 0;
    if (!complete) {
        json_decref(rules);
        return NULL;
    }
    return json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "spnego-check", "version",
                     SPNEGO_VERSION, "rules", rules);
}

int
sarif_rule_index(unsigned code)
{
    return (int)(explanation_of(code) - explanations);
}
