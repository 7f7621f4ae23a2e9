/* keys_keytab.c: the keys in a keytab.  libkrb5 reads the file, and is not needed then. */
#include "keys.h"

#include <krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SERVICE_KEYS 256 /* each is tried on a ticket */

static bool
add(struct keys *keys, const krb5_keyblock *block)
{
    struct spnego_slice octets = {block->contents, block->length};

    return held_key_set(&keys->service[keys->service_count], SIDE_UNKNOWN, block->enctype,
                        octets);
}

/* Encryption types that libkrb5 does not have any more are passed over. */
static krb5_error_code
read_entries(struct keys *keys, krb5_context context, krb5_keytab keytab)
{
    krb5_kt_cursor cursor;
    krb5_keytab_entry entry;
    krb5_error_code code = krb5_kt_start_seq_get(context, keytab, &cursor);

    if (code != 0)
        return code;
    while (keys->service_count < MAX_SERVICE_KEYS &&
           (code = krb5_kt_next_entry(context, keytab, &entry, &cursor)) == 0) {
        keys->service_count += add(keys, &entry.key);
        krb5_free_keytab_entry_contents(context, &entry);
    }
    krb5_kt_end_seq_get(context, keytab, &cursor);
    return code == KRB5_KT_END ? 0 : code;
}

static krb5_error_code
read_file(struct keys *keys, krb5_context context, const char *name)
{
    char full[4096];
    krb5_keytab keytab;
    krb5_error_code code;

    if (snprintf(full, sizeof(full), "FILE:%s", name) >= (int)sizeof(full))
        return KRB5_KT_NAME_TOOLONG;
    code = krb5_kt_resolve(context, full, &keytab);
    if (code != 0)
        return code;
    code = read_entries(keys, context, keytab);
    krb5_kt_close(context, keytab);
    return code;
}

static void
explain(krb5_context context, krb5_error_code code, const char *name, char *error, size_t cap)
{
    const char *text = krb5_get_error_message(context, code);

    snprintf(error, cap, "--keytab %s: %s", name, text);
    krb5_free_error_message(context, text);
}

bool
keytab_load(struct keys *keys, const char *name, char *error, size_t cap)
{
    krb5_context context = NULL;
    krb5_error_code code;

    keys->service = calloc(MAX_SERVICE_KEYS, sizeof(*keys->service));
    if (keys->service == NULL) {
        snprintf(error, cap, "--keytab %s: no memory to read it", name);
        return false;
    }
    code = krb5_init_context(&context);
    if (code == 0)
        code = read_file(keys, context, name);
    if (code != 0)
        explain(context, code, name, error, cap);
    else if (keys->service_count == 0)
        snprintf(error, cap, "--keytab %s: there is no key in it that libkrb5 can use", name);
    else if (keys->service_count == MAX_SERVICE_KEYS)
        snprintf(error, cap, "--keytab %s: %d keys or more; expected those of one service",
                 name, MAX_SERVICE_KEYS);
    krb5_free_context(context);
    return code == 0 && keys->service_count > 0 && keys->service_count < MAX_SERVICE_KEYS;
}
