/* ladder_svg.c: the ladder as a picture of its own: no fonts, scripts or files besides.  Its
 * colours follow the reader's choice of light or dark. */
#include "ladder.h"
#include "ladder_rung.h"

#define LINE 17   /* from line to line */
#define LEFT 60   /* where the initiator stands */
#define RIGHT 520 /* and the acceptor */
#define WIDTH 700
#define TOP 70      /* above the first token */
#define MARGIN 24   /* between tokens */
#define BOTTOM 100  /* below the last: the verdict, and a remark */
#define SENTENCE 80 /* characters of the verdict in a line */

static const char style[] =
    "<style>\n"
    "text { font: 13px ui-monospace, Consolas, Menlo, monospace; fill: #1f2328; }\n"
    ".name { font-weight: bold; }\n"
    ".paper { fill: #ffffff; }\n"
    ".side { stroke: #8c959f; stroke-width: 2; }\n"
    ".arrow { stroke: #1f2328; stroke-width: 1.5; }\n"
    ".head { fill: #1f2328; }\n"
    ".note { fill: #0969da; }\n"
    ".warning { fill: #9a6700; }\n"
    ".error { fill: #cf222e; font-weight: bold; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "text { fill: #e6edf3; }\n"
    ".paper { fill: #0d1117; }\n"
    ".arrow { stroke: #e6edf3; }\n"
    ".head { fill: #e6edf3; }\n"
    ".note { fill: #58a6ff; }\n"
    ".warning { fill: #d29922; }\n"
    ".error { fill: #ff7b72; }\n"
    "}\n"
    "</style>\n";

/* The length of the character of UTF-8 at `text`, if XML has it; else 0.  Behind an octet
 * that begins none, a zero at the latest, nothing is looked at.  RFC 3629 4; XML 1.0 2.2. */
static size_t
character_at(const unsigned char *text)
{
    static const struct {
        unsigned char mask, lead;
        unsigned long least; /* else it is not the shortest form */
    } forms[] = {{0x80, 0x00, 0x20},
                 {0xe0, 0xc0, 0x80},
                 {0xf0, 0xe0, 0x800},
                 {0xf8, 0xf0, 0x10000}};
    unsigned long value;
    size_t len, i;

    for (len = 1; len <= 4; len++)
        if ((text[0] & forms[len - 1].mask) == forms[len - 1].lead)
            break;
    if (len > 4)
        return 0;
    value = text[0] & (unsigned char)~forms[len - 1].mask;
    for (i = 1; i < len; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (text[i] & 0x3f);
    }
    if (value < forms[len - 1].least || value > 0x10ffff ||
        (value >= 0xd800 && value < 0xe000) || (value >= 0x7f && value < 0xa0) ||
        (value & 0xfffe) == 0xfffe)
        return 0;
    return len;
}

/* Text in XML: nothing of it can be markup, nor a character that XML does not have. */
static void
put_text(FILE *out, const char *text)
{
    while (*text != '\0') {
        size_t len = character_at((const unsigned char *)text);

        if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else
            fprintf(out, "%.*s", (int)(len > 0 ? len : 1), len > 0 ? text : "?");
        text += len > 0 ? len : 1;
    }
}

static void
put_line(FILE *out, size_t x, size_t y, const char *class, const char *text)
{
    fprintf(out, "<text x=\"%zu\" y=\"%zu\" class=\"%s\" xml:space=\"preserve\">", x, y, class);
    put_text(out, text);
    fputs("</text>\n", out);
}

static size_t
height_of(const struct rung *rung)
{
    size_t lines = rung->count > rung->code_count ? rung->count : rung->code_count;

    return lines * LINE + MARGIN;
}

static void
put_arrow(FILE *out, enum side side, size_t y)
{
    size_t end = side == SIDE_ACCEPTOR ? LEFT : RIGHT;
    size_t back = side == SIDE_ACCEPTOR ? LEFT + 10 : RIGHT - 10;

    fprintf(out, "<line x1=\"%d\" y1=\"%zu\" x2=\"%d\" y2=\"%zu\" class=\"arrow\"/>\n", LEFT, y,
            RIGHT, y);
    fprintf(out, "<polygon points=\"%zu,%zu %zu,%zu %zu,%zu\" class=\"head\"/>\n", end, y, back,
            y - 5, back, y + 5);
}

static void
put_turn(FILE *out, const struct turn *turn, const struct rung *rung, size_t number, size_t y)
{
    char text[48];
    size_t i;

    snprintf(text, sizeof(text), "%zu%s", number, turn->side_guessed ? "?" : "");
    put_line(out, LEFT - 40, y, "name", text);
    for (i = 0; i < rung->count; i++)
        put_line(out, LEFT + 12, y + i * LINE, i == 0 ? "name" : "field", rung->lines[i]);
    for (i = 0; i < rung->code_count; i++) {
        snprintf(text, sizeof(text), "%s SPN%u", rung_severity(rung->codes[i]->severity),
                 rung->codes[i]->code);
        put_line(out, RIGHT + 15, y + i * LINE, rung_severity(rung->codes[i]->severity), text);
    }
    put_arrow(out, turn->side, y + rung->count * LINE - 8);
}

/* The verdict, in lines that are short enough. */
static void
put_verdict(FILE *out, const char *verdict, size_t y)
{
    char line[SENTENCE + 1];
    size_t len;

    for (; *verdict != '\0'; y += LINE) {
        len = rung_fitting(verdict, SENTENCE);
        snprintf(line, sizeof(line), "%.*s", (int)len, verdict);
        put_line(out, 20, y, "name", line);
        verdict += len + (verdict[len] == ' ');
    }
}

static void
put_frame(FILE *out, const struct conversation *conversation, size_t height)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" "
            "viewBox=\"0 0 %d %zu\" role=\"img\">\n<title>",
            WIDTH, height, WIDTH, height);
    put_text(out, conversation->name);
    fputs("</title>\n<desc>", out);
    put_text(out, conversation->verdict);
    fputs("</desc>\n", out);
    fputs(style, out);
    fprintf(out, "<rect width=\"%d\" height=\"%zu\" class=\"paper\"/>\n", WIDTH, height);
    put_line(out, LEFT - 40, 30, "name", "initiator");
    put_line(out, RIGHT - 40, 30, "name", "acceptor");
    fprintf(out, "<line x1=\"%d\" y1=\"40\" x2=\"%d\" y2=\"%zu\" class=\"side\"/>\n", LEFT,
            LEFT, height - BOTTOM + 10);
    fprintf(out, "<line x1=\"%d\" y1=\"40\" x2=\"%d\" y2=\"%zu\" class=\"side\"/>\n", RIGHT,
            RIGHT, height - BOTTOM + 10);
}

bool
ladder_svg(FILE *out, const struct conversation *conversation)
{
    size_t height = TOP + BOTTOM, y = TOP, i;
    bool guessed = false;
    struct rung rung;

    for (i = 0; i < conversation->count; i++) {
        rung_of(&rung, &conversation->turns[i]);
        height += height_of(&rung);
        guessed |= conversation->turns[i].side_guessed;
    }
    put_frame(out, conversation, height);
    for (i = 0; i < conversation->count; i++) {
        rung_of(&rung, &conversation->turns[i]);
        put_turn(out, &conversation->turns[i], &rung, i + 1, y);
        y += height_of(&rung);
    }
    put_verdict(out, conversation->verdict, height - BOTTOM + 35);
    if (guessed)
        put_line(out, 20, height - 15, "field", LADDER_GUESSED);
    fputs("</svg>\n", out);
    return fflush(out) == 0 && !ferror(out);
}
