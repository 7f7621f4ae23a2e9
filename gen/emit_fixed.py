"""The fixed-layout codec: one function a structure and direction, one statement a field."""

from . import ir
from .cfile import call, comment, function, indent, source
from .emit_types import is_element
from .names import camel, constant, ctype, desc, finding, snake, upper


def emit(module, findings):
    """The texts of negoex_codec.h and negoex_codec.c."""
    body = Emitter(module, findings).body()
    prefix, about = module.prefix, (f"{{}}: the codec of {module.name}.  Generated from "
                                    f"{module.file}: edit that.")
    guard = f"SPNEGO_{prefix.upper()}_CODEC_H"
    head = [*comment(about.format(f"{prefix}_codec.h")), f"#ifndef {guard}", f"#define {guard}", "",
            '#include "fixed.h"', f'#include "spnego/{prefix}.h"', "",
            f"void {prefix}_read_message(struct spnego_reader *r, struct {prefix}_message *out);",
            f"void {prefix}_write_message(struct spnego_writer *w,",
            f"                          const struct {prefix}_message *in);", "", "#endif"]
    text = source(about.format(f"{prefix}_codec.c") + "  Each statement has the schema's line "
                  "beside it; @n counts octets from the structure's start.",
                  [f'"{prefix}_codec.h"', '"reflect.h"', "", "<string.h>"], body)
    return "\n".join(head) + "\n", text.replace("#include \n", "\n")


class Emitter:
    def __init__(self, module, findings):
        self.module = module
        self.findings = findings
        self.owner = None  # the structure whose table of names is used

    def body(self):
        lines = []
        module = self.module
        for found in ir.dependencies_first(module):
            if isinstance(found, ir.Struct):
                lines += self.struct_codec(found)
                if is_element(module, found):
                    lines += self.vector_codec(found.name, found)
            elif lines == [] and isinstance(found, ir.Enum):
                lines += self.vector_codec("guid", None)
        self.owner = module.header
        lines += self.rules(module.header.fields) + self.function_above(module.header)
        lines += function(self.read_head(module.header), self.reads(module.header.fields))
        head = ["static void", *call(f"write_{snake(module.header.name)}", [
            "struct spnego_writer *w",
            f"const struct {ctype(module, module.header.name)} *in"], after="")]
        lines += function(head, [line for field in module.header.fields
                                 if field.writes not in ("header-size", "message-size")
                                 for line in self.write(field, "")])
        return lines + self.message_codec()

    # Structures and messages.

    def function_above(self, found, more=""):
        return comment(f"{found.name}{more}.  {found.loc.file}:{found.loc.line}.  {found.cite}.")

    def read_head(self, found):
        return ["static void", *call(f"read_{snake(found.name)}", [
            "struct spnego_reader *r", f"struct {ctype(self.module, found.name)} *out",
            *self.extra_arguments(found)], after="")]

    def extra_arguments(self, found):
        """Padding at the end of a header is only there if the header says so."""
        return ["size_t header_length"] if getattr(found, "unpadded", 0) != found.size and \
            isinstance(found, ir.Message) else []

    def struct_codec(self, found):
        self.owner = found
        lines = []
        for layout in getattr(found, "layouts", ()):
            lines += self.layout_reader(found, layout)
        reads = self.reads(found.fields, found)
        if getattr(found, "layouts", ()):
            reads = self.reads_with_layouts(found)
        lines += self.rules(found.fields)
        lines += self.function_above(found) + function(self.read_head(found), reads)
        head = ["static void", *call(f"write_{snake(found.name)}", [
            "struct spnego_writer *w",
            *([] if isinstance(found, ir.Message) else ["size_t at"]),
            f"const struct {ctype(self.module, found.name)} *in"], after="")]
        base = "" if isinstance(found, ir.Message) else "at + "
        writes = [line for field in found.fields for line in self.write(field, base)]
        return lines + function(head, writes)

    def layout_reader(self, found, layout):
        head = ["static void", *call(f"read_{snake(found.name)}_{snake(layout.name)}", [
            "struct spnego_reader *r", f"struct {ctype(self.module, found.name)} *out"], after="")]
        return self.function_above(layout, f" {found.name}") + function(
            head, self.reads(layout.fields))

    def reads_with_layouts(self, found):
        """Fields before the first layout's are common; then each layout has its own."""
        lines, layout = [], found.layouts[0]
        start = layout.fields[0].encoding.offset
        common = [f for f in found.fields if f.encoding.offset < start]
        rest = [f for f in found.fields if f.encoding.offset >= start]
        test, code = layout.test, self.finding(layout.code)
        lines += self.reads(common)
        lines += comment(f"layout {layout.name} when octets({test.offset}, {test.size}) != 0")
        lines += [f"if (spnego_fixed_peek(r, {test.offset}, {test.size}) != 0) {{",
                  f"    out->layout = {upper(self.module.prefix)}_LAYOUT_{upper(layout.name)};",
                  *indent(call("spnego_remark", ["r", "SPNEGO_WARNING", code,
                                  f"r->off + {test.offset}", str(test.size), "0", "0"])),
                  f"    read_{snake(found.name)}_{snake(layout.name)}(r, out);", "    return;", "}"]
        return lines + self.reads(rest)

    def reads(self, fields, found=None):
        return [line for field in fields for line in self.read(field, found)]

    def finding(self, code):
        return finding(code, self.findings[code].name)

    def place(self, field):
        return f"&{desc(self.module, self.owner.name)}.{camel(field.name)}"

    # One field.

    def read(self, field, found=None):
        offset = field.encoding.offset
        name, lines = f"out->{snake(field.name)}", comment(field.text)
        if field.type == ir.PAD:
            return lines + self.read_padding(field, found)
        if field.type == "octets" and field.rule:
            return lines + call("spnego_fixed_literal", [
                "r", f'"{field.rule.want}"', str(offset), str(field.count),
                self.status(field.rule), self.finding(field.rule.code), self.place(field)])
        if field.type in ("octets", "guid"):
            target = name if field.type == "octets" else f"{name}.octets"
            return lines + call("spnego_fixed_octets",
                                ["r", target, str(offset), str(field.count), self.place(field)])
        if field.type == "bytes":
            return lines + call("spnego_fixed_bytes", ["r", f"&{name}", str(offset),
                                                       self.place(field)]) + self.read_held(field)
        if field.type == "vector":
            return lines + call(f"read_{snake(field.element)}_vector",
                                ["r", f"&{name}", str(offset), self.place(field)])
        if isinstance(self.module.find(field.type), ir.Struct):
            return lines + self.read_struct(field, name)
        return lines + self.read_number(field, name)

    def read_padding(self, field, found):
        pad = call("spnego_fixed_pad", ["r", str(field.encoding.offset), str(field.count)])
        end = field.encoding.offset + field.encoding.size
        if found is not None and self.extra_arguments(found) and end > found.unpadded:
            return [f"if (header_length >= {found.size})", *indent(pad)]
        return pad

    def status(self, rule):
        return f"SPNEGO_E_{rule.status.upper()}"

    def read_number(self, field, name):
        found = self.module.find(field.type)
        args = ["r", str(field.encoding.offset), str(field.encoding.size)]
        cast = f"(uint{8 * field.encoding.size}_t)" if field.encoding.size < 8 else ""
        if not field.rule:
            return call(f"{name} = {cast}spnego_fixed_number", [*args, self.place(field)])
        target = ""
        if field.rule.want is None:
            target = f"{name} = (enum {ctype(self.module, found.name)})"
        rule = f"&{self.rule_name(field)}"
        return call(f"{target}spnego_fixed_ruled", [*args, rule, self.place(field)])

    def rule_name(self, field):
        return f"{snake(self.owner.name)}_{snake(field.name)}_rule"

    def rules(self, fields):
        """What numbers must be: a table above the function that needs it."""
        lines = []
        for field in fields:
            rule = field.rule
            if not rule or field.type == "octets":
                continue
            first = last = rule.want
            if rule.want is None:
                values = self.module.find(field.type).values
                first, last = values[0].number, values[-1].number
            lines += [f"static const struct spnego_fixed_rule {self.rule_name(field)} = {{",
                      f"    {first}, {last}, {self.status(rule)}, {self.finding(rule.code)},",
                      "};", ""]
        return lines

    def read_struct(self, field, name):
        found = self.module.find(field.type)
        child = snake(field.name)
        return [f"{{", f"    struct spnego_reader {child};", "",
                *indent(call("if (spnego_fixed_open", ["r", f"&{child}", str(field.encoding.offset),
                                                       str(found.size), self.place(field)], ")")),
                f"        read_{snake(found.name)}(&{child}, &{name});", "}"]

    def read_held(self, field):
        if not field.holds:
            return []
        held = self.module.find(field.holds.type)
        name, place = snake(held.name), f"&{desc(self.module, held.name)}.self"
        other = next(f for f in self.owner.fields if f.name == field.holds.field)
        value = constant(self.module, other.type, field.holds.value)
        test = (f"if (out->{snake(other.name)} == {value} && "
                f"out->{snake(field.name)}.len >= {held.size}) {{")
        return [test, "    struct spnego_reader held;", "",
                *indent(call("spnego_fixed_held", [
                    "r", "&held", f"out->{snake(field.name)}", str(held.size), place])),
                f"    out->has_{name} = true;", f"    read_{name}(&held, &out->{name});", "}"]

    def write(self, field, base):
        lines, at = comment(field.text), f"{base}{field.encoding.offset}"
        name, size = f"in->{snake(field.name)}", str(field.encoding.size)
        if field.type == ir.PAD:
            return []
        if field.type == "octets" and field.rule:
            return lines + call("spnego_fixed_put_octets", ["w", at, f'"{field.rule.want}"', size])
        if isinstance(field.writes, int):
            return lines + call("spnego_fixed_put_number", ["w", at, size, str(field.writes)])
        if field.type in ("octets", "guid"):
            value = name if field.type == "octets" else f"{name}.octets"
            return lines + call("spnego_fixed_put_octets", ["w", at, value, size])
        if field.type == "bytes":
            return lines + self.write_bytes(field, at, name)
        if field.type == "vector":
            return lines + call(f"write_{snake(field.element)}_vector", ["w", at, f"&{name}"])
        found = self.module.find(field.type)
        if isinstance(found, ir.Struct):
            return lines + call(f"write_{snake(found.name)}", ["w", at, f"&{name}"])
        if isinstance(found, ir.Enum) and found.closed:
            return lines + self.write_closed(found, at, size, name)
        return lines + call("spnego_fixed_put_number", ["w", at, size, name])

    def write_closed(self, found, at, size, name):
        first, last = found.values[0].number, found.values[-1].number
        tests = [f"(uint32_t){name} > {last}"] + ([f"{name} < {first}"] if first else [])
        return [f"if ({' || '.join(tests)})", "    w->broken = true;",
                *call("spnego_fixed_put_number", ["w", at, size, f"(uint32_t){name}"])]

    def write_bytes(self, field, at, name):
        put = call("spnego_fixed_put_bytes", ["w", at, name])
        if not field.holds:
            return put
        held = self.module.find(field.holds.type)
        stem = snake(held.name)
        return [f"if (in->has_{stem}) {{",
                f"    size_t {stem} = spnego_fixed_put_held(w, {at}, {held.size});", "",
                f"    write_{stem}(w, {stem}, &in->{stem});", "} else {", *indent(put), "}"]

    # Vectors.

    def vector_codec(self, element, found):
        module, item = self.module, f"struct {self.module.prefix}_{snake(element)}"
        name = f"{module.prefix}_{snake(element)}_vector"
        size = found.size if found else 16
        read = ["static void", *call(f"read_{snake(element)}_vector", [
            "struct spnego_reader *r", f"struct {name} *out", "size_t at",
            "const struct spnego_desc *desc"], after="")]
        write = ["static void", *call(f"write_{snake(element)}_vector", [
            "struct spnego_writer *w", "size_t at", f"const struct {name} *in"], after="")]
        at = ["bool", *call(f"{name}_at", [f"{item} *out", f"const struct {name} *vector",
                                           "size_t i"], after="")]
        return [*comment(f"vector({element}): elements of {size} octets."),
                *function(read, self.vector_read(found, item, size)),
                *function(at, self.vector_at(found, size)),
                *function(write, self.vector_write(found, name, item, size))]

    def vector_read(self, found, item, size):
        lines = ["struct spnego_slice elements;"]
        if found:
            lines += ["struct spnego_reader element;", f"{item} item;", "size_t i;"]
        lines += ["", f"if (!spnego_fixed_vector(r, &elements, &out->count, at, {size}, desc))",
                  "    return;", "out->message = spnego_reader_slice(r, r->start, r->end);",
                  "out->offset = (uint32_t)(elements.ptr - out->message.ptr);"]
        if not found:
            return [*lines, f"spnego_fixed_report_elements(r, elements, {size}, desc);"]
        return [*lines, "for (i = 0; i < out->count; i++) {",
                f"    if (!spnego_fixed_element(r, &element, elements, i, {size}, desc))",
                "        return;", "    memset(&item, 0, sizeof(item));",
                f"    read_{snake(found.name)}(&element, &item);", "}"]

    def vector_at(self, found, size):
        copy = [f"memcpy(out->octets, vector->message.ptr + vector->offset + {size} * i, {size});",
                "return true;"]
        lines = ["if (i >= vector->count)", "    return false;", "if (vector->items != NULL) {",
                 "    *out = vector->items[i];", "    return true;", "}"]
        if not found:
            return [*lines, "if (vector->message.len == 0)", "    return false;", *copy]
        return ["struct spnego_decoding decoding;", "struct spnego_reader r;", "", *lines,
                "spnego_fixed_again(&r, &decoding, vector->message, "
                f"vector->offset + {size} * i);", "memset(out, 0, sizeof(*out));",
                f"read_{snake(found.name)}(&r, out);", "return spnego_reader_ok(&r);"]

    def vector_write(self, found, name, item, size):
        put = (f"spnego_fixed_put_octets(w, first + {size} * i, item.octets, {size});" if not found
               else f"write_{snake(found.name)}(w, first + {size} * i, &item);")
        return [f"size_t first = spnego_fixed_put_vector(w, at, in->count, {size}), i;",
                f"{item} item;", "", f"for (i = 0; {name}_at(&item, in, i); i++)", f"    {put}",
                "if (i != in->count)", "    w->broken = true;"]

    # All messages.

    def message_codec(self):
        module, header = self.module, self.module.header
        prefix = module.prefix
        kind_field = next(f for f in header.fields if isinstance(module.find(f.type), ir.Enum))
        lengths = next(f for f in header.fields if f.writes == "message-size")
        at, size = kind_field.encoding.offset, kind_field.encoding.size
        read = [
            "const struct spnego_desc *desc;", "struct spnego_reader message;",
            "struct spnego_fixed_lengths lengths;", "size_t start = r->off;", "",
            *call("desc = message_desc",
                  [f"(uint32_t)spnego_fixed_peek(r, {at}, {size})", "&lengths"]),
            f"if (!spnego_fixed_message(r, &message, {header.size}, &lengths, desc))",
            "    return;",
            f"read_{snake(header.name)}(&message, &out->header);",
            "lengths.header = out->header.header_length;",
            "lengths.message = out->header.message_length;",
            "if (!spnego_fixed_message_size(r, &message, &lengths))", "    return;",
            "out->raw = spnego_reader_slice(r, start, r->off);",
            f"switch (out->header.{snake(kind_field.name)}) {{",
        ]
        write = ["switch (in->header.message_type) {"]
        for message in module.messages:
            member = f"u.{snake(message.name)}"
            cases = [f"case {constant(module, kind_field.type, k)}:" for k in message.kinds]
            extra = ", lengths.header" if self.extra_arguments(message) else ""
            read += [*cases, f"    read_{snake(message.name)}(&message, &out->{member}{extra});",
                     "    break;"]
            write += [*cases, f"    spnego_fixed_put_room(w, {message.size});",
                      *indent(self.header_size(header, message)),
                      f"    write_{snake(message.name)}(w, &in->{member});", "    break;"]
        read += ["}"]
        write += ["default:", "    w->broken = true;", "    return;", "}"]
        write += [f"write_{snake(header.name)}(w, &in->header);", *comment(lengths.text),
                  f"spnego_fixed_put_number(w, {lengths.encoding.offset}, "
                  f"{lengths.encoding.size}, w->len);"]
        return [*self.message_desc(kind_field),
                *function(["void", f"{prefix}_read_message(struct spnego_reader *r, "
                           f"struct {prefix}_message *out)"], read),
                *function(["void", f"{prefix}_write_message(struct spnego_writer *w, "
                           f"const struct {prefix}_message *in)"], write)]

    def header_size(self, header, message):
        field = next(f for f in header.fields if f.writes == "header-size")
        return [*comment(field.text),
                f"spnego_fixed_put_number(w, {field.encoding.offset}, {field.encoding.size}, "
                f"{message.size});"]

    def message_desc(self, kind_field):
        """Which message a type has: its names, and the sizes of its header."""
        module = self.module
        places = {f.writes: f.encoding.offset for f in module.header.fields if f.writes}
        lines = ["lengths->fixed = lengths->fixed_unpadded = 0;",
                 f"lengths->header_at = {places['header-size']};",
                 f"lengths->message_at = {places['message-size']};", "switch (type) {"]
        for message in module.messages:
            lines += [f"case {constant(module, kind_field.type, k)}:" for k in message.kinds]
            lines += [f"    lengths->fixed = {message.size};",
                      f"    lengths->fixed_unpadded = {message.unpadded};",
                      f"    return &{desc(module, message.name)}.self;"]
        lines += ["default:", f"    return &{desc(module, module.header.name)}.self;", "}"]
        head = ["static const struct spnego_desc *",
                "message_desc(uint32_t type, struct spnego_fixed_lengths *lengths)"]
        return [*comment("The names of a message type, and the sizes that its header may have."),
                *function(head, lines)]
