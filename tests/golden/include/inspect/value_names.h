/* inspect/value_names.h: names of values.  Generated from the schemas: edit those. */
#ifndef INSPECT_VALUE_NAMES_H
#define INSPECT_VALUE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* The name of one value; `table` is what spnego_desc.names has: from INSPECT_TABLES_FROM
 * on it is one of these. */
#define INSPECT_TABLES_FROM 128
struct inspect_value_name {
    int32_t value;
    uint8_t table;
    char name[48];
};
extern const struct inspect_value_name inspect_value_names[];
extern const size_t inspect_value_names_count;

#endif
