/*
 * negoex_octets.h - one NegoEx message of each kind, put together by hand from
 * the tables of [MS-NEGOEX] 2.2.6.
 */
#ifndef NEGOEX_OCTETS_H
#define NEGOEX_OCTETS_H

#define SIGNATURE "4e 45 47 4f 45 58 54 53 "
#define CONVERSATION "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf "
#define SCHEME "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08 "
#define SCHEME_2 "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76 "
#define RANDOM                                                                                 \
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 aa ab ac ad ae af "                                         \
    "b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 ba bb bc bd be bf "
#define ZEROS_8 "00 00 00 00 00 00 00 00 "

/* Type, number 9, header length, message length. */
#define HEADER(type, header, message)                                                          \
    SIGNATURE type " 00 00 00 09 00 00 00 " header " 00 00 00 " message                        \
                   " 00 00 00 " CONVERSATION

/* One scheme, no extension: 112 octets. */
#define NEGO(type)                                                                             \
    HEADER(type, "60", "70") RANDOM ZEROS_8 "60 00 00 00 01 00 00 00 " ZEROS_8 SCHEME

/* Two schemes, two extensions, the first of them critical: 96 + 32 + 24 + 3. */
#define NEGO_EXTENDED                                                                          \
    HEADER("01", "60", "9b")                                                                   \
    RANDOM ZEROS_8 "60 00 00 00 02 00 00 00 80 00 00 00 02 00 00 00 " SCHEME SCHEME_2          \
                   "01 00 00 80 98 00 00 00 03 00 00 00 "                                      \
                   "02 00 00 00 00 00 00 00 00 00 00 00 e1 e2 e3 "

#define EXCHANGE(type) HEADER(type, "40", "43") SCHEME "40 00 00 00 03 00 00 00 d1 d2 d3 "

#define CHECKSUM_12 "f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 fa fb "
#define VERIFY                                                                                 \
    HEADER("06", "50", "5c")                                                                   \
    SCHEME                                                                                     \
        "14 00 00 00 01 00 00 00 10 00 00 00 50 00 00 00 0c 00 00 00 00 00 00 00 " CHECKSUM_12

#define PULSE "01 00 00 00 54 00 00 00 08 00 00 00 08 00 00 00 01 00 00 00 "
#define ALERT                                                                                  \
    HEADER("07", "48", "5c") SCHEME "22 00 00 c0 48 00 00 00 01 00 00 00 00 00 00 00 " PULSE

#endif
