/* explanations.c: what spnego-check --explain says.  Generated from
 * runtime/findings.toml: edit that. */
#include "explain.h"

const struct explanation explanations[] = {
    {
        .code = 1001,
        .name = "fragment",
        .title = "The token is a fragment, or it was cut off",
        .text = "the token says {want} octets and {got} are here: a fragment, or cut off",
        .why = "The outermost length says how long the whole token is, and fewer octets "
               "are here. Some carriers hand over a long token in pieces: [MS-SPNG] "
               "3.1.5.11 has the receiver join them by this length and answer each piece "
               "but the last with an empty token. Otherwise a buffer or a log was too "
               "short.\n"
               "A receiver that does not join pieces refuses this one, and one that "
               "believed the length used to read behind its input (CVE-2009-0844 in MIT "
               "krb5).",
        .bad = "a1 82 01 00 30 81 fd  # the first 7 octets of 260",
        .good = "a1 07 30 05 a0 03 0a 01 00  # 9 octets of 9",
        .repair = "Send the token whole, or in pieces only where the peer joins them. If it "
                  "was copied out of a log, get the rest of it.",
        .seen = "Windows in SMB2, in pieces of at most 4 KiB ([MS-SMB2] <141>)",
        .rules = "F05",
    },
    {
        .code = 1002,
        .name = "overrun",
        .title = "An element is longer than what it stands in",
        .text = "length {got} exceeds the {want} octets that are left",
        .why = "Every element of DER is a tag, a length and that many octets, and it "
               "ends inside the element around it. This length reaches beyond. Receivers "
               "refuse the token; those that went by the inner length alone have read "
               "behind their buffers. Where the last field overruns, a decoder has "
               "already taken what stood before it: ksmbd lost the memory of a good "
               "mechToken each time that the mechListMIC behind it was too long.",
        .bad = "a1 07 30 05 a0 03 0a 02 00  # ENUMERATED of 2 octets, 1 is left",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Compute every length from the octets that are written, the innermost "
                  "element first.",
        .seen = "As an attack: CVE-2009-0844 (MIT krb5), CVE-2021-25216 (BIND), "
                "CVE-2026-31610 (ksmbd)",
        .rules = "F14",
    },
    {
        .code = 1003,
        .name = "cut-header",
        .title = "The octets end where a tag and a length should stand",
        .text = "ends where a tag and a length should stand",
        .why = "Before anything of an element can be read, its tag and its whole length "
               "must be there. Here the token, or the element around, ends too early: a "
               "field [0] that holds nothing, a SEQUENCE with a lone tag in it, a frame "
               "whose long length is cut off. What was meant is lost, so receivers "
               "refuse it. Parsers that look at the next octet before they ask whether "
               "there is one read out of bounds: fields of length 0 were among "
               "GHSL-2023-016 to 018 in MIT krb5.",
        .bad = "a1 04 30 02 a0 00  # [0] negState holds nothing",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Write each field together with the element inside it, or leave the field "
                  "out. If the token ends here, send the rest of it.",
        .seen = "As an attack: GHSL-2023-016 (MIT krb5), CVE-2022-3437 (Heimdal)",
        .rules = "F14",
    },
    {
        .code = 1004,
        .name = "trailing-octets",
        .title = "Octets follow the end of the token",
        .text = "{got} octets after the end of the token",
        .why = "The outermost length says where the token ends, and more was handed "
               "over. RFC 2743 3.1 leaves such octets outside the token, so nobody says "
               "what they are. Receivers differ: MIT krb5 and Windows pass over them, "
               "Samba does so behind the first token only, .NET refuses them. A sender "
               "that passes on its buffer and not what is in it does this, and shows the "
               "peer old memory; or two tokens ran together.",
        .bad = "a1 07 30 05 a0 03 0a 01 00 00 00 01  # 3 octets too many",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Give the carrier the length of the token, not that of the buffer it was "
                  "made in.",
        .seen = "Accepted by Windows, so also by Samba behind a first token (bug 14356)",
        .rules = "F05",
    },
    {
        .code = 1005,
        .name = "zero-padding",
        .title = "Zeros follow the end of the token, as DCE/RPC pads it",
        .text = "{got} zero octets after the end of the token, as DCE/RPC pads",
        .why = "Behind the token, whose end the outermost length gives, stand only "
               "zeros. In DCE/RPC such padding counts as part of the auth_value that "
               "carries the token ([MS-RPCE] 2.2.2.11), and receivers there pass over "
               "it, so a token cut out of that traffic has it. Other carriers know no "
               "padding: there a strict receiver refuses the token, as it does with any "
               "octets behind the end (SPN1004).",
        .bad = "a1 07 30 05 a0 03 0a 01 00 00 00 00  # 3 octets of padding",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Outside DCE/RPC, give the carrier the token without padding. In DCE/RPC, "
                  "let the receiver tolerate ZERO_PADDING.",
        .seen = "DCE/RPC ([MS-RPCE] 2.2.2.11)",
        .tolerance = "SPNEGO_TOLERATE_ZERO_PADDING",
        .rules = "F05 W05",
    },
    {
        .code = 1006,
        .name = "indefinite-length",
        .title = "A length is indefinite",
        .text = "indefinite length",
        .why = "BER may leave a length open: 80 stands for it, and two zero octets end "
               "the contents. SPNEGO is in DER, and its frame has rules of its own; both "
               "want the number (RFC 2743 3.1). A receiver that does not know the open "
               "form takes 80 for something else: MIT krb5 for a length of 0. One that "
               "knows it follows it inwards, and open lengths inside each other have "
               "used up the stack (CVE-2020-28196 in MIT krb5's Kerberos decoder).",
        .bad = "60 80 06 06 2b 06 01 05 05 02 a0 02 30 00 00 00  # open until 00 00",
        .good = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b  # 39 octets follow the length",
        .repair = "Use a DER encoder, or set the encoder at hand to definite lengths.",
        .seen = "As an attack: CVE-2016-0758 and CVE-2008-1673 (Linux), CVE-2020-28196 "
                "(MIT krb5)",
        .rules = "F03 F13",
    },
    {
        .code = 1007,
        .name = "long-length",
        .title = "A length is not in the fewest octets",
        .text = "length {got} is not in the fewest octets",
        .why = "DER has one form for each length: up to 127 one octet; above, 81 and one "
               "octet, 82 and two, and so on, without leading zeros. This one has more "
               "octets than it needs. MIT krb5 takes it, a strict decoder such as .NET's "
               "refuses it. In a mechTypes list it does more harm: a mechListMIC covers "
               "the list as it was sent, and a peer that encodes the list anew, as "
               "Heimdal and Samba do, gets other octets, so that a good MIC does not "
               "fit.",
        .bad = "a1 16 30 14 a0 03 0a 01 01 a1 0d 06 81 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Write a length below 128 in one octet, and a longer one behind 81, 82, "
                  "... with no zero octet in front.",
        .seen = "NetApp filers, in an object identifier (MIT krb5 ticket 8932)",
        .tolerance = "SPNEGO_TOLERATE_LONG_LENGTH",
        .rules = "F04 F13",
    },
    {
        .code = 1008,
        .name = "length-octets",
        .title = "A length has more octets than any token needs",
        .text = "length of {got} octets, at most 4 are read",
        .why = "The first octet of a long length says how many more follow: 81 one, 84 "
               "four. Four reach to 4 GiB, beyond any token, so nothing longer is read "
               "here; ff is reserved and says nothing (X.690 8.1.3.5). Five octets and "
               "more mean needless zeros or an attempt to make the receiver's arithmetic "
               "wrap round: very large lengths in SPNEGO tokens overflowed the heap of "
               "Windows' ASN.1 library (CVE-2003-0818).",
        .bad = "60 85 00 00 00 00 0c  # length 12 in five octets",
        .good = "60 0c  # length 12",
        .repair = "Write the length in the fewest octets; for a token that is at most 83 "
                  "and three more.",
        .seen = "As an attack: CVE-2003-0818 (Windows MSASN1)",
        .rules = "F14",
    },
    {
        .code = 1009,
        .name = "wrong-tag",
        .title = "An element has another tag than must stand here",
        .text = "tag {got:x}, expected {want:x}",
        .why = "The tag is the first octet of an element and says what it is: 30 a "
               "SEQUENCE, 06 an object identifier, 04 an OCTET STRING, 0a an ENUMERATED, "
               "a0 the field [0]. RFC 4178 leaves one at nearly every place. Another one "
               "means that the writer chose another type, or left out a layer: the tags "
               "are EXPLICIT, so behind a0 and its length stands a whole element with a "
               "tag of its own. Receivers cannot read on, and refuse the token.",
        .bad = "a1 07 30 05 a0 03 02 01 00  # negState is an INTEGER, 02",
        .good = "a1 07 30 05 a0 03 0a 01 00  # negState is an ENUMERATED, 0a",
        .repair = "Follow the module in RFC 4178 appendix A, with EXPLICIT TAGS; for "
                  "negHints, [MS-SPNG] 2.2.1.",
        .rules = "F06 F11 F12 F17 S03 S14 S18",
    },
    {
        .code = 1010,
        .name = "missing-field",
        .title = "A NegTokenInit has no mechTypes",
        .text = "a mandatory field is missing",
        .why = "mechTypes is the initiator's list of mechanisms, most wanted first. It "
               "is what a NegTokenInit is sent for, and its only mandatory field: "
               "without it an acceptor has nothing to choose from, and what a mechToken "
               "beside it is for, nobody can tell. RFC 2478 still had it OPTIONAL, and "
               "so has the NegTokenInit2 of an acceptor (SPN2001). Absent and malformed "
               "fields in this token once crashed the LSA of Windows (CVE-2004-0119).",
        .bad = "60 0c 06 06 2b 06 01 05 05 02 a0 02 30 00",
        .good = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b a0 19 30 17\n"
                "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Put the object identifiers of all mechanisms that may be used into [0], "
                  "at least one.",
        .seen = "As an attack: CVE-2004-0119 (Windows LSASRV)",
        .rules = "S01",
    },
    {
        .code = 1011,
        .name = "constructed-bit",
        .title = "Constructed and primitive are mixed up in a tag",
        .text = "tag {got:x}, expected {want:x}: constructed and primitive are mixed up",
        .why = "Bit 6 of a tag (20) says whether the element holds other elements or "
               "plain octets. In SPNEGO there is no choice: SEQUENCE (30) and the fields "
               "(a0 to a4) hold elements, since the tags are EXPLICIT; object "
               "identifiers, strings and negState hold octets. BER may also cut a string "
               "into parts (24), DER may not. A receiver that compares whole tags "
               "refuses the token; one that masks the bit out takes the headers of the "
               "parts for the string.",
        .bad = "a2 06 24 04 04 02 4e 54  # mechToken in parts: 24",
        .good = "a2 04 04 02 4e 54  # mechToken in one piece: 04",
        .repair = "Write a0 to a4 and 30 for what holds elements, and strings in one piece "
                  "with the tag 04, 03 or 1b.",
        .rules = "F17 F18",
    },
    {
        .code = 1012,
        .name = "field-order",
        .title = "A field stands behind one with a higher number",
        .text = "[{got}] stands behind a later field",
        .why = "The fields of a SEQUENCE stand in the order of its definition, for "
               "SPNEGO that of their numbers. Decoders count on it. MIT krb5 asks for "
               "one field after the other and takes one that does not come next for "
               "absent, so that a field in the wrong place is lost without a word; Samba "
               "reads any order. Such a token says different things to different "
               "receivers.",
        .bad = "a1 1a 30 18 a0 03 0a 01 00 a2 03 04 01 aa\n"
               "a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # [1] behind [2]",
        .good = "a1 1a 30 18 a0 03 0a 01 00\n"
                "a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a a2 03 04 01 aa  # [1], then "
                "[2]",
        .repair = "Write the fields in the order of their numbers: [0], [1], [2], [3], [4].",
        .rules = "F15",
    },
    {
        .code = 1013,
        .name = "field-repeated",
        .title = "A field stands twice",
        .text = "[{got}] stands twice",
        .why = "Each field of a SEQUENCE appears at most once. Of two, one decoder keeps "
               "the first, another the last: the octets below are a success to the one "
               "and a reject to the other. In a list of mechanisms or a mechListMIC that "
               "difference is worth an attack, because what was checked is then not what "
               "is used. Decoders that allocate for each field can lose the memory of "
               "the first copy as well. Both copies are therefore refused.",
        .bad = "a1 0c 30 0a a0 03 0a 01 00 a0 03 0a 01 02  # accept-completed and reject",
        .good = "a1 07 30 05 a0 03 0a 01 00  # accept-completed",
        .repair = "Write each field once.",
        .rules = "F16",
    },
    {
        .code = 1014,
        .name = "left-over",
        .title = "Octets are left over inside an element",
        .text = "{got} octets left over inside the element",
        .why = "A field holds exactly one element, and so does each layer around the "
               "fields: the tag a0 or a1 one SEQUENCE, the GSS-API frame one token "
               "behind its object identifier. Here that one element ends before the "
               "layer does. A receiver that goes by the inner length never sees the "
               "rest; one that takes the rest for the next field reads another token "
               "than the first. Two mechanisms in supportedMech, as below, leave open "
               "which was chosen.",
        .bad = "a1 20 30 1e a0 03 0a 01 01 a1 17 06 09 2a 86 48 86 f7 12 01 02 02\n"
               "06 0a 2b 06 01 04 01 82 37 02 02 0a  # a second mechanism",
        .good = "a1 14 30 12 a0 03 0a 01 01 a1 0b 06 09 2a 86 48 86 f7 12 01 02 02",
        .repair = "Put one element into each field, let the length of the field end with "
                  "it, and send each token for itself.",
        .rules = "F12 F17",
    },
    {
        .code = 1015,
        .name = "no-field",
        .title = "A tag stands among the fields that no field can have",
        .text = "tag {got:x} cannot be a field here",
        .why = "Between the fields of a SEQUENCE stand only context tags: a0 for [0], a1 "
               "for [1], and so on. Those that are not known yet may be of a later "
               "version, and are passed over (SPN1016). A tag of another class, such as "
               "04, two zeros as BER ends an open length, or a tag of more than one "
               "octet cannot be a field of any version, so there is nothing to pass "
               "over. In negHints, which has no extension marker, a further number is "
               "refused too.",
        .bad = "a1 0a 30 08 a0 03 0a 01 00 04 01 aa  # a bare OCTET STRING",
        .good = "a1 0c 30 0a a0 03 0a 01 00 a2 03 04 01 aa  # the same in [2]",
        .repair = "Wrap the value in the context tag of its field, and drop zeros behind "
                  "the last field.",
        .rules = "F17",
    },
    {
        .code = 1016,
        .name = "unknown-field",
        .title = "A field that is not known here was passed over",
        .text = "[{got}] is no field that is known; it was skipped",
        .why = "The types of RFC 4178 end with an extension marker: later versions may "
               "add fields behind the known ones, and receivers skip what they do not "
               "know (section 6). So the token is sound. Whether the peer reads it is "
               "another matter: Samba and FreeRDP refuse a NegTokenInit with an unknown "
               "field, .NET any token with one, and RFC 2478 had no marker at all.",
        .bad = "a1 0c 30 0a a0 03 0a 01 00 a5 03 01 01 ff  # [5]",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "If the field is not meant, leave it out; if it is, be ready to go on "
                  "with peers that refuse the token.",
        .rules = "F19",
    },
    {
        .code = 1017,
        .name = "supported-mechs",
        .title = "Field [4] of a NegTokenResp holds a list of mechanisms",
        .text = "[4] holds a list of mechanisms: probably Negotiate Late Fallback",
        .why = "RFC 4178 has no [4] here. scapy, by observation, reads a list of "
               "mechanisms in it as a part of Negotiate Late Fallback, by which Windows "
               "11 24H2 and Server 2025 can go on with another mechanism after one has "
               "failed; it is off by default. [MS-SPNG] 3.1.5.4 describes the method, "
               "but not the field. With it the MIC covers the mechanisms of all tokens, "
               "with delimiters that are not published, so it cannot be checked here. A "
               "receiver that does not know the field skips it.",
        .bad = "a1 22 30 20 a0 03 0a 01 01 a4 19 30 17\n"
               "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "a1 07 30 05 a0 03 0a 01 01",
        .repair = "Leave [4] out unless both sides have listed 1.3.6.1.4.1.311.2.2.40.",
        .seen = "Windows 11 24H2 and Server 2025, by the account of scapy",
        .rules = "F20",
    },
    {
        .code = 1018,
        .name = "empty-oid",
        .title = "An object identifier has no octets",
        .text = "an object identifier without octets",
        .why = "An object identifier is the name of a mechanism: numbers in base 128, at "
               "least one octet in all. An empty one names nothing. Receivers refuse it "
               "for good reason: compared over its own length, it equals every other "
               "identifier, and code that reads the first octet to get the first two "
               "numbers reads behind it (an error of that sort in Linux: CVE-2008-1673).",
        .bad = "a1 0b 30 09 a0 03 0a 01 01 a1 02 06 00  # supportedMech is empty",
        .good = "a1 14 30 12 a0 03 0a 01 01 a1 0b 06 09 2a 86 48 86 f7 12 01 02 02",
        .repair = "Write the identifier of the mechanism, or leave the field out.",
        .seen = "As an attack: CVE-2008-1673 (Linux)",
        .rules = "F06 S03",
    },
    {
        .code = 1019,
        .name = "padded-arc",
        .title = "A number in an object identifier begins with 0x80",
        .text = "an arc of the object identifier begins with 0x80",
        .why = "An object identifier is a row of numbers, the arcs, in base 128: seven "
               "bits an octet, with the top bit set in all but the last. So 80 at the "
               "start of an arc is a leading zero. X.690 8.19.2 forbids it, so that each "
               "identifier has one encoding and receivers can compare octets. With "
               "padding, one receiver finds an unknown mechanism where another, which "
               "computes the numbers, finds a known one. Inside an arc 80 is right: 81 "
               "80 00 is 16384.",
        .bad = "06 04 2a 80 03 04",
        .good = "06 03 2a 03 04  # 1.2.3.4",
        .repair = "Write each arc without leading zeros: its first octet is never 80.",
        .rules = "F07",
    },
    {
        .code = 1020,
        .name = "cut-arc",
        .title = "An object identifier ends inside a number",
        .text = "the object identifier ends inside an arc",
        .why = "The numbers of an object identifier, its arcs, are in base 128: an octet "
               "with the top bit set says that its arc goes on. Here the last octet has "
               "it set, and the identifier ends. A reader that follows the bits and not "
               "the length runs into what stands behind it. Turning identifiers into "
               "arrays of arcs has gone wrong in other ways too: by one element in "
               "mod_auth_kerb, and 14 years later in the same code in BIND.",
        .bad = "30 05 06 03 2a 03 84  # 84: more should follow",
        .good = "30 05 06 03 2a 03 04",
        .repair = "Clear the top bit of the last octet of each arc; if octets are missing, "
                  "write them all.",
        .seen = "Arrays of arcs, one too short: CVE-2006-5989 (mod_auth_kerb), "
                "CVE-2020-8625 (BIND)",
        .rules = "F07",
    },
    {
        .code = 1021,
        .name = "foreign-frame",
        .title = "The frame is for another mechanism than SPNEGO",
        .text = "the frame is for another mechanism than SPNEGO",
        .why = "A first token stands in a GSS-API frame: 60, a length, and the object "
               "identifier of the mechanism that it is for. Here that is not SPNEGO's "
               "1.3.6.1.5.5.2. If it is Kerberos, say, the token goes straight to "
               "Kerberos and nothing is negotiated. Windows takes such tokens beside "
               "SPNEGO; an acceptor that has SPNEGO only refuses them. Without a list "
               "there is no mechListMIC either: nothing would show that somebody took a "
               "better mechanism away.",
        .bad = "60 1b 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 0c  # Kerberos' own "
               "AP-REQ",
        .good = "60 3c 06 06 2b 06 01 05 05 02 a0 32 30 30  # SPNEGO, NegTokenInit",
        .repair = "List the mechanism in mechTypes of a NegTokenInit, put this token into "
                  "mechToken, and frame that with SPNEGO's identifier.",
        .seen = "Taken by Windows in SMB ([MS-SMB] <95>, <111>; [MS-SMB2] <292>)",
        .rules = "F08",
    },
    {
        .code = 1022,
        .name = "naked-init",
        .title = "A NegTokenInit stands without its GSS-API frame",
        .text = "NegTokenInit without a GSS-API frame",
        .why = "The initiator's first token goes into a GSS-API frame, 60, whose object "
               "identifier tells the acceptor to hand it to SPNEGO (RFC 4178 4.2). This "
               "one begins with a0, the NegTokenInit itself. MIT krb5, Heimdal, Samba, "
               "FreeRDP and sspi-rs refuse it; ksmbd goes on to look for NTLM in it; "
               "pyspnego and Wireshark read it.",
        .bad = "a0 36 30 34 a0 0e 30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a\n"
               "a2 22 04 20 4e 54 4c 4d 53 53 50 00  # and so on",
        .good = "60 40 06 06 2b 06 01 05 05 02 a0 36 30 34 a0 0e 30 0c\n"
                "06 0a 2b 06 01 04 01 82 37 02 02 0a a2 22 04 20  # and so on",
        .repair = "Put 60, the length and 06 06 2b 06 01 05 05 02 before the a0.",
        .tolerance = "SPNEGO_TOLERATE_NAKED_INIT",
        .rules = "F09",
    },
    {
        .code = 1023,
        .name = "framed-resp",
        .title = "A NegTokenResp stands in a GSS-API frame",
        .text = "NegTokenResp in a GSS-API frame",
        .why = "Only the first token of a negotiation is framed. Every later one is a "
               "NegTokenResp and begins with a1: the peer knows by then that it talks "
               "SPNEGO (RFC 4178 4.2). Receivers look for a1, and refuse 60. Only MIT "
               "krb5 is known to take the frame, for the sake of old Sun systems, which "
               "put it around their answers as well.",
        .bad = "60 1f 06 06 2b 06 01 05 05 02\n"
               "a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Send the NegTokenResp without the frame, beginning with a1.",
        .seen = "Old Sun systems (MIT krb5, acc_ctx_cont)",
        .tolerance = "SPNEGO_TOLERATE_FRAMED_RESP",
        .rules = "F10",
    },
    {
        .code = 1024,
        .name = "bare-resp",
        .title = "A NegTokenResp lacks its SEQUENCE",
        .text = "NegTokenResp without its SEQUENCE",
        .why = "A NegTokenResp is a SEQUENCE in the field [1] of a CHOICE, and the tags "
               "are EXPLICIT, so behind a1 and its length stand 30 and another length, "
               "and then the fields. Here the fields stand in a1 themselves, as if the "
               "tag were IMPLICIT. MIT krb5 takes the 30 or goes without; decoders made "
               "from the ASN.1 refuse the token.",
        .bad = "a1 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Put 30 and the length of the fields between the a1 and the first field.",
        .seen = "Historic peers, for which MIT krb5 still allows it",
        .tolerance = "SPNEGO_TOLERATE_BARE_RESP",
        .rules = "F12",
    },
    {
        .code = 1025,
        .name = "unknown-start",
        .title = "The input begins like no token",
        .text = "octet {got:x} begins no token that is known",
        .why = "A SPNEGO token begins with 60 (a framed NegTokenInit) or a1 (a "
               "NegTokenResp); mechanisms' own tokens, such as NTLMSSP or NEGOEXTS, are "
               "told by their first octets too. This begins like none. Something around "
               "the token may have come along: an HTTP scheme word, a length in front, "
               "as the four octets of a SASL layer, or base64 that was not decoded. A "
               "receiver refuses it; where an acceptor also takes bare NTLM it looks for "
               "that, and then refuses.",
        .bad = "4e 65 67 6f 74 69 61 74 65  # the word Negotiate",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Hand over the token alone, in binary, without what the carrier puts "
                  "around it.",
        .rules = "F02",
    },
    {
        .code = 1026,
        .name = "max-len",
        .title = "The token is longer than max_len allows",
        .text = "{got} octets exceed the limit max_len, {want}",
        .why = "max_len is a limit that the caller of the library sets: longer tokens "
               "are not looked at. Unless it is set, it is 65,536 octets, and a token "
               "that comes in pieces counts whole. SPNEGO is read before anybody is "
               "authenticated, so without a limit any stranger can make a server keep "
               "and search as much as he sends. The token may be sound; this is about "
               "its size only.",
        .bad = "a1 07 30 05 a0 03 0a 01 00  # 9 octets, max_len is 8",
        .good = "a1 07 30 05 a0 03 0a 01 00  # 9 octets, max_len is 9",
        .repair = "If the peer is right to send so much, raise max_len in the options; if "
                  "not, end the negotiation.",
        .rules = "",
    },
    {
        .code = 1027,
        .name = "max-items",
        .title = "A list is longer than max_items allows",
        .text = "more elements than the limit max_items, {want}",
        .why = "max_items limits how many elements of a list are read: mechanisms in "
               "mechTypes, schemes, extensions and alerts of NegoEx; for spnego-check "
               "also messages in a NegoEx token. A decoder has 64 unless the caller sets "
               "another number. An element can be as short as three octets, so a token "
               "of a few kilobytes holds thousands, and work that grows with their "
               "square stops a server: libtasn1 was open to that (CVE-2024-12133).",
        .bad = "30 23 06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 "
               "0a\n"
               "06 0a 2b 06 01 04 01 82 37 02 02 1e  # 3 mechanisms, max_items is 2",
        .good = "30 17 06 09 2a 86 48 86 f7 12 01 02 02\n"
                "06 0a 2b 06 01 04 01 82 37 02 02 0a  # 2 mechanisms, max_items is 2",
        .repair = "Offer fewer; if the list is really meant, raise max_items at the "
                  "receiver.",
        .seen = "As an attack: CVE-2024-12133 (libtasn1)",
        .rules = "",
    },
    {
        .code = 1028,
        .name = "large-token",
        .title = "The token is larger than some receivers take",
        .text = "{got} octets: some receivers take at most {want}",
        .why = "No document limits a SPNEGO token, but receivers do. Samba reads the "
               "length in the first octets and gives up above 65,535, before it looks at "
               "anything else; SMB2 and DCE/RPC count the octets of a token in 16 bits. "
               "The token is sound as far as its encoding goes, and some peers will "
               "refuse it all the same. What grows is nearly always the mechanism's "
               "token, for example a Kerberos ticket with many groups.",
        .bad = "a1 82 ff fc 30 82 ff f8 a2 82 ff f4 04 82 ff f0  # 65536 octets in all",
        .good = "a1 82 ff fb 30 82 ff f7 a2 82 ff f3 04 82 ff ef  # 65535 octets in all",
        .repair = "Keep tokens below 65,536 octets: make the mechanism's token smaller, or "
                  "leave an optimistic mechToken out.",
        .seen = "Samba's limit: gensec_spnego_update_in",
        .rules = "F21",
    },
    {
        .code = 1030,
        .name = "enum-length",
        .title = "The negState is not one octet",
        .text = "ENUMERATED of {got} octets, expected {want}",
        .why = "negState says how the negotiation stands for its sender: "
               "accept-completed (0), accept-incomplete (1), reject (2) or request-mic "
               "(3). As an ENUMERATED in DER it takes one octet. With none there is no "
               "number, with two there is a needless zero or a number that does not "
               "exist. MIT krb5 insists on one octet. A decoder that takes the first "
               "octet without looking at the length fails on the empty one: a Go library "
               "did so with a panic (Manticore issue 553).",
        .bad = "a1 08 30 06 a0 04 0a 02 00 01  # accept-incomplete in two octets",
        .good = "a1 07 30 05 a0 03 0a 01 01",
        .repair = "Write 0a 01 and one octet from 00 to 03, or leave the field out.",
        .seen = "As an attack: Manticore issue 553",
        .rules = "S20",
    },
    {
        .code = 1031,
        .name = "enum-value",
        .title = "The negState has a value that does not exist",
        .text = "{got} is no value of the enumeration",
        .why = "negState says how the negotiation stands for its sender, and RFC 4178 "
               "gives it four values: accept-completed (0), accept-incomplete (1), "
               "reject (2), request-mic (3). There is no extension marker, so no others "
               "can be added, and a receiver has nothing to make of one. Code that takes "
               "the number over unchecked goes into a state it does not know; FreeRDP "
               "did until 2026. Peers of RFC 2478 know the first three only.",
        .bad = "a1 07 30 05 a0 03 0a 01 04",
        .good = "a1 07 30 05 a0 03 0a 01 00  # accept-completed",
        .repair = "Write 0, 1, 2 or 3.",
        .seen = "FreeRDP read any value until 2026",
        .rules = "S20",
    },
    {
        .code = 1032,
        .name = "empty-list",
        .title = "A list of mechanisms is empty",
        .text = "a list that must have an element is empty",
        .why = "mechTypes is a SEQUENCE OF object identifiers, one or more (RFC 4178 "
               "4.2.1). The ASN.1 alone would allow an empty one, so decoders made from "
               "it hand the empty list on, and code that then takes the first mechanism "
               "takes nothing: Samba followed a NULL pointer there (bug 7694). Nothing "
               "can be chosen from such a list, so the negotiation is over in any case. "
               "The same holds for the list in [4] of a NegTokenResp.",
        .bad = "60 10 06 06 2b 06 01 05 05 02 a0 06 30 04 a0 02 30 00",
        .good = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b a0 19 30 17\n"
                "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "List at least one mechanism; with none to offer, do not begin a "
                  "negotiation.",
        .seen = "As an attack: Samba bug 7694",
        .rules = "S02",
    },
    {
        .code = 1033,
        .name = "unused-bits",
        .title = "A BIT STRING claims more unused bits than it has",
        .text = "BIT STRING of {want} octets says that {got} bits are unused",
        .why = "The first octet of a BIT STRING says how many bits at the end of its "
               "last octet are not in use: 0 to 7, and 0 if no octet follows. reqFlags "
               "is the one BIT STRING of SPNEGO. Here the number is larger than the bits "
               "that are there, or it is missing altogether, so the string would have a "
               "negative length. Decoders have worked on with that: libtasn1 "
               "(CVE-2014-3468) and, with modified BIT STRINGs in SPNEGO tokens, Windows "
               "(CVE-2003-0818).",
        .bad = "a1 03 03 01 01  # 1 bit unused, and no octet",
        .good = "a1 03 03 01 00  # no flag is set",
        .repair = "Leave reqFlags out, as RFC 4178 4.2.1 advises; else count the unused "
                  "bits, 0 to 7.",
        .seen = "As an attack: CVE-2003-0818 (Windows MSASN1), CVE-2014-3468 (libtasn1)",
        .rules = "S09",
    },
    {
        .code = 1034,
        .name = "untrimmed-flags",
        .title = "A BIT STRING with named bits does not end with its last 1",
        .text = "a BIT STRING with named bits that does not end with its last 1",
        .why = "The bits of reqFlags have names, delegFlag to integFlag, and for such a "
               "string DER drops all zeros behind the last 1 (X.690 11.2.2), so that "
               "equal flags have equal octets. This one ends with a zero. Some writers "
               "take SIZE (32) in RFC 4178 by the letter and send four octets; it binds "
               "the abstract value, not the encoding. A strict DER reader refuses the "
               "whole token for a field that acceptors have to ignore.",
        .bad = "a1 04 03 02 01 04  # 7 bits, the last is 0",
        .good = "a1 04 03 02 02 04  # 6 bits: confFlag",
        .repair = "Leave reqFlags out, as RFC 4178 4.2.1 advises; else end it with its last "
                  "1.",
        .tolerance = "SPNEGO_TOLERATE_UNTRIMMED_FLAGS",
        .rules = "S09",
    },
    {
        .code = 1035,
        .name = "used-bits",
        .title = "A BIT STRING has a 1 among its unused bits",
        .text = "a BIT STRING whose last {got} bits are said to be unused, but not all 0",
        .why = "The first octet of a BIT STRING counts the bits at the end that are not "
               "in use, and DER has these be 0 (X.690 11.2.1), so that equal strings "
               "have equal octets. Here one is 1. Two receivers may then see different "
               "flags: one goes by the count, the other by the octet, and reads a flag "
               "that the sender did not set. In SPNEGO this is reqFlags, which tells "
               "what the initiator wants of the context, and which nothing protects.",
        .bad = "a1 04 03 02 04 18  # 4 bits in use, and a 1 behind them",
        .good = "a1 04 03 02 04 10  # sequenceFlag",
        .repair = "Leave reqFlags out, as RFC 4178 4.2.1 advises; else clear the bits that "
                  "are not in use.",
        .rules = "S09",
    },
    {
        .code = 2001,
        .name = "no-mech-types",
        .title = "A NegTokenInit2 has no mechTypes",
        .text = "NegTokenInit2 without mechTypes: legal by the letter of [MS-SPNG] only",
        .why = "With a NegTokenInit2 an acceptor speaks first, as in SMB, and lists the "
               "mechanisms that it has. [MS-SPNG] 2.2.1 makes mechTypes OPTIONAL in it, "
               "and RFC 4178, whose tag and place the token shares, makes it mandatory. "
               "So a receiver that follows the RFC refuses the token, and any other "
               "learns nothing from it but that the peer speaks SPNEGO. No token of this "
               "kind is known from traffic.",
        .bad = "30 2c a3 2a 30 28 a0 26 1b 24  # [3] negHints stands first",
        .good = "30 48 a0 1a 30 18 06 0a 2b 06 01 04 01 82 37 02 02 1e\n"
                "06 0a 2b 06 01 04 01 82 37 02 02 0a a3 2a 30 28 a0 26 1b 24",
        .repair = "List the acceptor's mechanisms in [0], as Windows and Samba do.",
        .rules = "S01",
    },
    {
        .code = 2003,
        .name = "spnego-offered",
        .title = "SPNEGO is offered as a mechanism of SPNEGO",
        .text = "SPNEGO is offered as a mechanism of SPNEGO",
        .why = "SPNEGO, 1.3.6.1.5.5.2, chooses a mechanism and is none itself, so RFC "
               "4178 3.1 forbids it in the list: an acceptor that took it would start a "
               "negotiation inside the negotiation. Samba drops it when it encodes the "
               "list again for the mechListMIC, which then covers other octets than were "
               "sent, and does not fit.",
        .bad = "30 14 06 0a 2b 06 01 04 01 82 37 02 02 0a 06 06 2b 06 01 05 05 02",
        .good = "30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # NTLMSSP alone",
        .repair = "Leave SPNEGO out of mechTypes; take it out of what the GSS-API gives as "
                  "the list of all mechanisms.",
        .rules = "S04",
    },
    {
        .code = 2004,
        .name = "mech-repeated",
        .title = "A mechanism is in the list twice",
        .text = "a mechanism that is in the list already",
        .why = "mechTypes lists mechanisms by preference, so the second place of one "
               "says nothing: who does not take it at the first place will not take it "
               "at the second. No document forbids it, and receivers accept it. It shows "
               "a mistake in how the list is put together, and the list must reach the "
               "mechListMIC with both entries: a peer that drops one when it encodes the "
               "list again gets a MIC that does not fit. The two numbers of Kerberos "
               "count as different.",
        .bad = "30 24 06 0a 2b 06 01 04 01 82 37 02 02 0a 06 0a 2b 06 01 04 01 82 37 02 "
               "02 1e\n"
               "06 0a 2b 06 01 04 01 82 37 02 02 0a  # NTLMSSP again",
        .good = "30 18 06 0a 2b 06 01 04 01 82 37 02 02 1e 06 0a 2b 06 01 04 01 82 37 02 "
                "02 0a",
        .repair = "List each mechanism once, at the place where it is wanted most.",
        .rules = "S05",
    },
    {
        .code = 2005,
        .name = "mech-unknown",
        .title = "A mechanism is offered whose name is not known here",
        .text = "a mechanism whose name is not known here; receivers skip it",
        .why = "Any object identifier may be offered, also one that names an attribute "
               "and not a mechanism. Receivers skip what they do not know, and choose "
               "among the rest (RFC 4178 6), so this is no fault. Not all do: ksmbd "
               "refuses a list with an unknown entry and goes on as if bare NTLM had "
               "come; Heimdal's acceptor gives up if the first entry is unknown to it; "
               "FreeRDP crashed on one until 2023.",
        .bad = "30 10 06 03 2a 03 04 06 09 2a 86 48 86 f7 12 01 02 02  # 1.2.3.4, "
               "Kerberos V5",
        .good = "30 0b 06 09 2a 86 48 86 f7 12 01 02 02  # Kerberos V5",
        .repair = "Nothing, if the mechanism is meant. If a peer fails on it, put a "
                  "mechanism that everybody knows first.",
        .seen = "Trouble with such lists: ksmbd, Heimdal, FreeRDP before 2023",
        .rules = "S06",
    },
    {
        .code = 2006,
        .name = "ms-krb5-offered",
        .title = "Kerberos is offered under Microsoft's number",
        .text = "MS-KRB5 is offered: an acceptor that takes it must answer with this "
                "number",
        .why = "Windows 2000 cut an arc of Kerberos' identifier to 16 bits: 113554 "
               "became 48018, and 1.2.840.48018.1.2.2, MS-KRB5, has named the same "
               "mechanism since. Windows lists both, this one first, with a token framed "
               "under the standard number. An acceptor that takes the token has to "
               "answer with the number that was offered ([MS-SPNG] 3.2.5): Windows "
               "clients fail if supportedMech is the standard one.",
        .bad = "30 16 06 09 2a 86 48 86 f7 12 01 02 02 06 09 2a 86 48 82 f7 12 01 02 02",
        .good = "30 0b 06 09 2a 86 48 86 f7 12 01 02 02  # the standard number alone",
        .repair = "An initiator need not change anything. An acceptor treats both numbers "
                  "as Kerberos, and copies the one that it takes into supportedMech.",
        .seen = "Windows since 2000 ([MS-SPNG] <10>)",
        .rules = "S07",
    },
    {
        .code = 2007,
        .name = "req-flags",
        .title = "The reqFlags are present, which senders leave out",
        .text = "reqFlags is present; senders leave it out",
        .why = "reqFlags repeats what the caller asked of the context: delegation, "
               "mutual authentication, confidentiality and so on. Nothing protects it, "
               "so RFC 4178 4.2.1 has senders leave it out and acceptors ignore it; what "
               "counts is what the mechanisms say in their own tokens. It still does "
               "harm as a field that decoders seldom meet: MIT krb5 once read one octet "
               "beyond it (ticket 8933), and knows only the form 03 02 01 xx of it.",
        .bad = "60 2d 06 06 2b 06 01 05 05 02 a0 23 30 21 a0 19 30 17\n"
               "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a\n"
               "a1 04 03 02 02 14  # [1] reqFlags",
        .good = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b a0 19 30 17\n"
                "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Leave [1] out of NegTokenInit, and pass the flags to the mechanism.",
        .rules = "S08",
    },
    {
        .code = 2010,
        .name = "unnamed-flags",
        .title = "The reqFlags have bits without a name",
        .text = "reqFlags has bits without a name",
        .why = "The bits of reqFlags are delegFlag (0), mutualFlag, replayFlag, "
               "sequenceFlag, anonFlag, confFlag and integFlag (6). RFC 4178 gives none "
               "beyond these a meaning. One that is set comes from another list of "
               "flags, or from a wrong order: ASN.1 counts from the top of the first "
               "octet, so bit 0 is 80 and bit 6 is 02. Acceptors ignore the field, so it "
               "changes nothing.",
        .bad = "a1 04 03 02 00 01  # bit 7",
        .good = "a1 04 03 02 01 02  # bit 6, integFlag",
        .repair = "Leave reqFlags out, as RFC 4178 4.2.1 advises; else set bits 0 to 6 "
                  "only.",
        .rules = "S09",
    },
    {
        .code = 2011,
        .name = "empty-mech-token",
        .title = "The mechToken is present but empty",
        .text = "mechToken is present but empty",
        .why = "mechToken carries the first token of the first mechanism in the list, so "
               "that it need not wait for the choice. No token means no field. An empty "
               "string is something else: the acceptor hands nothing to the mechanism, "
               "as if that were its first token, and the mechanism fails, or starts "
               "anew. ksmbd parsed a mechToken by the length of the buffer around it, "
               "and so read beyond one that was short or empty (CVE-2024-26594).",
        .bad = "60 1f 06 06 2b 06 01 05 05 02 a0 15 30 13 a0 0d 30 0b\n"
               "06 09 2a 86 48 86 f7 12 01 02 02\n"
               "a2 02 04 00  # [2] mechToken, empty",
        .good = "60 1b 06 06 2b 06 01 05 05 02 a0 11 30 0f a0 0d 30 0b\n"
                "06 09 2a 86 48 86 f7 12 01 02 02",
        .repair = "Leave [2] out if there is no token to send yet.",
        .seen = "As an attack: CVE-2024-26594 (ksmbd)",
        .tolerance = "SPNEGO_TOLERATE_EMPTY_RESPONSE",
        .rules = "S10",
    },
    {
        .code = 2012,
        .name = "foreign-mech-token",
        .title = "The mechToken is not of the first mechanism in the list",
        .text = "mechToken is not of the first mechanism in the list",
        .why = "The optimistic token in mechToken belongs to mechTypes[0]; nothing else "
               "in the token says whose it is. An acceptor that chooses mechTypes[0] "
               "gives the token to it, and it fails; one that chooses the mechanism the "
               "token is of has to ignore it, and answers with request-mic, so a round "
               "trip is lost. The two numbers of Kerberos count as one here, and "
               "user-to-user and IAKERB carry Kerberos tokens; those are not reported.",
        .bad = "30 17 06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 "
               "0a\n"
               "a2 22 04 20 4e 54 4c 4d 53 53 50 00  # Kerberos is first, the token is "
               "NTLM's",
        .good = "30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a\n"
                "a2 22 04 20 4e 54 4c 4d 53 53 50 00  # NTLMSSP is first",
        .repair = "Put the mechanism that made the token first in mechTypes, or send no "
                  "mechToken.",
        .rules = "S11",
    },
    {
        .code = 2013,
        .name = "no-mech-token",
        .title = "There is no mechToken, so one more round trip is needed",
        .text = "no mechToken: the negotiation takes one more round trip",
        .why = "An initiator may send the first token of its first mechanism along. "
               "Without one the acceptor can only choose, and the mechanism begins with "
               "the next token. That is sensible where the token is costly or its "
               "mechanism unlikely to be chosen. Not every acceptor is made for it: "
               "Heimdal's answers with an error and no token, and once crashed if the "
               "first mechanism was not acceptable either (CVE-2021-44758); BIND kept "
               "memory for each such start (CVE-2026-3039).",
        .bad = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b a0 19 30 17\n"
               "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "60 40 06 06 2b 06 01 05 05 02 a0 36 30 34 a0 0e 30 0c\n"
                "06 0a 2b 06 01 04 01 82 37 02 02 0a a2 22 04 20  # and a token of "
                "NTLMSSP",
        .repair = "Nothing, if it is meant; to save the round trip, send the first "
                  "mechanism's token.",
        .seen = "Trouble with such tokens: Heimdal (CVE-2021-44758), BIND (CVE-2026-3039)",
        .rules = "S12",
    },
    {
        .code = 2014,
        .name = "early-mic",
        .title = "The first token has a mechListMIC already",
        .text = "mechListMIC in the first token: no mechanism is established yet",
        .why = "The mechListMIC protects the list of mechanisms with a key of the "
               "mechanism that was chosen. When the first token is written, nothing is "
               "chosen and as a rule there is no key; only a mechanism that is finished "
               "after one token of the initiator can make such a MIC. Otherwise it was "
               "put together too early, or belongs into a later token. MIT krb5 drops a "
               "MIC that comes before the mechanism is complete, without looking at it.",
        .bad = "a3 1e 04 1c 04 04 01 ff ff ff ff ff  # [3] of a NegTokenInit",
        .good = "60 27 06 06 2b 06 01 05 05 02 a0 1d 30 1b a0 19 30 17\n"
                "06 09 2a 86 48 86 f7 12 01 02 02 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Send the MIC in the NegTokenResp that holds the mechanism's last token, "
                  "or in the answer to the peer's MIC.",
        .rules = "S13",
    },
    {
        .code = 2016,
        .name = "initiator-hints",
        .title = "An initiator's token has negHints",
        .text = "negHints in a token of the initiator: only an acceptor sends them",
        .why = "negHints belongs to the NegTokenInit2, the token by which an acceptor "
               "speaks first. In an initiator's NegTokenInit the same place, [3], is the "
               "mechListMIC, an OCTET STRING. The mechToken here is one that only an "
               "initiator sends, or the record says who sent it, so this token was built "
               "from the wrong type, or the acceptor's was used as a template. Acceptors "
               "that follow RFC 4178 refuse it: in MIT krb5 a SEQUENCE in [3] fails the "
               "whole token.",
        .bad = "a2 22 04 20 4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08 e2\n"
               "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 a3 2a 30 28 a0 26 1b 24",
        .good = "a2 22 04 20 4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08 e2\n"
                "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  # the token ends here",
        .repair = "As an initiator, leave negHints out.",
        .rules = "S15",
    },
    {
        .code = 2017,
        .name = "hint-address",
        .title = "A hintAddress is present",
        .text = "hintAddress must be left out",
        .why = "negHints, in the token by which an acceptor speaks first, has two "
               "fields: hintName and hintAddress. [MS-SPNG] 2.2.1 says that the second "
               "must be left out, which means the whole [1], not an empty string in it. "
               "Its content is defined nowhere, so a receiver can only pass over it, and "
               "not all do: Samba fails the token.",
        .bad = "a3 0a 30 08 a1 06 04 04 7f 00 00 01  # [1] hintAddress",
        .good = "a3 2a 30 28 a0 26 1b 24 6e 6f 74 5f 64 65 66 69 6e 65 64 5f 69 6e 5f 52\n"
                "46 43 34 31 37 38 40 70 6c 65 61 73 65 5f 69 67 6e 6f 72 65  # hintName "
                "alone",
        .repair = "Leave [1] out of negHints.",
        .tolerance = "SPNEGO_TOLERATE_HINT_ADDRESS",
        .rules = "S16",
    },
    {
        .code = 2018,
        .name = "hint-name",
        .title = "The hintName is not the text that asks to be ignored",
        .text = "hintName is not the text that asks to be ignored; Windows 2000 to 2003 "
                "put their own name here",
        .why = "Windows 2000 to 2003 put their own name, such as server$@DOMAIN, into "
               "the token by which a server speaks first, in the code page of the "
               "machine. Nobody may rely on it: nothing protects it, and a client that "
               "chose the principal to authenticate to by this name would let the server "
               "say who it is. So today's senders write "
               "\"not_defined_in_RFC4178@please_ignore\", and receivers ignore what stands "
               "here. The octets need be neither ASCII nor UTF-8.",
        .bad = "a3 15 30 13 a0 11 1b 0f\n"
               "73 65 72 76 65 72 24 40 45 58 41 4d 50 4c 45  # server$@EXAMPLE",
        .good = "a3 2a 30 28 a0 26 1b 24 6e 6f 74 5f 64 65 66 69 6e 65 64 5f 69 6e 5f 52\n"
                "46 43 34 31 37 38 40 70 6c 65 61 73 65 5f 69 67 6e 6f 72 65",
        .repair = "Write not_defined_in_RFC4178@please_ignore, 36 octets, or leave negHints "
                  "out.",
        .seen = "Windows 2000, XP and 2003 ([MS-SPNG] <6>); smbprotocol issue 216",
        .rules = "S17",
    },
    {
        .code = 2020,
        .name = "mic-of-init2",
        .title = "A mechListMIC stands in [3], and [4] is there too",
        .text = "[4] is the mechListMIC of a NegTokenInit2, but [3] is that of a "
                "NegTokenInit",
        .why = "RFC 4178 has the mechListMIC of a NegTokenInit in [3]. [MS-SPNG] took "
               "[3] for negHints in the acceptor's NegTokenInit2 and moved the MIC to "
               "[4]. A token is one or the other: [3] holds an OCTET STRING here, so it "
               "is a NegTokenInit, which has no [4]. A receiver that goes by the RFC "
               "uses [3] and skips [4]; one that looks for the NegTokenInit2 takes [4]. "
               "Of two MICs, which was checked would depend on the receiver.",
        .bad = "a3 05 04 03 04 05 06 a4 05 04 03 07 08 09  # [3] and [4]",
        .good = "a3 05 04 03 04 05 06  # [3] alone",
        .repair = "As an initiator put the MIC into [3] and leave [4] out; as an acceptor "
                  "that speaks first send neither.",
        .rules = "S19",
    },
    {
        .code = 2021,
        .name = "empty-resp",
        .title = "A NegTokenResp says nothing",
        .text = "NegTokenResp without any field",
        .why = "All fields of a NegTokenResp are OPTIONAL, each for its own occasion: "
               "negState and supportedMech tell the choice, responseToken carries the "
               "mechanism's token, mechListMIC protects the list. With none of them the "
               "token moves nothing. MIT krb5's acceptor refuses one without "
               "responseToken and mechListMIC. Peers that go on all the same can be kept "
               "in an endless exchange of such tokens.",
        .bad = "a1 02 30 00",
        .good = "a1 07 30 05 a0 03 0a 01 00  # accept-completed",
        .repair = "Write what there is to say, at least negState; with nothing to say, send "
                  "no token.",
        .rules = "S21",
    },
    {
        .code = 2022,
        .name = "spnego-selected",
        .title = "SPNEGO is named as the mechanism that was chosen",
        .text = "SPNEGO is named as the selected mechanism",
        .why = "supportedMech tells the initiator which mechanism of its list the "
               "acceptor took. SPNEGO, 1.3.6.1.5.5.2, is never in that list, since it is "
               "not a mechanism (RFC 4178 3.1), and an initiator that went along would "
               "start a negotiation inside the negotiation. Heimdal fails such an answer "
               "with BAD_MECH. An acceptor that fills in its own mechanism and not the "
               "one inside makes this mistake.",
        .bad = "a1 11 30 0f a0 03 0a 01 01 a1 08 06 06 2b 06 01 05 05 02",
        .good = "a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Put the identifier of the chosen mechanism into [1], exactly as the "
                  "initiator listed it.",
        .rules = "S22",
    },
    {
        .code = 2023,
        .name = "request-mic-alone",
        .title = "A request-mic comes without supportedMech",
        .text = "request-mic without supportedMech",
        .why = "request-mic (3) stands only in the acceptor's first reply. It asks for a "
               "mechListMIC from both sides, mostly because the choice is not the "
               "initiator's first. Which mechanism that is, supportedMech in the same "
               "reply has to say: without it MIT krb5 assumes the first of the list and "
               "Heimdal fails. If an initiator sent this, it must not at all; NetApp "
               "servers fail a client's token that has it.",
        .bad = "a1 07 30 05 a0 03 0a 01 03",
        .good = "a1 15 30 13 a0 03 0a 01 03 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "As an acceptor, add the chosen mechanism in [1]. As an initiator, send "
                  "accept-incomplete.",
        .seen = "As an initiator: pyspnego before pull request 7 (smbprotocol issue 61)",
        .rules = "S23",
    },
    {
        .code = 2024,
        .name = "reject-companions",
        .title = "A reject comes with supportedMech or mechListMIC",
        .text = "reject together with supportedMech or mechListMIC",
        .why = "reject (2) ends the negotiation: nothing was chosen, or what was chosen "
               "failed. So there is no choice to name, and no list left to protect. The "
               "one field that has a use beside it is responseToken, with the error "
               "token of the mechanism, which the initiator hands on to get a better "
               "message. Receivers stop at the reject and pass over the rest; it shows "
               "that the sender fills in fields without looking at the outcome.",
        .bad = "a1 15 30 13 a0 03 0a 01 02 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .good = "a1 07 30 05 a0 03 0a 01 02",
        .repair = "Send reject alone, or with the mechanism's error token in responseToken.",
        .rules = "S24",
    },
    {
        .code = 2025,
        .name = "copied-mic",
        .title = "The mechListMIC is a copy of responseToken",
        .text = "mechListMIC repeats the responseToken, as Windows 2000 does; it is no "
                "MIC",
        .why = "The mechListMIC protects the list of mechanisms with a key of the one "
               "that was chosen. Windows 2000 repeats the responseToken there, and old "
               "file servers do so too. Such octets are no MIC: taken for one, they "
               "fail, and with them the negotiation. MIT krb5, Samba and pyspnego drop "
               "the copy, Heimdal where a MIC can be omitted. Dropped, it protects "
               "nothing, so it must not stand for a MIC that is required.",
        .bad = "a2 1f 04 1d 60 1b 06 09 2a 86 48 86 f7 12 01 02 02 02 00  # [2]: an "
               "AP-REP\n"
               "a3 1f 04 1d 60 1b 06 09 2a 86 48 86 f7 12 01 02 02 02 00  # [3]: the "
               "same",
        .good = "a2 1f 04 1d 60 1b 06 09 2a 86 48 86 f7 12 01 02 02 02 00  # [2], and no "
                "[3]",
        .repair = "Leave [3] out, or put GSS_GetMIC over the list of mechanisms into it.",
        .seen = "Windows 2000 (Samba bug 11870), old NAS (pyspnego pull request 17, "
                "smbprotocol issue 137)",
        .tolerance = "SPNEGO_TOLERATE_COPIED_MIC",
        .rules = "S25",
    },
    {
        .code = 2026,
        .name = "empty-mic",
        .title = "The mechListMIC is present but empty",
        .text = "mechListMIC is present but empty",
        .why = "The mechListMIC is what GSS_GetMIC of the chosen mechanism made of the "
               "list of mechanisms. No MIC is ever empty. A receiver has to verify a MIC "
               "that is present (RFC 4178 5), and this one cannot fit, so the "
               "negotiation fails where it would have passed without the field; a "
               "receiver that takes an empty string for an absent one goes on "
               "unprotected.",
        .bad = "a1 0b 30 09 a0 03 0a 01 00 a3 02 04 00",
        .good = "a1 07 30 05 a0 03 0a 01 00",
        .repair = "Leave [3] out if there is no MIC; check the result of GSS_GetMIC before "
                  "writing it.",
        .rules = "S26",
    },
    {
        .code = 2027,
        .name = "mic-shape",
        .title = "The mechListMIC looks like no MIC of its mechanism",
        .text = "mechListMIC does not have the shape of a MIC of its mechanism",
        .why = "A MIC of NTLM has 16 octets and begins with 01 00 00 00. One of Kerberos "
               "begins with 04 04 and has 28, 32 or 40 octets, or is framed and has 37 "
               "or 49. The mechanism is known, by supportedMech or by its token, and "
               "this is no MIC of it; or the octets are another token of NTLM or "
               "Kerberos, such as NEGOTIATE. It cannot fit, and a receiver has to fail "
               "the negotiation. It may be a token of the mechanism in the wrong field, "
               "or a bare checksum without its header. Of other mechanisms the shape of "
               "a MIC is not known here, and nothing is said.",
        .bad = "a1 1d 30 1b a0 03 0a 01 00 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # "
               "NTLMSSP\n"
               "a3 06 04 04 de ad be ef",
        .good = "a1 29 30 27 a0 03 0a 01 00 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a\n"
                "a3 12 04 10 01 00 00 00 a1 b2 c3 d4 e5 f6 07 18 00 00 00 00  # a "
                "signature of NTLM",
        .repair = "Put the whole token of GSS_GetMIC over the list into [3], and nothing "
                  "else.",
        .rules = "S27",
    },
    {
        .code = 2028,
        .name = "ntlm-mic-sequence",
        .title = "The sequence number of an NTLM mechListMIC is not 0",
        .text = "sequence number {got} in an NTLM mechListMIC, expected 0",
        .why = "The last four octets of an NTLM signature are its sequence number, and "
               "each direction counts its own. The mechListMIC is the first thing that "
               "either side signs, so it has number 0; all four that were verified from "
               "recorded traffic do. A higher number means that something was signed "
               "before the negotiation ended, or that one counter serves both "
               "directions. The peer verifies with 0, and fails.",
        .bad = "a1 1b 30 19 a0 03 0a 01 00 a3 12 04 10\n"
               "01 00 00 00 a1 b2 c3 d4 e5 f6 07 18 01 00 00 00  # SeqNum 1",
        .good = "a1 1b 30 19 a0 03 0a 01 00 a3 12 04 10\n"
                "01 00 00 00 a1 b2 c3 d4 e5 f6 07 18 00 00 00 00  # SeqNum 0",
        .repair = "Sign the list before anything else, with the counter of the direction at "
                  "0, and reset the RC4 handle behind it ([MS-SPNG] 3.2.5.1, 3.3.5.1).",
        .rules = "S28",
    },
    {
        .code = 2029,
        .name = "empty-response-token",
        .title = "The responseToken is present but empty",
        .text = "responseToken is present but empty, as old IIS sends it",
        .why = "responseToken carries a token of the mechanism; with none to send, the "
               "field is left out. Old IIS put an empty string into its last reply when "
               "no mutual authentication was asked for. An initiator whose mechanism is "
               "finished can take that for no token, as MIT krb5 does. Handed to the "
               "mechanism it is a token too many, and a mechanism that still waits for "
               "one fails on it.",
        .bad = "a1 19 30 17 a0 03 0a 01 00 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a\n"
               "a2 02 04 00  # [2] responseToken, empty",
        .good = "a1 15 30 13 a0 03 0a 01 00 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a",
        .repair = "Leave [2] out if the mechanism gave no token.",
        .seen = "IIS 6 (MIT krb5 tolerates it)",
        .tolerance = "SPNEGO_TOLERATE_EMPTY_RESPONSE",
        .rules = "S29",
    },
    {
        .code = 2030,
        .name = "kerberos-alias",
        .title = "The choice is Kerberos, which has two numbers",
        .text = "Kerberos V5 has two numbers, 1.2.840.113554.1.2.2 and "
                "1.2.840.48018.1.2.2",
        .why = "Kerberos V5 is 1.2.840.113554.1.2.2. Windows 2000 cut the arc 113554 to "
               "16 bits, and since then 1.2.840.48018.1.2.2, MS-KRB5, names it as well. "
               "supportedMech must repeat the number under which the initiator offered "
               "it: Windows clients fail if they offered MS-KRB5 and get the standard "
               "number. Old Samba always answers MS-KRB5, and MIT krb5 takes either for "
               "either. Whether this answer is right, the initiator's list has to show.",
        .bad = "a1 14 30 12 a0 03 0a 01 00 a1 0b 06 09 2a 86 48 86 f7 12 01 02 02",
        .good = "a1 15 30 13 a0 03 0a 01 01\n"
                "a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # NTLM has one number",
        .repair = "As an acceptor, copy the identifier from mechTypes, octet by octet.",
        .seen = "Windows ([MS-SPNG] <10>); old Samba, which always answers MS-KRB5",
        .rules = "S30",
    },
    {
        .code = 2031,
        .name = "late-fallback",
        .title = "Negotiate Late Fallback is offered",
        .text = "Negotiate Late Fallback is offered: the rules for the MIC differ and "
                "cannot be checked",
        .why = "1.3.6.1.4.1.311.2.2.40 in the list is no mechanism: it says that the "
               "sender can go on with another mechanism after one has failed. If both "
               "sides list it, the MIC covers the mechanisms of all tokens in the order "
               "they were sent, and not the first list alone ([MS-SPNG] 3.1.5.1). How "
               "they are joined is not published, so such a MIC cannot be checked here. "
               "A receiver that does not know the number skips it, and the rules of RFC "
               "4178 hold.",
        .bad = "30 18 06 0a 2b 06 01 04 01 82 37 02 02 28 06 0a 2b 06 01 04 01 82 37 02 "
               "02 0a",
        .good = "30 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # NTLMSSP alone",
        .repair = "Do not list the number unless the method is implemented.",
        .seen = "Windows 11 24H2 and Server 2025, where it is off by default ([MS-SPNG] "
                "<9>)",
        .rules = "S31",
    },
    {
        .code = 2032,
        .name = "iakerb-number",
        .title = "An IAKERB token is framed under another number",
        .text = "an IAKERB token under another number than 1.3.6.1.5.2.5",
        .why = "IAKERB lets a client that cannot reach a KDC speak to it through the "
               "acceptor. Its messages look like Kerberos' own, with the token "
               "identifier 05 01, and its number is 1.3.6.1.5.2.5 ([MS-SPNG] 3.1.5.3). "
               "The frame here has another one. Acceptors pass a token on by the number "
               "in its frame: under Kerberos' number it reaches a mechanism that does "
               "not know 05 01.",
        .bad = "60 12 06 09 2a 86 48 86 f7 12 01 02 02 05 01 30 03 a1 01 00",
        .good = "60 0f 06 06 2b 06 01 05 02 05 05 01 30 03 a1 01 00",
        .repair = "Frame IAKERB tokens with 06 06 2b 06 01 05 02 05, and list that number "
                  "in mechTypes.",
        .rules = "S32",
    },
    {
        .code = 2033,
        .name = "mic-under-4",
        .title = "Field [4] of a NegTokenResp holds an OCTET STRING",
        .text = "[4] of a NegTokenResp holds an OCTET STRING: a mechListMIC, which "
                "belongs into [3]",
        .why = "The mechListMIC of a NegTokenResp is [3] (RFC 4178 4.2.2). Number [4] is "
               "that of the acceptor's NegTokenInit2 only, where negHints have taken "
               "[3]; a writer that mixes the two up puts the MIC here. A receiver skips "
               "a field that it does not know, so it sees no MIC: where one is required "
               "the negotiation fails, and elsewhere it goes on unprotected. The list "
               "that Negotiate Late Fallback may have in [4] is a SEQUENCE (SPN1017).",
        .bad = "a4 1e 04 1c 04 04 01 ff ff ff ff ff",
        .good = "a3 1e 04 1c 04 04 01 ff ff ff ff ff",
        .repair = "Write the mechListMIC of a NegTokenResp with the tag a3.",
        .seen = "MIT krb5 1.21 and 1.22 (ticket 9183)",
        .rules = "S19",
    },
    {
        .code = 3001,
        .name = "signature",
        .title = "A NegoEx message does not begin with NEGOEXTS",
        .text = "a NegoEx message does not begin with NEGOEXTS",
        .why = "A NegoEx token is a run of messages with nothing between them, and each "
               "begins with the eight octets NEGOEXTS, which receivers compare. "
               "Something else stands here. Either the message before says a wrong "
               "cbMessageLength, or the sender put padding between the two, or it wrote "
               "the signature as a number in the wrong byte order: [MS-NEGOEX] prints it "
               "as 0x535458454f47454e, which is meant to be little-endian.",
        .bad = "4e 45 47 4f 45 58 54 73 02 00 00 00  # NEGOEXTs",
        .good = "4e 45 47 4f 45 58 54 53 02 00 00 00  # NEGOEXTS",
        .repair = "Begin each message with 4e 45 47 4f 45 58 54 53, right behind the end of "
                  "the one before.",
        .rules = "N01 N07",
    },
    {
        .code = 3002,
        .name = "cut-message-header",
        .title = "A NegoEx message is too short for its header",
        .text = "{got} octets where a message header of {want} should stand",
        .why = "Every NegoEx message begins with 40 octets: signature, MessageType, "
               "SequenceNum, cbHeaderLength, cbMessageLength and ConversationId. Then "
               "come the fixed fields of its type. Fewer octets are left here. The token "
               "was cut off, or something stands behind the last message: messages fill "
               "the token exactly, so a few zeros at its end are read as the beginning "
               "of one more. Receivers refuse the whole token.",
        .bad = "4e 45 47 4f 45 58 54 53 05 00 00 00 03 00 00 00 40 00 00 00 40 00 00 00\n"
               "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce  # 39 octets",
        .good = "4e 45 47 4f 45 58 54 53 05 00 00 00 03 00 00 00 40 00 00 00 45 00 00 00\n"
                "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf  # 40 octets, and the "
                "rest",
        .repair = "Send whole messages, without padding between them or behind the last.",
        .rules = "N02 N07",
    },
    {
        .code = 3003,
        .name = "message-length",
        .title = "A NegoEx message is longer than the octets that are left",
        .text = "cbMessageLength {got} exceeds the {want} octets that are left",
        .why = "cbMessageLength counts the whole message, from the N of NEGOEXTS to the "
               "end of its payload, and the next message begins where it ends. Here it "
               "reaches beyond the token. The token was cut off, or the sender counted "
               "wrong, for example from the end of the header. NegoEx has no pieces of "
               "its own: a token comes whole, or in pieces of SPNEGO's. A receiver that "
               "believed the number would read behind its buffer.",
        .bad = "05 00 00 00 03 00 00 00 40 00 00 00\n"
               "46 00 00 00  # cbMessageLength 70, and 69 octets are here",
        .good = "05 00 00 00 03 00 00 00 40 00 00 00\n"
                "45 00 00 00  # cbMessageLength 69",
        .repair = "Write header and payload together as cbMessageLength, little-endian.",
        .rules = "N03",
    },
    {
        .code = 3004,
        .name = "short-header",
        .title = "The cbHeaderLength is shorter than the message's fixed part",
        .text = "cbHeaderLength {got} is less than the fixed part, {want}",
        .why = "cbHeaderLength says where a message's payload begins. Before that stand "
               "96 octets in a NEGO message, 64 in META_DATA, CHALLENGE and AP_REQUEST, "
               "80 in VERIFY and 72 in ALERT; the last two are known without their final "
               "padding, as 76 and 68. A smaller number cuts fixed fields off. MIT krb5 "
               "from 1.18 to 1.22.2 subtracted it unchecked and read up to 52 octets too "
               "far (CVE-2026-40356); with that fixed it still takes 95 in a NEGO, of "
               "which it needs less.",
        .bad = "28 00 00 00 45 00 00 00  # cbHeaderLength 40 in an AP_REQUEST",
        .good = "40 00 00 00 45 00 00 00  # cbHeaderLength 64",
        .repair = "Write 96, 64, 80 or 72, by the type of the message.",
        .seen = "As an attack: CVE-2026-40356 (MIT krb5)",
        .rules = "N04",
    },
    {
        .code = 3005,
        .name = "header-length",
        .title = "The cbHeaderLength is not the one of the message's type",
        .text = "cbHeaderLength {got}, expected {want}",
        .why = "Windows writes 96 for NEGO, 64 for META_DATA, CHALLENGE and AP_REQUEST, "
               "80 for VERIFY and 72 for ALERT: the fields as a C compiler lays them "
               "out, in multiples of eight octets. This message has another number that "
               "still covers all fields. 76 and 68 come from writers that add up VERIFY "
               "and ALERT without the padding; MIT krb5 reads those. What further octets "
               "before the payload would mean is not defined; MIT krb5 passes over them, "
               "other receivers may not.",
        .bad = "06 00 00 00 08 00 00 00 4c 00 00 00 58 00 00 00  # VERIFY, "
               "cbHeaderLength 76",
        .good = "06 00 00 00 08 00 00 00 50 00 00 00 5c 00 00 00  # VERIFY, "
                "cbHeaderLength 80",
        .repair = "Pad the fixed part to 96, 64, 80 or 72 octets, and write that as "
                  "cbHeaderLength.",
        .seen = "impacket (68 in ALERT), a test of picky (76 in VERIFY)",
        .rules = "N05",
    },
    {
        .code = 3006,
        .name = "message-type",
        .title = "MessageType is none of the eight",
        .text = "{got} is no message type",
        .why = "MessageType says what a NegoEx message is: 0 INITIATOR_NEGO, 1 "
               "ACCEPTOR_NEGO, 2 INITIATOR_META_DATA, 3 ACCEPTOR_META_DATA, 4 CHALLENGE, "
               "5 AP_REQUEST, 6 VERIFY, 7 ALERT. [MS-NEGOEX] 2.2.6.1 has no other, and "
               "no rule for passing over one. MIT krb5 refuses the whole token with "
               "INVALID_MESSAGE_TYPE. A very large number may be a small one in the "
               "wrong byte order.",
        .bad = "4e 45 47 4f 45 58 54 53 08 00 00 00  # MessageType 8",
        .good = "4e 45 47 4f 45 58 54 53 05 00 00 00  # AP_REQUEST",
        .repair = "Write 0 to 7 in four octets, little-endian.",
        .rules = "N06",
    },
    {
        .code = 3007,
        .name = "long-header",
        .title = "The cbHeaderLength exceeds cbMessageLength",
        .text = "cbHeaderLength {got} exceeds cbMessageLength {want}",
        .why = "cbMessageLength counts the whole of a NegoEx message, cbHeaderLength the "
               "part before its payload, so the second is never the larger. If it is, "
               "the payload would have a negative length, and a receiver that subtracts "
               "without asking gets a huge one. MIT krb5 refuses the message with "
               "INVALID_MESSAGE_SIZE. The likely causes are that the two fields, which "
               "stand side by side, were exchanged, or that cbMessageLength counts the "
               "payload only.",
        .bad = "46 00 00 00 45 00 00 00  # header 70, message 69",
        .good = "40 00 00 00 45 00 00 00  # header 64, message 69",
        .repair = "Write cbHeaderLength at offset 16 and cbMessageLength, header and "
                  "payload together, at offset 20.",
        .rules = "N03",
    },
    {
        .code = 3014,
        .name = "protocol-version",
        .title = "ProtocolVersion is not 0",
        .text = "ProtocolVersion {got}, expected {want}",
        .why = "A NEGO message, the first of each side, has a ProtocolVersion of eight "
               "octets. The only version there is has the number 0, and no rule says how "
               "to come to terms over another one: the receiver ends the attempt, MIT "
               "krb5 with UNSUPPORTED_VERSION. Since no other version exists, it is more "
               "likely a field in the wrong place, for instance behind a Random of 16 "
               "octets, as the prose of [MS-NEGOEX] 4 has it, where 32 are right.",
        .bad = "01 00 00 00 00 00 00 00 60 00 00 00 01 00 00 00  # version 1",
        .good = "00 00 00 00 00 00 00 00 60 00 00 00 01 00 00 00  # version 0",
        .repair = "Write eight zeros at offset 72, behind a Random of 32 octets.",
        .rules = "N14",
    },
    {
        .code = 3016,
        .name = "vector-bounds",
        .title = "A vector points outside its message",
        .text = "a vector at offset {got} of {want} octets is not inside its message",
        .why = "A vector of NegoEx is an offset, counted from the first octet of its "
               "message, and a number of octets or elements: 16 octets for a scheme, 12 "
               "for an extension or an alert. All of it must lie in the message, and "
               "even an empty one must not begin behind its end. MIT krb5 checked the "
               "schemes of a NEGO, but not the extensions, and crashed (CVE-2026-40355); "
               "in Windows such a number wrapped round (CVE-2025-54895).",
        .bad = "40 00 00 00 06 00 00 00 30 03 a0 01 30  # 6 octets at 64, 5 are there",
        .good = "40 00 00 00 05 00 00 00 30 03 a0 01 30  # 5 octets at 64",
        .repair = "Count offsets from the N of NEGOEXTS in the same message, not from the "
                  "token, the payload or the vector.",
        .seen = "As an attack: CVE-2026-40355 (MIT krb5), CVE-2025-54895 (Windows)",
        .rules = "N16 N30",
    },
    {
        .code = 3017,
        .name = "payload-in-header",
        .title = "A vector points into the header of its message",
        .text = "a vector points into the message's header",
        .why = "A vector of NegoEx, an offset and a count, points to the payload, which "
               "begins where cbHeaderLength ends. This one points before that, so its "
               "content is made of header fields: a token that begins with NEGOEXTS, or "
               "a scheme that is really the Random. Receivers that check only that it "
               "lies in the message take it. The sender may have counted from the "
               "payload and not from the start of the message, or says a cbHeaderLength "
               "that is too large.",
        .bad = "3f 00 00 00 05 00 00 00 30 03 a0 01 30  # offset 63, the header has 64",
        .good = "40 00 00 00 05 00 00 00 30 03 a0 01 30  # offset 64",
        .repair = "Put what a vector points to behind the header, and count its offset from "
                  "NEGOEXTS.",
        .rules = "N17",
    },
    {
        .code = 3019,
        .name = "packed-layout",
        .title = "The vectors of a NEGO message stand without padding",
        .text = "the vectors stand without padding, as MIT krb5 and Heimdal write them",
        .why = "A NEGO message has two vectors of six octets, schemes and extensions. "
               "Windows pads each to eight, at 80 and 88; MIT krb5 and Heimdal write "
               "them back to back, at 80 and 86, and pad at the end. Octets 86 and 87, "
               "padding in one layout and an offset in the other, show which it is. Both "
               "layouts get on because nobody sends extensions: the schemes are at the "
               "same place, and an extension would be found in one layout only.",
        .bad = "60 00 00 00 01 00 60 00 00 00 00 00 00 00 00 00  # offset 80 to 95",
        .good = "60 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00",
        .repair = "Write the extensions' vector at 88, with offset 0 if there are none: "
                  "both layouts read that alike.",
        .seen = "MIT krb5 and Heimdal",
        .rules = "N19",
    },
    {
        .code = 3020,
        .name = "padding",
        .title = "Padding is not zero",
        .text = "padding is not zero",
        .why = "The fixed parts of NegoEx messages have padding, where a C compiler "
               "would put it: two octets behind each vector of a NEGO message, four at "
               "the end of VERIFY, six in ALERT. Here it is not zero. That can be memory "
               "of the sender, shown to a peer that is not authenticated yet. It can "
               "also change the meaning: MIT krb5 reads the count of alerts as four "
               "octets, and takes the padding behind it for its upper half.",
        .bad = "0c 00 00 00 00 00 00 01 30 31 32 33  # VERIFY, the octets before the "
               "checksum",
        .good = "0c 00 00 00 00 00 00 00 30 31 32 33",
        .repair = "Clear the message before filling it in, and write padding as zeros.",
        .rules = "N20",
    },
    {
        .code = 3022,
        .name = "ambiguous-extensions",
        .title = "The two layouts of a NEGO message find other extensions",
        .text = "extensions: the aligned and the packed layout find different ones",
        .why = "A NEGO message lists schemes and extensions in two vectors. Windows pads "
               "each to eight octets, MIT krb5 and Heimdal write them back to back, so "
               "the second stands at 88 or at 86. With a count that is not 0 the layouts "
               "can disagree, and here both readings lie inside the message: one peer "
               "sees an extension where the other sees none or another one. A critical "
               "extension, which must end the attempt, would then be missed.",
        .bad = "60 00 00 00 01 00 60 00 00 00 00 00 01 00 00 00  # packed: none, "
               "aligned: one",
        .good = "60 00 00 00 01 00 00 00 70 00 00 00 01 00 00 00  # aligned: one at 112",
        .repair = "Send no extensions, none being defined; else write the aligned layout, "
                  "with the padding zero.",
        .rules = "N22",
    },
    {
        .code = 3027,
        .name = "checksum-header",
        .title = "CHECKSUM.cbHeaderLength is not 20",
        .text = "CHECKSUM.cbHeaderLength {got}, expected {want}",
        .why = "The checksum in a VERIFY message is a structure of its own: "
               "cbHeaderLength, ChecksumScheme, ChecksumType and a vector of eight "
               "octets that points to the value. Together they are 20 octets, and the "
               "field has to say so. Another number would be another structure, whose "
               "fields nobody knows; MIT krb5 refuses the message. It is not the length "
               "of the checksum, nor that of the message's header, which has a field of "
               "the same name at offset 16.",
        .bad = "18 00 00 00 01 00 00 00 0f 00 00 00  # cbHeaderLength 24",
        .good = "14 00 00 00 01 00 00 00 0f 00 00 00  # cbHeaderLength 20",
        .repair = "Write 20 at offset 56 of a VERIFY message.",
        .rules = "N27",
    },
    {
        .code = 3028,
        .name = "checksum-scheme",
        .title = "ChecksumScheme is not 1",
        .text = "ChecksumScheme {got}, expected 1",
        .why = "VERIFY protects everything that NegoEx has said before it with a keyed "
               "checksum. ChecksumScheme says from which framework the checksum comes; "
               "1, RFC 3961, is the only one there is, and the ChecksumType behind it is "
               "a number from that RFC's registry, such as 15 or 16 for AES. With "
               "another scheme the checksum cannot be verified, and without that nothing "
               "shows whether the list of schemes was changed, so MIT krb5 ends the "
               "attempt.",
        .bad = "14 00 00 00 02 00 00 00 0f 00 00 00  # ChecksumScheme 2",
        .good = "14 00 00 00 01 00 00 00 0f 00 00 00  # ChecksumScheme 1",
        .repair = "Write 1 at offset 60 of a VERIFY message, and the RFC 3961 checksum type "
                  "at 64.",
        .rules = "N28",
    },
    {
        .code = 3034,
        .name = "overlap",
        .title = "Two vectors of a message overlap",
        .text = "vectors overlap",
        .why = "The vectors of a NegoEx message, each an offset and a count, point to "
               "parts of its payload. Two point to the same octets here. No document "
               "forbids it, and nothing needs it; it comes from an offset that was not "
               "moved on when the next part was written. A reader that only looks gets "
               "by. One that changes what it reads in place, or counts on the parts to "
               "add up to the payload, does not.",
        .bad = "60 00 00 00 01 00 00 00 70 00 00 00 01 00 00 00  # schemes at 96\n"
               "01 00 00 00 60 00 00 00 10 00 00 00  # an extension's value, at 96 too",
        .good = "60 00 00 00 01 00 00 00 70 00 00 00 01 00 00 00\n"
                "01 00 00 00 7c 00 00 00 04 00 00 00 01 02 03 04  # its value at 124",
        .repair = "Give each part of the payload its own octets, one behind the other.",
        .rules = "N34",
    },
    {
        .code = 3035,
        .name = "unreferenced",
        .title = "The payload has octets that no vector points to",
        .text = "{got} octets of payload that no vector points to",
        .why = "Behind the header of a NegoEx message stands what its vectors point to: "
               "schemes, a token, a checksum. Here some octets belong to none of them, "
               "so receivers never look at them, though they count in cbMessageLength "
               "and are covered by VERIFY. If a length in a vector is too small, the "
               "mechanism gets a token that was cut off; or the writer aligned parts "
               "that need no alignment; or memory of the sender goes along.",
        .bad = "40 00 00 00 05 00 00 00 30 03 a0 01 30 01 02 03  # 5 octets at 64, and 3 "
               "more",
        .good = "40 00 00 00 05 00 00 00 30 03 a0 01 30  # 5 octets at 64, and the end",
        .repair = "Write the parts one behind the other, and check each vector's length.",
        .rules = "N34",
    },
    {
        .code = 4008,
        .name = "mixed-directions",
        .title = "Messages of both sides stand in one token",
        .text = "messages of both directions in one token",
        .why = "A NegoEx token is a run of messages of one sender. Six of the eight "
               "types belong to a side: INITIATOR_NEGO, INITIATOR_META_DATA and "
               "AP_REQUEST to the initiator, ACCEPTOR_NEGO, ACCEPTOR_META_DATA and "
               "CHALLENGE to the acceptor; VERIFY and ALERT come from either.\n"
               "With both kinds in one token nobody can say who made it. libspnego "
               "refuses such a token (SPN5104). A receiver that only looks for the types "
               "it expects passes over the others, although every VERIFY covers their "
               "octets.",
        .bad = "4e 45 47 4f 45 58 54 53 01 00 00 00  # a message: ACCEPTOR_NEGO\n"
               "4e 45 47 4f 45 58 54 53 05 00 00 00  # the one behind it: AP_REQUEST",
        .good = "4e 45 47 4f 45 58 54 53 01 00 00 00  # a message: ACCEPTOR_NEGO\n"
                "4e 45 47 4f 45 58 54 53 04 00 00 00  # the one behind it: CHALLENGE",
        .repair = "Write the types of your own side only: an acceptor carries its "
                  "mechanism's token in a CHALLENGE (4), an initiator in an AP_REQUEST (5).",
        .rules = "N08",
    },
    {
        .code = 4009,
        .name = "nego-place",
        .title = "A NEGO message is not the first of its token",
        .text = "a NEGO message that is not the first of its token",
        .why = "INITIATOR_NEGO and ACCEPTOR_NEGO open the conversation of their side: "
               "they carry the random octets, the protocol version and the list of "
               "schemes, most wanted first. Everything behind them, metadata and "
               "mechanism tokens, speaks about a scheme of that list.\n"
               "Therefore there is one at most, and it comes first. A receiver reads the "
               "list before the rest: libspnego refuses a token whose NEGO stands "
               "elsewhere (SPN5103) or comes twice (SPN5105), while MIT krb5 takes the "
               "first of two.",
        .bad = "4e 45 47 4f 45 58 54 53 02 00 00 00 00 00 00 00  # #0 "
               "INITIATOR_META_DATA\n"
               "4e 45 47 4f 45 58 54 53 00 00 00 00 01 00 00 00  # #1 INITIATOR_NEGO",
        .good = "4e 45 47 4f 45 58 54 53 00 00 00 00 00 00 00 00  # #0 INITIATOR_NEGO\n"
                "4e 45 47 4f 45 58 54 53 02 00 00 00 01 00 00 00  # #1 "
                "INITIATOR_META_DATA",
        .repair = "Put the NEGO message at the start of your side's first token, and "
                  "nowhere else.",
        .rules = "N09",
    },
    {
        .code = 4010,
        .name = "metadata-repeated",
        .title = "One scheme has two metadata messages",
        .text = "a second metadata message for the same scheme",
        .why = "Metadata is what a mechanism tells its counterpart before the choice is "
               "made, such as the names of the authorities that it trusts. Each scheme "
               "has one INITIATOR_META_DATA or ACCEPTOR_META_DATA at most, and its "
               "receiver hands it to the mechanism once.\n"
               "What becomes of a second one is nowhere written. libspnego uses the "
               "first and remarks the other as not used (SPN5120); a receiver that takes "
               "the last may come to another choice.",
        .bad = "02 00 00 00 01 00 00 00  # #1 INITIATOR_META_DATA, for PKU2U\n"
               "02 00 00 00 02 00 00 00  # #2 INITIATOR_META_DATA, for PKU2U too",
        .good = "02 00 00 00 01 00 00 00  # #1 INITIATOR_META_DATA, for PKU2U",
        .repair = "Ask each mechanism for its metadata once and send it in one message; if "
                  "it has several parts, join them inside the mechanism's own format.",
        .rules = "N10",
    },
    {
        .code = 4011,
        .name = "exchange-repeated",
        .title = "A token carries two mechanism tokens",
        .text = "a second AP_REQUEST or CHALLENGE in one token",
        .why = "AP_REQUEST and CHALLENGE carry the token of a mechanism, to the acceptor "
               "and to the initiator. One NegoEx token has one of them at most: the "
               "mechanisms take turns, and an initiator may only guess for the scheme it "
               "wants most.\n"
               "[MS-NEGOEX] 3.1.5.4 speaks of \"zero or more\" AP_REQUESTs; its own "
               "section 1.3.1 and the draft say zero or one, and that is what is built. "
               "Of two, MIT krb5 uses the first; libspnego refuses the token (SPN5105).",
        .bad = "4e 45 47 4f 45 58 54 53 05 00 00 00 03 00 00 00  # #3 AP_REQUEST\n"
               "4e 45 47 4f 45 58 54 53 05 00 00 00 04 00 00 00  # #4 AP_REQUEST",
        .good = "4e 45 47 4f 45 58 54 53 05 00 00 00 03 00 00 00  # #3 AP_REQUEST",
        .repair = "Send one AP_REQUEST or CHALLENGE in a token, the first AP_REQUEST for "
                  "the first scheme of the list; wait for the answer before the next.",
        .rules = "N11",
    },
    {
        .code = 4012,
        .name = "conversation-id",
        .title = "The ConversationId changes inside a token",
        .text = "ConversationId differs from that of the message before",
        .why = "Every NegoEx message has a header with a ConversationId of 16 octets. "
               "Whoever sends message 0 draws it at random, and all messages of both "
               "sides repeat it, so that a message cannot be moved into another "
               "conversation.\n"
               "Within one token it can therefore never change. Receivers compare it "
               "with that of message 0: MIT krb5 answers a difference with "
               "DEFECTIVE_TOKEN, libspnego refuses the message (SPN5102).",
        .bad = "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf  # ConversationId of #0\n"
               "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce ff  # of #1",
        .good = "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf  # ConversationId of #0\n"
                "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf  # of #1",
        .repair = "Keep the 16 octets of message 0 with the conversation and copy them into "
                  "every header; do not draw them for each message.",
        .rules = "N12",
    },
    {
        .code = 4013,
        .name = "sequence",
        .title = "The SequenceNum does not grow by one",
        .text = "SequenceNum {got}, expected {want}",
        .why = "SequenceNum numbers the messages of a conversation: 0, 1, 2 and so on, "
               "with one counter for both sides. So the messages of one token have "
               "numbers without a gap; the peer goes on with the next.\n"
               "The numbers show that a message is missing, repeated or out of its "
               "place. MIT krb5 wants exactly the next number and ends with "
               "DEFECTIVE_TOKEN otherwise, as libspnego does (SPN5101).",
        .bad = "4e 45 47 4f 45 58 54 53 00 00 00 00\n"
               "00 00 00 00  # INITIATOR_NEGO, SequenceNum 0\n"
               "4e 45 47 4f 45 58 54 53 02 00 00 00\n"
               "02 00 00 00  # INITIATOR_META_DATA, SequenceNum 2",
        .good = "4e 45 47 4f 45 58 54 53 00 00 00 00\n"
                "00 00 00 00  # INITIATOR_NEGO, SequenceNum 0\n"
                "4e 45 47 4f 45 58 54 53 02 00 00 00\n"
                "01 00 00 00  # INITIATOR_META_DATA, SequenceNum 1",
        .repair = "Keep one counter for the conversation, step it for every message sent "
                  "and for every message received, and write its value into each header.",
        .rules = "N13",
    },
    {
        .code = 4015,
        .name = "no-schemes",
        .title = "A NEGO message offers no scheme",
        .text = "no AuthScheme is offered",
        .why = "A NEGO message lists AuthSchemes: numbers of 16 octets, each of which "
               "names a mechanism. The initiator's list is its offer, the acceptor's "
               "says which of them are left; the choice is made from these.\n"
               "With an empty list there is nothing to choose from, and the attempt "
               "ends: MIT krb5 and libspnego (SPN5107) find no mechanism. A side that "
               "has no scheme to offer would better not put NEGOEX into SPNEGO's "
               "mechTypes.",
        .bad = "00 00 00 00 00 00 00 00  # AuthSchemes: offset 0, count 0",
        .good = "60 00 00 00 01 00 00 00  # AuthSchemes: offset 96, count 1",
        .repair = "List at least one AuthScheme that can be used now; if there is none, "
                  "leave NEGOEX out of mechTypes or refuse the negotiation.",
        .rules = "N15",
    },
    {
        .code = 4018,
        .name = "scheme-repeated",
        .title = "An AuthScheme is listed twice",
        .text = "an AuthScheme that is in the list already",
        .why = "The AuthSchemes of a NEGO message stand in the order of preference, most "
               "wanted first; the initiator's position 0 also says whose token may come "
               "along unasked. A scheme that is in the list already adds nothing, and "
               "its second place contradicts the first.\n"
               "No specification forbids it. Mostly it shows that two configurations "
               "were joined, or that two mechanisms were registered under one number.",
        .bad = "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # SAnon-X25519\n"
               "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # PKU2U\n"
               "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # SAnon-X25519",
        .good = "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # SAnon-X25519\n"
                "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # PKU2U",
        .repair = "List each scheme once, at the place where it is wanted most.",
        .rules = "N18",
    },
    {
        .code = 4021,
        .name = "critical-extension",
        .title = "A NEGO message has a critical extension that nobody knows",
        .text = "an unknown critical extension: receivers must reject the message",
        .why = "A NEGO message may carry extensions: a type, and octets. If the highest "
               "bit of the type is set the extension is critical, which means that a "
               "receiver that does not know it must reject the message; others it "
               "ignores. No extension has ever been defined, so every critical one is "
               "unknown.\n"
               "MIT krb5 ends with UNAVAILABLE, libspnego refuses the message (SPN5106). "
               "There is a second danger: writers lay out the extension vector in two "
               "ways (SPN3022), so peers may not even find the same extensions.",
        .bad = "01 00 00 80 7c 00 00 00 04 00 00 00  # ExtensionType 0x80000001, bit 31 "
               "set",
        .good = "01 00 00 00 7c 00 00 00 04 00 00 00  # ExtensionType 1: may be ignored",
        .repair = "Send no extensions; one of your own must at least have bit 31 clear, so "
                  "that peers can pass over it.",
        .rules = "N21",
    },
    {
        .code = 4023,
        .name = "metadata-scheme",
        .title = "Metadata is for a scheme that the token does not offer",
        .text = "metadata for a scheme that the same token does not offer",
        .why = "A metadata message belongs to one AuthScheme: it is what that mechanism "
               "wants to tell its counterpart before the choice. The list of schemes "
               "stands in the NEGO message at the start of the same token.\n"
               "A receiver ignores metadata of a scheme that it does not know or that is "
               "not under discussion, so these octets are without effect. Mostly the "
               "scheme was dropped from the list after its metadata had been made, or "
               "its number is misspelt in one of the two places.",
        .bad = "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # NEGO offers PKU2U\n"
               "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # META_DATA: "
               "SAnon-X25519",
        .good = "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # NEGO offers PKU2U\n"
                "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # META_DATA: PKU2U",
        .repair = "Write the metadata messages from the same list as the NEGO message, "
                  "after every mechanism that fails has been taken out of it.",
        .rules = "N23",
    },
    {
        .code = 4024,
        .name = "optimistic-scheme",
        .title = "The early AP_REQUEST is not for the first scheme",
        .text = "the optimistic AP_REQUEST is not for the first scheme",
        .why = "An initiator may send a mechanism's token before it knows what the "
               "acceptor wants: the AP_REQUEST beside INITIATOR_NEGO. It is a guess, and "
               "it must be for the scheme that the initiator lists first.\n"
               "Both sides build on this. The acceptor uses the token only for the "
               "scheme that it wants most itself, and the initiator takes a CHALLENGE or "
               "VERIFY in the answer as the sign that its first scheme goes on. With "
               "another scheme in the AP_REQUEST the two would speak of different "
               "mechanisms.",
        .bad = "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # NEGO offers PKU2U\n"
               "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # and SAnon-X25519\n"
               "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # AP_REQUEST: "
               "SAnon-X25519",
        .good = "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # NEGO offers "
                "SAnon-X25519\n"
                "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # and PKU2U\n"
                "ff 84 e3 de 86 10 86 4e be 78 b9 41 70 bf d3 76  # AP_REQUEST: "
                "SAnon-X25519",
        .repair = "Make the AP_REQUEST of the first token with the mechanism of "
                  "AuthSchemes[0]; if that one cannot begin, take it out of the list or "
                  "send no AP_REQUEST.",
        .rules = "N24",
    },
    {
        .code = 4025,
        .name = "empty-metadata",
        .title = "A metadata message is empty",
        .text = "empty metadata",
        .why = "INITIATOR_META_DATA and ACCEPTOR_META_DATA carry what a mechanism has to "
               "say before the choice. A mechanism that has nothing to say gets no "
               "message: the draft sends one only when its output is not empty, and MIT "
               "krb5 does so.\n"
               "An empty one is numbered and covered by the VERIFYs like any other. To "
               "the acceptor it still counts as metadata that has arrived, for which it "
               "must ask its own mechanism too.",
        .bad = "00 00 00 00 00 00 00 00  # Exchange: offset 0, length 0",
        .good = "40 00 00 00 05 00 00 00  # Exchange: offset 64, length 5",
        .repair = "Leave out the metadata message of a mechanism that has given no octets.",
        .rules = "N25",
    },
    {
        .code = 4026,
        .name = "empty-exchange",
        .title = "An AP_REQUEST or CHALLENGE is empty",
        .text = "an empty AP_REQUEST or CHALLENGE",
        .why = "AP_REQUEST and CHALLENGE carry the token of the mechanism under "
               "negotiation. A side whose mechanism has nothing to say leaves the "
               "message out: a token that holds a VERIFY alone is in order.\n"
               "A receiver that waits for a token cannot go on with nothing: libspnego "
               "ends with SPN5109, or, if it is the early AP_REQUEST of the first token, "
               "goes on as if none had been sent.",
        .bad = "00 00 00 00 00 00 00 00  # Exchange: offset 0, length 0",
        .good = "40 00 00 00 05 00 00 00  # Exchange: offset 64, length 5",
        .repair = "Send the message only when the mechanism has returned octets; if it goes "
                  "on and returns none, that is an error of the mechanism.",
        .rules = "N26",
    },
    {
        .code = 4029,
        .name = "unkeyed-checksum",
        .title = "The checksum of a VERIFY needs no key",
        .text = "checksum type {got:d} has no key",
        .why = "A VERIFY proves that both sides have seen the same conversation: it is a "
               "checksum over all messages before it, made with a key of the mechanism. "
               "The ChecksumType must therefore be one that needs a key. CRC32, MD4, MD5 "
               "and plain SHA-1 can be computed by anybody.\n"
               "Whoever changes the list of schemes on the way could compute such a "
               "checksum anew. Receivers must refuse these types, and do: MIT krb5 with "
               "BAD_SIG, libspnego with SPN5113.",
        .bad = "01 00 00 00 50 00 00 00 04 00 00 00  # ChecksumType 1: CRC32, 4 octets",
        .good = "0f 00 00 00 50 00 00 00 0c 00 00 00  # ChecksumType 15: "
                "HMAC-SHA1-96-AES128",
        .repair = "Use the checksum type that the encryption type of the key requires, such "
                  "as 15 and 16 for AES with SHA-1 or 19 and 20 for AES with SHA-2.",
        .rules = "N29",
    },
    {
        .code = 4030,
        .name = "checksum-length",
        .title = "The checksum has not the length of its type",
        .text = "checksum of {got} octets, its type has {want}",
        .why = "The ChecksumType of a VERIFY fixes how many octets the checksum has: 12 "
               "for HMAC-SHA1-96-AES (15 and 16), 16 for 17 to 19 and HMAC-MD5, 24 for "
               "HMAC-SHA384-192-AES256 (20), 20 for the two of triple DES. An HMAC is "
               "cut to that length.\n"
               "A checksum of another length cannot fit. A likely cause is the uncut "
               "HMAC-SHA1 of 20 octets: the general table of RFC 3961 speaks of 20, and "
               "RFC 3962 cuts it to 12 for AES. A receiver that compared only the octets "
               "that are there would be easy to fool with a short one.",
        .bad = "0f 00 00 00 50 00 00 00 10 00 00 00  # ChecksumType 15, offset 80, "
               "length 16",
        .good = "0f 00 00 00 50 00 00 00 0c 00 00 00  # ChecksumType 15, offset 80, "
                "length 12",
        .repair = "Cut the HMAC to the length of its type, or write the type that was "
                  "really computed.",
        .rules = "N29",
    },
    {
        .code = 4031,
        .name = "alert-value",
        .title = "An alert asks for nothing that is defined",
        .text = "an alert other than ALERT_PULSE with VERIFY_NO_KEY; receivers ignore it",
        .why = "An ALERT message carries alerts, each a type and a value. One is "
               "defined: type 1, ALERT_PULSE, whose value is a structure of 8 octets "
               "with the Reason 1, VERIFY_NO_KEY: \"your VERIFY came, and I had no key to "
               "check it with\".\n"
               "Receivers ignore every other type and Reason, and a pulse that is too "
               "short for its two fields. So the peer will not learn what the sender "
               "meant, and no new VERIFY will come.",
        .bad = "01 00 00 00 54 00 00 00 08 00 00 00  # AlertType 1, value: 8 octets at "
               "84\n"
               "08 00 00 00 02 00 00 00  # ALERT_PULSE: cbHeaderLength 8, Reason 2",
        .good = "01 00 00 00 54 00 00 00 08 00 00 00  # AlertType 1, value: 8 octets at "
                "84\n"
                "08 00 00 00 01 00 00 00  # ALERT_PULSE: cbHeaderLength 8, Reason 1",
        .repair = "Send only ALERT_PULSE with VERIFY_NO_KEY; let a failure be told by the "
                  "mechanism's error token and by SPNEGO's reject.",
        .rules = "N31",
    },
    {
        .code = 4032,
        .name = "pulse-header",
        .title = "ALERT_PULSE has an unusual cbHeaderLength",
        .text = "ALERT_PULSE.cbHeaderLength {got}, MIT writes {want}",
        .why = "ALERT_PULSE is the value of the one defined alert: cbHeaderLength and "
               "Reason, 4 octets each. What the length counts is not written down. MIT "
               "krb5 writes 8, the size of the structure; Samba's description of the "
               "format guesses 4, and marks that as still to do.\n"
               "MIT krb5 and Heimdal ignore the field when reading, so nothing breaks. "
               "It is remarked because a stricter reader could take a number above 8 for "
               "octets that are missing.",
        .bad = "0c 00 00 00 01 00 00 00  # ALERT_PULSE: cbHeaderLength 12, Reason 1",
        .good = "08 00 00 00 01 00 00 00  # ALERT_PULSE: cbHeaderLength 8, Reason 1",
        .repair = "Write 8, and ignore the field when reading.",
        .seen = "Samba's IDL for NegoEx, which has 4",
        .rules = "N32",
    },
    {
        .code = 4033,
        .name = "error-code",
        .title = "An ALERT carries an error code",
        .text = "ErrorCode is NTSTATUS {got:x}",
        .why = "The ErrorCode of an ALERT is an NTSTATUS, the number by which Windows "
               "names the outcome of a call; 0 is success. No specification gives it an "
               "effect: MIT krb5 writes 0 and ignores what it reads.\n"
               "This is for information. A number that is not 0 may tell why the peer "
               "was not satisfied, if it was made by a system that has such numbers.",
        .bad = "01 00 00 00 48 00 00 00 01 00 00 00  # ErrorCode 0x00000001: "
               "STATUS_WAIT_1",
        .good = "00 00 00 00 48 00 00 00 01 00 00 00  # ErrorCode 0",
        .repair = "Nothing needs repair; write 0 unless you have an NTSTATUS to tell.",
        .seen = "Windows 7 in Microsoft's printed trace of 2011 (STATUS_WAIT_1), unless "
                "its analyser was wrong",
        .rules = "N33",
    },
    {
        .code = 4035,
        .name = "constant-random",
        .title = "Octets that should be random are all the same",
        .text = "octets that should be random are all the same",
        .why = "Two fields of a conversation are random: the ConversationId, 16 octets "
               "in every header, and Random, 32 octets in each NEGO message. They make "
               "every conversation another one, and with it the octets that a VERIFY "
               "covers.\n"
               "If all octets are equal the random generator was not called, or has "
               "failed unnoticed. Then what was recorded once looks the same the next "
               "time, and only the mechanism's own freshness stands against a replay.",
        .bad = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  # Random, its first "
               "half\n"
               "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  # and its second",
        .good = "10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  # Random, its first "
                "half\n"
                "20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f  # and its second",
        .repair = "Fill both fields from a cryptographic random generator, and fail if it "
                  "fails.",
        .rules = "N35",
    },
    {
        .code = 4036,
        .name = "misnamed-scheme",
        .title = "PKU2U is named by the number that only the paper has",
        .text = "the number that [MS-SPNG] prints for PKU2U; on the wire PKU2U is "
                "0D53335C-F9EA-4D0D-B2EC-4AE3786EC308",
        .why = "NegoEx names a mechanism by an AuthScheme of 16 octets. For PKU2U a "
               "product note of [MS-SPNG] prints 235F69AD-73FB-4DBC-8203-0629E739339B. "
               "In Windows headers that number means something else, certificate data "
               "that is handed to SSPI.\n"
               "In every capture, and in the examples of [MS-SPNG] and [MS-NEGOEX] "
               "themselves, PKU2U is 0D53335C-F9EA-4D0D-B2EC-4AE3786EC308. A peer that "
               "looks for PKU2U will not recognise the other number.",
        .bad = "ad 69 5f 23 fb 73 bc 4d  # 235F69AD-73FB-4DBC-\n"
               "82 03 06 29 e7 39 33 9b  # 8203-0629E739339B",
        .good = "5c 33 53 0d ea f9 0d 4d  # 0D53335C-F9EA-4D0D-\n"
                "b2 ec 4a e3 78 6e c3 08  # B2EC-4AE3786EC308",
        .repair = "Name PKU2U by 0D53335C-F9EA-4D0D-B2EC-4AE3786EC308; the first three "
                  "parts of a GUID are little-endian on the wire.",
        .seen = "A product note of [MS-SPNG]; impacket",
        .rules = "N36",
    },
    {
        .code = 4037,
        .name = "verify-not-last",
        .title = "A VERIFY is not the last message of its token",
        .text = "VERIFY is not the last message of its token",
        .why = "A VERIFY is a checksum over every message before it. What stands behind "
               "it in the same token is not covered, so whoever is between the two sides "
               "could change it or put it there. In recorded tokens the VERIFY is last.\n"
               "MIT krb5 uses such messages all the same. libspnego refuses them, but "
               "for an ALERT (SPN5123).",
        .bad = "4e 45 47 4f 45 58 54 53 06 00 00 00 03 00 00 00  # #3 VERIFY\n"
               "4e 45 47 4f 45 58 54 53 05 00 00 00 04 00 00 00  # #4 AP_REQUEST",
        .good = "4e 45 47 4f 45 58 54 53 05 00 00 00 03 00 00 00  # #3 AP_REQUEST\n"
                "4e 45 47 4f 45 58 54 53 06 00 00 00 04 00 00 00  # #4 VERIFY",
        .repair = "Write NEGO, metadata, the mechanism's token and the ALERT first, then "
                  "make the VERIFY over all of them and append it.",
        .rules = "N37",
    },
    {
        .code = 4038,
        .name = "zero-scheme",
        .title = "An AuthScheme is all zero",
        .text = "AuthScheme is all zero",
        .why = "An AuthScheme is the number of 16 octets by which NegoEx names a "
               "mechanism; all messages but NEGO have one, and a NEGO message has a list "
               "of them. Zero names none.\n"
               "It is what a field holds that nobody has filled. A receiver knows no "
               "mechanism of that number, so it drops the scheme from the list or "
               "ignores the message; a VERIFY or CHALLENGE that it waits for is then "
               "missing.",
        .bad = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  # AuthScheme",
        .good = "5c 33 53 0d ea f9 0d 4d b2 ec 4a e3 78 6e c3 08  # AuthScheme: PKU2U",
        .repair = "Fill in the number of the mechanism that the message is about before it "
                  "is encoded; a mechanism without a number cannot be offered in NegoEx.",
        .rules = "N38",
    },
    {
        .code = 4039,
        .name = "unknown-checksum",
        .title = "The checksum type of a VERIFY is not known",
        .text = "checksum type {got:d} is not known",
        .why = "ChecksumType says how the checksum of a VERIFY is made. It is a number "
               "of the registry that RFC 3961 began, signed: HMAC-MD5 has -138. The type "
               "must be the one that goes with the encryption type of the mechanism's "
               "key.\n"
               "A number that the known registry does not have can be newer than this "
               "tool, or read in the wrong byte order. A receiver that has no such "
               "checksum cannot check the VERIFY, and the negotiation fails.",
        .bad = "63 00 00 00 50 00 00 00 0c 00 00 00  # ChecksumType 99",
        .good = "10 00 00 00 50 00 00 00 0c 00 00 00  # ChecksumType 16: "
                "HMAC-SHA1-96-AES256",
        .repair = "Write the registered checksum type of the key's encryption type, as a "
                  "little-endian number of 4 octets; make sure that the peer has it.",
        .rules = "N29",
    },
    {
        .code = 5001,
        .name = "init-expected",
        .title = "The negotiation does not begin with a NegTokenInit",
        .text = "a negotiation begins with the initiator's NegTokenInit; this is another "
                "token",
        .why = "SPNEGO lets two sides agree on a security mechanism. The initiator "
               "speaks first: its NegTokenInit lists the mechanisms that it can use, "
               "best first. The acceptor was given something else, a reply "
               "(NegTokenResp) or a server's hint (NegTokenInit2), so there is no list "
               "to choose from. Often the record begins in the middle, or a token "
               "reached the wrong context: a proxy that spreads one negotiation over "
               "several connections does that.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Begin every negotiation with a NegTokenInit. On the acceptor's side keep "
                  "one context for each connection and give it that connection's tokens in "
                  "order.",
        .seen = "Waffle behind proxies (PR 338, issues 198 and 312)",
        .rules = "C01",
    },
    {
        .code = 5002,
        .name = "init-repeated",
        .title = "A second NegTokenInit in one negotiation",
        .text = "a second NegTokenInit: after the first, every token is a NegTokenResp",
        .why = "A NegTokenInit opens the negotiation and carries the list of mechanisms; "
               "every later token of either side is a NegTokenResp. The first edition of "
               "SPNEGO, RFC 2478, let the initiator use NegTokenInit throughout, so old "
               "code may still do it. A second list cannot be taken: the mechListMIC, "
               "the checksum that protects the list, is made over the first one.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenInit mechTypes {NTLM}, mechToken AUTHENTICATE",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Send every token after the first as a NegTokenResp, the mechanism's "
                  "octets in responseToken. To begin anew, use a new context on both sides.",
        .rules = "C03",
    },
    {
        .code = 5003,
        .name = "early-reply",
        .title = "A reply came before anything was offered",
        .text = "a reply, and nothing was offered yet",
        .why = "A NegTokenResp answers a NegTokenInit: it says which of the offered "
               "mechanisms was chosen. Before the offer the only token that an acceptor "
               "may send is a NegTokenInit2, a hint at what it has. A reply in its place "
               "belongs to another negotiation, or tokens have been swapped; taking it "
               "would mean to accept a choice that nobody was asked for.",
        .bad = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE",
        .repair = "Answer only a NegTokenInit. A server that wants to speak first sends a "
                  "NegTokenInit2; a caller gives a new context no token of an old "
                  "connection.",
        .rules = "C01 C02",
    },
    {
        .code = 5004,
        .name = "empty-token",
        .title = "An empty token where a NegTokenResp is due",
        .text = "an empty token where a NegTokenResp is due",
        .why = "Two empty tokens have a meaning: with one the acceptor is asked to speak "
               "first, and with one a receiver asks for the next fragment of a long "
               "token. Anywhere else a NegTokenResp is due, if only to say "
               "accept-completed. Receivers have come to grief over this: an empty "
               "second token made MIT krb5 read through a NULL pointer (CVE-2014-4344).",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A (no octets)",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE",
        .repair = "Wrap what the mechanism gave in a NegTokenResp; if it gave nothing, send "
                  "the negState alone. A caller whose carrier brought no blob must not hand "
                  "an empty one in.",
        .rules = "C34",
    },
    {
        .code = 5005,
        .name = "no-choice",
        .title = "The acceptor's first reply lacks negState or supportedMech",
        .text = "the acceptor's first reply lacks negState or supportedMech",
        .why = "The acceptor's first NegTokenResp answers two questions: which mechanism "
               "was chosen (supportedMech), and is the negotiation finished, going on, "
               "refused, or does it need the MIC exchange (negState). RFC 4178 requires "
               "negState here, and supportedMech may stand in no other reply. Without "
               "them the initiator has to guess that its first mechanism was taken; a "
               "wrong guess hands the octets of one mechanism to another.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp responseToken AP-REP",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Put both fields into the first reply. To talk to such a server, set "
                  "SPNEGO_TOLERATE_NO_CHOICE: the first mechanism is then taken as chosen.",
        .seen = "Java HTTP acceptors (MIT krb5 ticket 8374); MIT krb5 if the NegTokenInit "
                "had a mechListMIC",
        .tolerance = "SPNEGO_TOLERATE_NO_CHOICE",
        .rules = "C05 C06",
    },
    {
        .code = 5006,
        .name = "alias-inside",
        .title = "The mechToken is framed for another mechanism than the first listed",
        .text = "the mechToken is framed for another mechanism than {mech}",
        .why = "mechToken is the optimistic token: the first one of the first mechanism "
               "in mechTypes, sent before the acceptor has agreed. Most mechanisms frame "
               "their first token with their own OID, and a frame that names another "
               "mechanism shows that list and token are mixed up. One case is everyday: "
               "Windows lists Kerberos as 1.2.840.48018.1.2.2 (MS-KRB5), a number that "
               "Windows 2000 made by cutting 113554 to 16 bits, and frames the AP-REQ "
               "for 1.2.840.113554.1.2.2. Acceptors that compare the two have turned "
               "Windows clients away.",
        .bad = "I NegTokenInit mechTypes {MS-KRB5, NTLM}, mechToken framed for Kerberos",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken framed for Kerberos",
        .repair = "List first the mechanism whose token is sent. To serve Windows clients, "
                  "set SPNEGO_TOLERATE_ALIAS_INSIDE, which takes the two numbers of "
                  "Kerberos for one.",
        .seen = "Windows clients (gokrb5 issue 278)",
        .tolerance = "SPNEGO_TOLERATE_ALIAS_INSIDE",
        .rules = "M04",
    },
    {
        .code = 5007,
        .name = "not-offered",
        .title = "The acceptor chose a mechanism that was not offered",
        .text = "the acceptor chose {mech}, which was not offered",
        .why = "The acceptor chooses from the initiator's list, mechTypes, and names its "
               "choice in supportedMech. A name from outside the list would let a peer, "
               "or somebody on the way, press a mechanism on the initiator that it did "
               "not want to use, perhaps a weaker one. So the initiator stops. MIT krb5 "
               "stops as well; Heimdal goes on with any mechanism that it knows.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp request-mic, supportedMech NTLM",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM",
        .repair = "Choose from the list that was received, and send reject if nothing in it "
                  "will do. An initiator that wants the mechanism has to offer it.",
        .rules = "C07",
    },
    {
        .code = 5008,
        .name = "alias-chosen",
        .title = "The acceptor answers with Kerberos' other number",
        .text = "the acceptor chose {mech}, the number of Kerberos that was not offered",
        .why = "Kerberos has two OIDs in SPNEGO. 1.2.840.113554.1.2.2 is the right one; "
               "1.2.840.48018.1.2.2 (MS-KRB5) is the same with one part cut to 16 bits, "
               "a slip of Windows 2000 that Windows still offers. The acceptor must "
               "repeat the number that it was offered. Strictly, the other one was never "
               "offered; in practice the same mechanism is meant and its token can be "
               "used, which is what MIT krb5 does.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp accept-completed, supportedMech MS-KRB5, responseToken "
               "AP-REP",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Copy the OID from mechTypes into supportedMech, octet for octet. To talk "
                  "to such a server, set SPNEGO_TOLERATE_ALIAS_CHOSEN.",
        .seen = "Old Samba, which always answers 1.2.840.48018.1.2.2",
        .tolerance = "SPNEGO_TOLERATE_ALIAS_CHOSEN",
        .rules = "C07",
    },
    {
        .code = 5009,
        .name = "late-choice",
        .title = "supportedMech in a reply that is not the first",
        .text = "supportedMech, {mech}, in a reply that is not the first",
        .why = "supportedMech is the acceptor's choice. It is made once, in its first "
               "reply, and RFC 4178 allows the field nowhere else, so that nobody has to "
               "ask what a second, different name would mean. [MS-SPNG] asks clients to "
               "take such a reply and to ignore the field; Windows 2000, 2003 and Vista "
               "do not tolerate it.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-completed, supportedMech NTLM, mechListMIC",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Leave supportedMech out of every reply after the first. An initiator "
                  "that must bear it sets SPNEGO_TOLERATE_LATE_CHOICE; the field is then "
                  "ignored.",
        .tolerance = "SPNEGO_TOLERATE_LATE_CHOICE",
        .rules = "C09",
    },
    {
        .code = 5010,
        .name = "initiator-chooses",
        .title = "supportedMech from the initiator",
        .text = "supportedMech, {mech}, from the initiator: only the acceptor chooses",
        .why = "Both sides use the same NegTokenResp for their later tokens, but not all "
               "its fields are for both. supportedMech names the acceptor's choice. The "
               "initiator has said what it wants in mechTypes and has nothing to choose; "
               "a supportedMech from it means nothing, or that its code thinks that it "
               "is the acceptor. MIT krb5's acceptor refuses the token, too.",
        .bad = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp supportedMech NTLM, responseToken AUTHENTICATE, "
               "mechListMIC",
        .good = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp responseToken AUTHENTICATE, mechListMIC",
        .repair = "Send only negState, responseToken and mechListMIC from the initiator.",
        .rules = "C10",
    },
    {
        .code = 5011,
        .name = "late-request-mic",
        .title = "request-mic after the acceptor's first reply",
        .text = "request-mic in a reply that is not the acceptor's first",
        .why = "request-mic is a negState by which the acceptor says, when it chooses, "
               "that the choice has to be protected: both sides must then send a "
               "mechListMIC, a checksum over the list of mechanisms. It stands in the "
               "place of accept-incomplete in the first reply and nowhere else. The "
               "initiator decides from that reply whether it will attach its MIC to the "
               "mechanism's last token; told later, it may have sent that token already.",
        .bad = "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
               "A NegTokenResp request-mic, responseToken CHALLENGE",
        .good = "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE",
        .repair = "Say request-mic once, in the first reply, and accept-incomplete in the "
                  "later ones until the last.",
        .rules = "C11",
    },
    {
        .code = 5012,
        .name = "initiator-request-mic",
        .title = "request-mic from the initiator",
        .text = "request-mic from the initiator",
        .why = "request-mic is a negState by which the acceptor asks for the MIC "
               "exchange, in its first reply only. An initiator that wants the exchange "
               "simply sends its mechListMIC, which the acceptor has to verify and to "
               "answer with its own. Lenient acceptors have let request-mic pass, so the "
               "mistake can live long unseen; NetApp filers refuse it.",
        .bad = "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp request-mic, responseToken NEGOTIATE",
        .good = "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE",
        .repair = "Send accept-incomplete from the initiator until the mechanism is done.",
        .seen = "pyspnego before its PR 7, refused by NetApp filers",
        .rules = "C11",
    },
    {
        .code = 5013,
        .name = "no-request-mic",
        .title = "Another mechanism than the first was chosen without request-mic",
        .text = "the acceptor chose {mech}, not the first choice, without request-mic",
        .why = "If the acceptor does not take the first mechanism of the list, somebody "
               "on the way may have changed the list to bring about a weaker choice. So "
               "such a first reply must say request-mic, and both sides then prove with "
               "a mechListMIC that they saw the same list. A choice without request-mic "
               "either comes from an acceptor that cannot do this, or is that attack.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM",
        .repair = "Answer with request-mic whenever the choice is not the first entry. Set "
                  "SPNEGO_TOLERATE_NO_REQUEST only for a server that is known to fall to "
                  "NTLM like this: the choice is then unprotected.",
        .seen = "Windows Server 2003, falling to NTLM (MIT krb5 PR 187); sspi-rs as "
                "acceptor",
        .tolerance = "SPNEGO_TOLERATE_NO_REQUEST",
        .rules = "C12",
    },
    {
        .code = 5014,
        .name = "token-too-early",
        .title = "A responseToken answers a token that was never sent",
        .text = "a responseToken for {mech}, to which nothing was sent yet",
        .why = "responseToken carries the chosen mechanism's next token, and the "
               "mechanism's first token is always the initiator's. If the acceptor chose "
               "another mechanism than the one whose mechToken came with the offer, or "
               "if no mechToken came, that mechanism has said nothing yet: the first "
               "reply can only name the choice. MIT krb5 and others drop the mechToken "
               "of a mechanism that they do not choose.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp request-mic, supportedMech NTLM, responseToken CHALLENGE",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM",
        .repair = "Leave responseToken out of a first reply unless the initiator's "
                  "mechToken was given to the chosen mechanism.",
        .rules = "C13",
    },
    {
        .code = 5015,
        .name = "no-response-token",
        .title = "The mechanism waits for a token and none came",
        .text = "no responseToken, and {mech} waits for one",
        .why = "SPNEGO carries the chosen mechanism's tokens, in mechToken and then in "
               "responseToken, back and forth until the mechanism is finished on both "
               "sides. Here the mechanism on this side needs the peer's next token, and "
               "the peer's token has none, or an empty one. The peer has finished too "
               "early, dropped its mechanism's output, or believes that no mechToken was "
               "sent.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE",
        .repair = "Put whatever the mechanism returns into the very next NegTokenResp, also "
                  "when it finishes with that token.",
        .rules = "C14",
    },
    {
        .code = 5016,
        .name = "token-too-late",
        .title = "A responseToken for a mechanism that is finished",
        .text = "a responseToken for {mech}, which is finished",
        .why = "A mechanism takes a certain number of tokens: Kerberos with mutual "
               "authentication two, NTLM three. This side's mechanism has had all of its "
               "tokens, and one more came. The two sides count differently: one of them "
               "repeats a token, for instance, or runs the mechanism in another style. "
               "Nobody would read that token, so it could hold anything; MIT krb5 "
               "refuses it, too.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-completed, responseToken CHALLENGE, mechListMIC",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Send a responseToken only when the mechanism has produced one in this "
                  "turn; never repeat an earlier one.",
        .rules = "",
    },
    {
        .code = 5017,
        .name = "empty-token-too-late",
        .title = "An empty responseToken for a mechanism that is finished",
        .text = "an empty responseToken for {mech}, which is finished",
        .why = "A field that is not needed is left out. responseToken with no octets in "
               "it, a2 02 04 00, is a token that is there and is empty, and a finished "
               "mechanism expects none. Old IIS closes a Kerberos exchange without "
               "mutual authentication like this, where its mechanism has nothing to say. "
               "It does no harm, and MIT krb5 takes it for no token.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ (not mutual)\n"
               "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
               "empty",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ (not mutual)\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos",
        .repair = "Leave responseToken out if the mechanism returned no octets. To talk to "
                  "such a server, set SPNEGO_TOLERATE_EMPTY_RESPONSE.",
        .seen = "IIS 6",
        .tolerance = "SPNEGO_TOLERATE_EMPTY_RESPONSE",
        .rules = "",
    },
    {
        .code = 5018,
        .name = "early-completion",
        .title = "accept-completed, and the mechanism is not finished",
        .text = "the acceptor says accept-completed, and {mech} is not finished",
        .why = "accept-completed says that the sender's context is established and that "
               "it expects nothing more. Here the initiator's mechanism still waits for "
               "a token, or has one to send, so the two sides do not agree on where they "
               "are. An initiator that gave in would treat a peer as authenticated whose "
               "mechanism has not proved it. Few mechanisms can bear an early end.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ (mutual "
               "authentication)\n"
               "A NegTokenResp accept-completed, supportedMech Kerberos",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ (mutual "
                "authentication)\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Say accept-completed only when the mechanism has returned complete and "
                  "its last token is in this reply; until then accept-incomplete.",
        .rules = "C19",
    },
    {
        .code = 5019,
        .name = "mic-too-early",
        .title = "A mechListMIC before the mechanism is finished",
        .text = "mechListMIC before {mech} is finished",
        .why = "mechListMIC is a checksum over the list of mechanisms, made with the "
               "keys of the mechanism that was chosen. Those keys exist once the "
               "mechanism is finished, so the MIC comes beside its last token at the "
               "earliest. An earlier one cannot be verified by the receiver, and what "
               "would be skipped unverified protects nothing: MIT krb5 drops it.",
        .bad = "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken NEGOTIATE, mechListMIC",
        .good = "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Make the mechListMIC after the mechanism has returned complete, and send "
                  "it with that token or later.",
        .rules = "C26",
    },
    {
        .code = 5020,
        .name = "mic-is-token",
        .title = "The peer sent its responseToken once more in place of a mechListMIC",
        .text = "mechListMIC is a copy of the responseToken",
        .why = "A negotiation of the library has found that the mechListMIC it was sent "
               "is the responseToken beside it, octet for octet. It should be a checksum "
               "over the list of mechanisms; this one is no checksum of anything and "
               "verifies nowhere. Windows 2000 and some old file servers answer so.\n"
               "Without the tolerance that ends the negotiation. Clients that must talk "
               "to such a server drop the field: MIT krb5, Samba and pyspnego do. The "
               "copy must never count as the MIC that a negotiation needs.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp accept-completed, responseToken AP-REP, mechListMIC "
               "AP-REP",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, responseToken AP-REP",
        .repair = "Make the mechListMIC with GSS_GetMIC or leave it out. To talk to such a "
                  "server, set SPNEGO_TOLERATE_COPIED_MIC: the copy is then ignored, with a "
                  "warning.",
        .seen = "Windows 2000; old NAS servers (pyspnego PR 17)",
        .tolerance = "SPNEGO_TOLERATE_COPIED_MIC",
        .rules = "",
    },
    {
        .code = 5022,
        .name = "mic-unexpected",
        .title = "A mechListMIC, and the mechanism has no integrity",
        .text = "mechListMIC, and {mech} has no integrity to check it with",
        .why = "mechListMIC is made with the message integrity service of the mechanism "
               "that was chosen. The mechanism of this session has none, so the MIC "
               "cannot be checked, and accepting it would pretend that the choice is "
               "protected. The two sides have come to different views of the session: "
               "one holds a context with integrity, the other one without.",
        .bad = "I NegTokenInit mechTypes {mechanism without integrity}, mechToken\n"
               "A NegTokenResp accept-completed, supportedMech that mechanism, "
               "mechListMIC",
        .good = "I NegTokenInit mechTypes {mechanism without integrity}, mechToken\n"
                "A NegTokenResp accept-completed, supportedMech that mechanism",
        .repair = "Send no mechListMIC if the established context has no integrity. SPNEGO "
                  "should always ask the mechanism for integrity, so find out why it was "
                  "not granted.",
        .rules = "C28",
    },
    {
        .code = 5023,
        .name = "mic-missing",
        .title = "The mechListMIC that is required did not come",
        .text = "no mechListMIC, and the choice of {mech} is not protected without it",
        .why = "A mechListMIC proves that both sides saw the same list of mechanisms, so "
               "that nobody on the way has steered the choice. It is required, both "
               "ways, unless the choice was the first of both sides or the mechanism has "
               "no integrity; NTLM asks for it whenever its AUTHENTICATE message has a "
               "MIC of its own. A reply without it cannot be told from one whose MIC was "
               "taken out.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-completed",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Answer request-mic, and every mechListMIC, with a mechListMIC. "
                  "SPNEGO_TOLERATE_NO_MIC lets an initiator go without, but only where its "
                  "first choice was taken.",
        .seen = "Azure and Apple servers (Samba bug 11994)",
        .tolerance = "SPNEGO_TOLERATE_NO_MIC",
        .rules = "C21",
    },
    {
        .code = 5024,
        .name = "mic-wrong",
        .title = "The mechListMIC does not verify",
        .text = "the mechListMIC does not fit: the mechTypes were changed on the way, or "
                "the keys differ",
        .why = "The MIC is computed with the chosen mechanism's keys over the "
               "initiator's MechTypeList as it went over the wire: 30 L 06 .., without "
               "the a0 tag around it. If it does not verify, the list was changed on the "
               "way, which is the attack that SPNEGO guards against, or one side erred: "
               "it took in the outer tag, encoded the list anew, or used another key. "
               "Implementations have reported this as a wrong password, which sends "
               "people looking in the wrong place.",
        .bad = "A NegTokenResp accept-completed, mechListMIC over a0 19 30 17 06 ..",
        .good = "A NegTokenResp accept-completed, mechListMIC over 30 17 06 ..",
        .repair = "Keep the octets of the MechTypeList as sent or received and compute the "
                  "MIC over them, NTLM with sequence number 0. If both sides are known to "
                  "be right, treat it as an attack and do not retry with fewer checks.",
        .rules = "K01",
    },
    {
        .code = 5025,
        .name = "rejected",
        .title = "The peer rejected the negotiation",
        .text = "the peer rejected the negotiation",
        .why = "reject is the negState by which a side ends the negotiation. It may "
               "carry an error token of the mechanism, which says more; this one does "
               "not, or no mechanism was there to read it. As the first reply it means "
               "that the acceptor has none of the offered mechanisms, or cannot use "
               "them: no keytab, or a policy that forbids NTLM, for example. The cause "
               "is known to the peer only.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp reject",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Look for the cause in the peer's log, and compare the list that was sent "
                  "with what the peer is set up to accept.",
        .rules = "",
    },
    {
        .code = 5026,
        .name = "mech-rejected",
        .title = "The peer rejected, and its mechanism says why",
        .text = "the peer rejected the negotiation; its mechanism was {mech}",
        .why = "A reject ends the negotiation. With it came a responseToken: an error "
               "token of the mechanism, for Kerberos a KRB-ERROR that tells of clock "
               "skew or a wrong service key, for example. The mechanism on this side is "
               "shown the token, if it has begun and is not finished, so that it can "
               "explain the failure; the negotiation has failed whatever it says.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp reject, responseToken KRB-ERROR",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Read the mechanism's reason, which spnego_ctx_reason gives if there is "
                  "one, and mend that; SPNEGO is not at fault.",
        .rules = "",
    },
    {
        .code = 5027,
        .name = "no-common-mech",
        .title = "None of the offered mechanisms is available here",
        .text = "none of the offered mechanisms is available here: {list}",
        .why = "The acceptor goes through the initiator's list and skips what it does "
               "not know or cannot start; nothing was left. Either the two sides are set "
               "up for different mechanisms, or the one that they share has no "
               "credentials here, such as a keytab for Kerberos. Typical is a client "
               "without a Kerberos ticket that offers NegoEx and NTLM only, at a server "
               "that takes Kerberos only.",
        .bad = "I NegTokenInit mechTypes {NegoEx, NTLM}, mechToken NegoEx messages\n"
               "A NegTokenResp reject (only Kerberos is available)",
        .good = "I NegTokenInit mechTypes {Kerberos, NegoEx, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Compare the list in the message with the acceptor's offers. Give the "
                  "acceptor credentials for one of them, or the initiator a ticket.",
        .rules = "C43",
    },
    {
        .code = 5028,
        .name = "mech-failed",
        .title = "The chosen mechanism failed",
        .text = "{mech} failed",
        .why = "SPNEGO only carries the tokens; who is who is found out by the mechanism "
               "inside. That mechanism has reported an error: a wrong password, an "
               "expired ticket, a clock that is off, a token that it cannot read, or a "
               "MIC that it could not make. The negotiation ends, and the peer is told "
               "with reject. If the mechanism could say why, spnego_ctx_reason has its "
               "words.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ (ticket expired)\n"
               "A NegTokenResp reject, responseToken KRB-ERROR",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Mend what the mechanism names: credentials, service key, clock. If it "
                  "gives no reason, try the mechanism alone, without SPNEGO.",
        .rules = "",
    },
    {
        .code = 5029,
        .name = "no-mech-starts",
        .title = "No offered mechanism could start",
        .text = "no mechanism could start; the first was {mech}",
        .why = "An initiator may not offer what it cannot use, so each offer is started "
               "before the list goes out, and one that fails is left out. All of them "
               "failed: no ticket and no way to get one, no password for NTLM, or none "
               "with integrity although the caller demands the MIC. Nothing was sent to "
               "the peer. The mechanism that the message names is the one that stood "
               "first.",
        .bad = "I (no token: Kerberos has no ticket, NTLM no password)",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE  # without Kerberos",
        .repair = "Give the initiator credentials for at least one of its offers, a ticket "
                  "or a password, before it begins.",
        .rules = "",
    },
    {
        .code = 5030,
        .name = "mech-stuck",
        .title = "The mechanism waits for a token and has none to send",
        .text = "{mech} waits for another token and has none to send",
        .why = "A mechanism and its peer take turns: whoever wants another token must "
               "have sent one. This mechanism said that it goes on and gave nothing to "
               "send, so both sides would wait for ever. It is an error in the "
               "mechanism, or in the code that joins it to SPNEGO, and not in anything "
               "that the peer sent.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A (step returned SPNEGO_CONTINUE and no octets)",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE",
        .repair = "Let the mechanism's step return SPNEGO_CONTINUE only together with a "
                  "token, and SPNEGO_OK when it needs nothing more.",
        .rules = "",
    },
    {
        .code = 5031,
        .name = "max-legs",
        .title = "The negotiation has more tokens than the limit",
        .text = "token {got} of the peer exceeds the limit max_legs, {want}",
        .why = "Real mechanisms need a handful of tokens: Kerberos two, NTLM three, "
               "PKU2U four. No document sets a limit, so a peer that always has one more "
               "token could keep a context and its memory busy for ever. max_legs in the "
               "configuration, 32 unless it is set, counts the peer's tokens; one beyond "
               "it ends the negotiation.",
        .bad = "I NegTokenResp accept-incomplete, responseToken  # the initiator's 33rd\n"
               "A NegTokenResp reject",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Find out why the peer does not come to an end. Raise max_legs only for a "
                  "mechanism that really needs so many tokens.",
        .rules = "C42",
    },
    {
        .code = 5032,
        .name = "naked-mech",
        .title = "A mechanism's own token where SPNEGO should begin",
        .text = "a token of {mech} where SPNEGO should begin",
        .why = "A SPNEGO negotiation begins with 60 L and SPNEGO's OID. Here a mechanism "
               "speaks for itself: NTLMSSP, or a frame with the OID of Kerberos. Windows "
               "does this, for NTLM in SMB above all, and servers are expected to take "
               "it. There is then no list and no mechListMIC, so whoever forced the peer "
               "down to that mechanism goes unnoticed.",
        .bad = "I NTLMSSP NEGOTIATE\n"
               "A NTLMSSP CHALLENGE",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE",
        .repair = "Wrap the token in a NegTokenInit. A server that has to take it as it is "
                  "sets SPNEGO_TOLERATE_NAKED_MECH and knows that the choice is not "
                  "protected.",
        .seen = "Windows SMB2 clients ([MS-SMB2] appendix A)",
        .tolerance = "SPNEGO_TOLERATE_NAKED_MECH",
        .rules = "C38",
    },
    {
        .code = 5033,
        .name = "fragment-unanswered",
        .title = "Octets where an empty token should ask for the next fragment",
        .text = "{got} octets where an empty token should ask for the next fragment",
        .why = "A token that is longer than the carrier takes at once goes out in "
               "fragments. The sender hands out one, the receiver answers with an empty "
               "token, which means: go on. Here the receiver sent octets while fragments "
               "were left. It has taken the first fragment for the whole token, or its "
               "caller answered on its own account.",
        .bad = "I NegTokenInit, first 4096 of 6000 octets\n"
               "A NegTokenResp reject",
        .good = "I NegTokenInit, first 4096 of 6000 octets\n"
                "A (no octets)\n"
                "I NegTokenInit, the other 1904 octets",
        .repair = "Compare the length in the token's first octets with what has come, and "
                  "answer with an empty token until all is there. If the peer cannot do "
                  "that, set max_fragment to 0.",
        .rules = "C37",
    },
    {
        .code = 5034,
        .name = "nothing-left",
        .title = "The acceptor waits for more and nothing is left to send",
        .text = "the acceptor waits for more, and after {mech} nothing is left to send",
        .why = "The acceptor said accept-incomplete, so it expects another token. The "
               "initiator's mechanism is finished and has nothing to send. The acceptor "
               "could only be waiting for a mechListMIC, the checksum over the list of "
               "mechanisms, and the mechanism of this session has no integrity to make "
               "one with. Both sides would wait for ever.",
        .bad = "I NegTokenInit mechTypes {mechanism without integrity}, mechToken\n"
               "A NegTokenResp accept-incomplete, supportedMech, responseToken (its "
               "last)",
        .good = "I NegTokenInit mechTypes {mechanism without integrity}, mechToken\n"
                "A NegTokenResp accept-completed, supportedMech, responseToken (its last)",
        .repair = "Say accept-completed with the mechanism's last token if no MIC can "
                  "follow.",
        .rules = "",
    },
    {
        .code = 5035,
        .name = "unprotected-choice",
        .title = "The choice was not the first and nothing protects it",
        .text = "{mech} is not the first choice, and without integrity nobody can tell "
                "why",
        .why = "The negotiation ended well with another mechanism than the initiator's "
               "first. Then both sides prove with a mechListMIC that they saw the same "
               "list; this mechanism has no integrity, so no MIC could be made. Perhaps "
               "the acceptor really lacks the first mechanism; perhaps somebody took it "
               "out of the list. No octet of the exchange tells which.",
        .bad = "I NegTokenInit mechTypes {Kerberos, one without integrity}, mechToken "
               "AP-REQ\n"
               "A NegTokenResp request-mic, supportedMech the second\n"
               "I NegTokenResp accept-incomplete, responseToken\n"
               "A NegTokenResp accept-completed",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Offer only mechanisms with integrity, or set require_mic so that such a "
                  "negotiation fails.",
        .rules = "C44",
    },
    {
        .code = 5036,
        .name = "integrity-missing",
        .title = "The caller requires a mechListMIC that the mechanism cannot make",
        .text = "a mechListMIC is required, and {mech} has no integrity",
        .why = "mechListMIC, the checksum over the list of mechanisms, is made with the "
               "integrity service of the chosen mechanism. The caller set require_mic: "
               "never complete without it. This mechanism has no integrity in this "
               "session, or the peer spoke the mechanism without SPNEGO, where there is "
               "no list to protect. So the negotiation fails, as it was asked to.",
        .bad = "I NTLMSSP NEGOTIATE\n"
               "A (refused: require_mic is set)",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Set require_mic only where both ends can do the exchange, and offer "
                  "mechanisms that have integrity.",
        .rules = "",
    },
    {
        .code = 5037,
        .name = "alias-offered",
        .title = "Kerberos was offered under the number that is not used here",
        .text = "{mech} was offered, the number of Kerberos that is not used here",
        .why = "Kerberos has two OIDs in SPNEGO: 1.2.840.113554.1.2.2, and "
               "1.2.840.48018.1.2.2, which Windows 2000 made by cutting a part to 16 "
               "bits and which Windows clients still list first. This acceptor has "
               "Kerberos under one of them, and the initiator's list has the other. The "
               "entry was taken nonetheless, because the acceptor tolerates it; a strict "
               "one would skip it and go on down the list, often to NTLM.",
        .bad = "I NegTokenInit mechTypes {1.2.840.48018.1.2.2, NTLM}, mechToken AP-REQ",
        .good = "I NegTokenInit mechTypes {1.2.840.113554.1.2.2, NTLM}, mechToken AP-REQ",
        .repair = "Nothing has to change: the reply repeats the number that was offered. An "
                  "acceptor that wants no tolerance for this offers Kerberos under both "
                  "numbers.",
        .seen = "Windows clients",
        .tolerance = "SPNEGO_TOLERATE_ALIAS_OFFERED",
        .rules = "",
    },
    {
        .code = 5038,
        .name = "naked-unknown",
        .title = "A bare token of a mechanism that is not available here",
        .text = "a token of {mech} without SPNEGO, and that mechanism is not available "
                "here",
        .why = "Instead of a SPNEGO token a mechanism's own token came: NTLMSSP, or a "
               "frame with another OID than SPNEGO's. The acceptor is set to take that, "
               "but does not have this mechanism or no credentials for it. Without "
               "SPNEGO there is no list, so no other mechanism can be chosen. NTLM "
               "tokens at a server that only has Kerberos are the usual case.",
        .bad = "I NTLMSSP NEGOTIATE\n"
               "A (refused: only Kerberos is available)",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Find out why the client has no ticket: most begin with bare NTLM only "
                  "when Kerberos is out of the question. Or give the acceptor that "
                  "mechanism.",
        .rules = "",
    },
    {
        .code = 5039,
        .name = "initiator-completes",
        .title = "The initiator says accept-completed too early",
        .text = "the initiator says accept-completed, and {mech} is not finished",
        .why = "accept-completed says that the sender expects nothing more. The "
               "initiator has one occasion for it: when its mechListMIC answers the "
               "acceptor's. Before that the right state is accept-incomplete, since the "
               "acceptor always has the last word otherwise. The token inside is taken "
               "all the same; but an acceptor that believes the state may stop too "
               "early.",
        .bad = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp accept-completed, responseToken AUTHENTICATE",
        .good = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Send accept-incomplete from the initiator as long as a token of the "
                  "acceptor is to come.",
        .rules = "C35",
    },
    {
        .code = 5101,
        .name = "negoex-sequence",
        .title = "A message has not the number that is due",
        .text = "{message} has the number {got}, and {want} is due",
        .why = "The messages of a NegoEx conversation are numbered 0, 1, 2 and so on in "
               "SequenceNum, with one counter for both sides: if the initiator's first "
               "token ends with 1, the acceptor's begins with 2. Each side counts what "
               "it sends and what it receives.\n"
               "A wrong number means that a message was lost, repeated or moved, or that "
               "the sender counts its own messages only. The conversation ends here, as "
               "with MIT krb5 (DEFECTIVE_TOKEN).",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #0 ACCEPTOR_NEGO {SAnon-X25519}, #1 CHALLENGE, #2 VERIFY",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY",
        .repair = "Keep one counter for the whole conversation, and step it for every "
                  "message that comes as well as for every one that goes.",
        .rules = "X01",
    },
    {
        .code = 5102,
        .name = "negoex-conversation",
        .title = "A message belongs to another conversation",
        .text = "{message} has the ConversationId of another conversation",
        .why = "Message 0 of a NegoEx conversation names it by 16 random octets, the "
               "ConversationId, and every later message of both sides must repeat them. "
               "They tie the messages together until a VERIFY can prove it with a key.\n"
               "Another id means that messages of two connections were mixed up, that a "
               "side drew an id of its own, or that somebody put the message in. MIT "
               "krb5 ends with DEFECTIVE_TOKEN; libspnego fails too.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST  # ConversationId "
               "c0c1..cf\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE  # ConversationId "
               "9a07..31",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST  # ConversationId "
                "c0c1..cf\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE  # ConversationId "
                "c0c1..cf",
        .repair = "As acceptor, take the ConversationId of INITIATOR_NEGO into every "
                  "message; keep the state of each connection apart.",
        .rules = "X02",
    },
    {
        .code = 5103,
        .name = "negoex-nego-expected",
        .title = "A side's first token does not begin with its NEGO message",
        .text = "each side begins with its NEGO message; this is {message}",
        .why = "INITIATOR_NEGO and ACCEPTOR_NEGO carry the schemes of their side, and "
               "are the first message of its first token. All that follows, metadata, "
               "mechanism tokens and checksums, refers to one of these schemes.\n"
               "Without it there is no common list, hence no choice. An acceptor that "
               "has spoken first, in the NegTokenInit2, is the exception: if the "
               "initiator goes on from there, the NEGO is not said again.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 CHALLENGE, #3 VERIFY",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY",
        .repair = "Begin the first token with INITIATOR_NEGO or ACCEPTOR_NEGO, also when "
                  "the list has a single scheme.",
        .rules = "X03 X04",
    },
    {
        .code = 5104,
        .name = "negoex-unexpected",
        .title = "A message comes from the wrong side or at the wrong time",
        .text = "{message} is not the peer's to send now",
        .why = "Each type of NegoEx message has a sender and a time: an initiator sends "
               "INITIATOR_NEGO, INITIATOR_META_DATA and AP_REQUEST, an acceptor their "
               "counterparts and CHALLENGE. NEGO is for a side's first token only, and a "
               "CHALLENGE answers an AP_REQUEST.\n"
               "A message that cannot be the peer's to send now is a mistake of its "
               "sender, or one of our own that somebody has reflected. Taking it would "
               "lead the two sides to different conversations, so the negotiation fails.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 AP_REQUEST",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY",
        .repair = "Choose the MessageType by the role of the sender, and send a CHALLENGE "
                  "only for the scheme whose AP_REQUEST it answers.",
        .rules = "",
    },
    {
        .code = 5105,
        .name = "negoex-repeated",
        .title = "A message that comes once in a token comes twice",
        .text = "a second {message} in one token",
        .why = "A NegoEx token has one NEGO, one AP_REQUEST or CHALLENGE and one VERIFY "
               "at most: one list, one token of the mechanism, one checksum. Only "
               "metadata (one a scheme) and alerts may be several.\n"
               "Of two, a receiver would have to guess which one counts, and two "
               "receivers may guess differently. MIT krb5 uses the first; libspnego "
               "refuses the token.",
        .bad = "I #0 INITIATOR_NEGO, #1 AP_REQUEST SAnon-X25519, #2 AP_REQUEST PKU2U",
        .good = "I #0 INITIATOR_NEGO, #1 AP_REQUEST SAnon-X25519",
        .repair = "Send one of each kind; a guess is made for the first scheme only, and "
                  "the others wait until the acceptor asks for them.",
        .rules = "",
    },
    {
        .code = 5106,
        .name = "negoex-critical-extension",
        .title = "The peer demands an extension that is not known here",
        .text = "{message} has the critical extension {got:x}, and none is known here",
        .why = "A NEGO message may carry extensions. Bit 31 of the ExtensionType marks "
               "one as critical: a receiver that does not know it must reject the "
               "message. None has been defined so far, so libspnego knows none and ends "
               "the conversation; the number in the finding is the type that came.\n"
               "MIT krb5 does the same (UNAVAILABLE). Extensions that are not critical "
               "are ignored.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, Extensions {0x80000001}",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, Extensions {}",
        .repair = "Send no critical extension to peers that may not know it; if a standard "
                  "has defined this one meanwhile, the receiver needs a newer library.",
        .rules = "X19",
    },
    {
        .code = 5107,
        .name = "negoex-no-scheme",
        .title = "No AuthScheme is left that both sides can use",
        .text = "no AUTH_SCHEME is left that both sides can use",
        .why = "NegoEx chooses a mechanism from the AuthSchemes that both sides list. A "
               "scheme is dropped when the other side does not list it, when its "
               "mechanism cannot be created or cannot begin, or when it does not accept "
               "the peer's metadata. Here none is left.\n"
               "If a mechanism has failed, its own reason stands behind the finding. The "
               "negotiation ends with SPNEGO_E_NO_MECH; SPNEGO says reject.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA PKU2U\n"
               "A reject  # it has SAnon-X25519 only",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 INITIATOR_META_DATA PKU2U\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
                "I #3 AP_REQUEST SAnon-X25519",
        .repair = "Compare the offers of both sides, then the credentials and certificates "
                  "of the scheme that should have been chosen; the NEGOEX_EVENT_DROPPED "
                  "events name what fell out.",
        .rules = "X05",
    },
    {
        .code = 5108,
        .name = "negoex-other-scheme",
        .title = "A mechanism token is for another scheme than the agreed one",
        .text = "{message} for {scheme}, which is not the one that was agreed on",
        .why = "Once both sides have settled on an AuthScheme it stays: every later "
               "AP_REQUEST and CHALLENGE must name it. The scheme is settled by the "
               "acceptor's answer to the early AP_REQUEST, or by the first AP_REQUEST "
               "behind its ACCEPTOR_NEGO.\n"
               "A message for another scheme would give the token of one mechanism to "
               "another, or change the choice after the fact. It is also what an "
               "acceptor sees whose list does not have the scheme at all.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE PKU2U\n"
               "I #4 AP_REQUEST SAnon-X25519",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE PKU2U\n"
                "I #4 AP_REQUEST PKU2U, #5 VERIFY",
        .repair = "Keep the scheme that was chosen and write it into every AP_REQUEST and "
                  "CHALLENGE; to try another one, begin a new negotiation.",
        .rules = "X09",
    },
    {
        .code = 5109,
        .name = "negoex-no-exchange",
        .title = "The mechanism waits for a token and none has come",
        .text = "no token for {scheme}, and it waits for one",
        .why = "The chosen mechanism is not finished and needs the next token of its "
               "counterpart, in an AP_REQUEST or a CHALLENGE. The peer has sent a NegoEx "
               "token without one, or with an empty one, or no NegoEx token at all.\n"
               "Both sides would wait for ever. The peer has dropped the mechanism's "
               "output, or believes that the mechanism is finished when it is not. MIT "
               "krb5 answers a missing AP_REQUEST with DEFECTIVE_TOKEN.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}\n"
               "A #1 ACCEPTOR_NEGO {PKU2U}\n"
               "I #2 VERIFY",
        .good = "I #0 INITIATOR_NEGO {PKU2U}\n"
                "A #1 ACCEPTOR_NEGO {PKU2U}\n"
                "I #2 AP_REQUEST",
        .repair = "Send the mechanism's octets in every turn until it is finished; a "
                  "mechanism that cannot go on has to fail, not to say nothing.",
        .rules = "",
    },
    {
        .code = 5110,
        .name = "negoex-late-exchange",
        .title = "A mechanism token comes for a mechanism that is finished",
        .text = "{message} for {scheme}, which is finished",
        .why = "The mechanism on this side has finished: it has authenticated, or been "
               "authenticated, and expects nothing more. What may still come is a "
               "VERIFY, or an ALERT that asks for ours. Instead another token of the "
               "mechanism came.\n"
               "The two ends of the mechanism disagree about its length, for example "
               "about mutual authentication, or a message was repeated. libspnego does "
               "not pass the octets on to a finished mechanism, and fails.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY\n"
               "I #5 AP_REQUEST, #6 VERIFY",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY\n"
                "I #5 VERIFY\n"
                "A accept-completed",
        .repair = "Send no mechanism token behind the mechanism's last; check that both "
                  "sides ask the mechanism for the same number of legs.",
        .rules = "",
    },
    {
        .code = 5111,
        .name = "negoex-no-key",
        .title = "The mechanism is finished and gives no key for a VERIFY",
        .text = "{scheme} is finished and has no key for a VERIFY",
        .why = "A VERIFY is a checksum made with a key of the mechanism. The mechanism "
               "has finished without giving one, so neither can the peer's VERIFY be "
               "checked nor our own be made, and nothing would show whether somebody has "
               "changed the list of schemes on the way.\n"
               "libspnego ends with SPNEGO_E_UNSUPPORTED, and MIT krb5 with UNAVAILABLE "
               "in the same place. The documents say that a mechanism in NegoEx SHOULD "
               "supply a key.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
               "I #4 AP_REQUEST\n"
               "A reject  # the mechanism is finished, and has no key",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY\n"
                "A accept-completed, #6 CHALLENGE, #7 VERIFY",
        .repair = "Give the mechanism a `key` operation that returns one at the latest when "
                  "it finishes; accept_unverified does without, and gives up the protection "
                  "of the choice.",
        .rules = "",
    },
    {
        .code = 5112,
        .name = "negoex-verify-wrong",
        .title = "A VERIFY does not fit what both sides have said",
        .text = "the VERIFY for {scheme} does not fit what both sides have said",
        .why = "A VERIFY is a keyed checksum over all NegoEx octets that came before it, "
               "of both sides. It fits only if both have seen the same octets and have "
               "the same key. This one does not.\n"
               "Either a message was changed on the way, which is what VERIFY is there "
               "to find, or the sides compute it differently: swapped key usages (25 is "
               "the initiator's, 23 the acceptor's, against the letter of the "
               "documents), other keys, or other octets, for example without earlier "
               "VERIFY and ALERT messages.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #1",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #3",
        .repair = "Treat it as an attack until you know better; with the key, spnego-check "
                  "can say whether the VERIFY fits under another usage or over other octets "
                  "(SPN7012 to SPN7015).",
        .seen = "impacket, which takes the key usages as the draft prints them",
        .rules = "K04 K05",
    },
    {
        .code = 5113,
        .name = "negoex-unkeyed",
        .title = "The peer's VERIFY was made without a key",
        .text = "the VERIFY for {scheme} has a checksum of type {got:d}, which needs no "
                "key",
        .why = "The ChecksumType of this VERIFY is CRC32, MD4, MD5 or plain SHA-1. "
               "Anybody can compute these, so the checksum proves nothing about who made "
               "it: whoever has changed the conversation could have made a fitting one.\n"
               "Such types must be refused even if the octets fit. MIT krb5 answers with "
               "BAD_SIG, libspnego with SPNEGO_E_INTEGRITY.",
        .bad = "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY with ChecksumType 1 (CRC32)",
        .good = "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY with ChecksumType 19",
        .repair = "Make the checksum with the type that the key's encryption type requires; "
                  "for the aes128-cts-hmac-sha256-128 key of SAnon-X25519 that is 19.",
        .rules = "K07",
    },
    {
        .code = 5114,
        .name = "negoex-no-verify",
        .title = "The conversation ends without the peer's VERIFY",
        .text = "the peer has said its last, and no VERIFY for {scheme}",
        .why = "The mechanism is finished, the peer has nothing more to say, and no "
               "VERIFY of it has come that could be checked. Without it nothing shows "
               "that the peer has seen the same schemes and metadata: somebody on the "
               "way may have removed a better scheme, or the VERIFY.\n"
               "libspnego and MIT krb5 do not complete without it. The documents do not "
               "spell that condition out, and the Windows 7 exchange that Microsoft has "
               "printed lists a VERIFY of the acceptor only.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE\n"
               "I #4 VERIFY\n"
               "A accept-completed",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY\n"
                "I #5 VERIFY\n"
                "A accept-completed",
        .repair = "Let each side append a VERIFY as soon as its mechanism has a key; for "
                  "peers that never do, accept_unverified exists, at the price of the "
                  "protection.",
        .seen = "Windows 7 in Microsoft's printed trace of 2011",
        .rules = "X12",
    },
    {
        .code = 5115,
        .name = "negoex-unverified",
        .title = "The negotiation completed without a checked VERIFY",
        .text = "{scheme} was accepted without the peer's VERIFY",
        .why = "The caller has set accept_unverified, and the peer has sent no VERIFY "
               "that could be checked. The mechanism itself has succeeded, but nothing "
               "proves that it is the one that both sides would have chosen: whoever "
               "stands between them may have edited the lists.\n"
               "A VERIFY that does not fit makes the negotiation fail all the same. This "
               "warning is how a log shows which peers need the option.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
               "I #4 AP_REQUEST, #5 VERIFY\n"
               "A accept-completed, #6 CHALLENGE",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY\n"
                "A accept-completed, #6 CHALLENGE, #7 VERIFY",
        .repair = "Leave accept_unverified off unless such a peer must be served, and then "
                  "offer only schemes that you would accept from an attacker's choice.",
        .rules = "",
    },
    {
        .code = 5116,
        .name = "negoex-max-transcript",
        .title = "The conversation is longer than max_transcript",
        .text = "the conversation has {got} octets, and max_transcript is {want}",
        .why = "A VERIFY covers every octet that both sides have said, so a NegoEx "
               "conversation has to be kept in memory until it ends. max_transcript of "
               "the configuration limits it, to 262,144 octets by default; no document "
               "sets a limit.\n"
               "The limit protects a server that has not yet authenticated anybody. An "
               "honest conversation seldom comes near it; large certificates or metadata "
               "are the likely reason if one does. The negotiation ends with "
               "SPNEGO_E_LIMIT.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA of 40,000 octets\n"
               "A fails with SPNEGO_E_LIMIT  # max_transcript is 32,768",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA of 2,000 octets\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 ACCEPTOR_META_DATA",
        .repair = "If the peer is honest, raise max_transcript above what its certificates "
                  "and metadata need, together with SPNEGO's own max_len.",
        .rules = "",
    },
    {
        .code = 5117,
        .name = "negoex-max-messages",
        .title = "A token has more messages than max_messages",
        .text = "more messages in one token than max_messages, which is {want}",
        .why = "A NegoEx token is a run of messages, and no document limits how many. "
               "max_messages of the configuration does, to 40 in a token by default, "
               "since an unauthenticated peer should not decide how much work its token "
               "makes.\n"
               "An honest token has NEGO, one metadata message a scheme, one mechanism "
               "token, an ALERT and a VERIFY. More than 40 means very many schemes with "
               "metadata, or somebody who tries how much can be had.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 to #41 INITIATOR_META_DATA",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA, #2 AP_REQUEST",
        .repair = "Offer fewer schemes in one conversation; if the peer really needs that "
                  "many messages, raise max_messages.",
        .rules = "",
    },
    {
        .code = 5118,
        .name = "negoex-mech-failed",
        .title = "The mechanism of the chosen scheme failed",
        .text = "{scheme} failed",
        .why = "NegoEx has done its part: a scheme was being tried, and its mechanism "
               "returned an error, from its step or when it was asked for its key. The "
               "reason that the mechanism gives stands behind the finding. Typical ones "
               "are credentials that are wrong or missing, a certificate that is not "
               "trusted, clocks that differ.\n"
               "Another scheme can take over only while the first tokens are exchanged; "
               "a choice that was made is final. If the mechanism has made an error "
               "token it is sent along with SPNEGO's reject.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
               "I reject  # the acceptor's certificate is not trusted",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY",
        .repair = "Look for the cause in the mechanism: read the reason behind the finding "
                  "and check the credentials of that scheme on both sides.",
        .rules = "",
    },
    {
        .code = 5119,
        .name = "negoex-mech-stuck",
        .title = "A mechanism goes on and gives no token",
        .text = "{scheme} goes on and gives no token",
        .why = "A mechanism is stepped with the peer's token and says either that it is "
               "finished or that it goes on; if it goes on, it gives a token for the "
               "peer. This one says that it goes on and gives none, so each side would "
               "wait for the other for ever.\n"
               "That is an error in the mechanism behind the scheme, not in the peer: "
               "its `step` breaks the contract of spnego/mech.h. The negotiation ends "
               "with SPNEGO_E_MECH.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A reject  # step returns SPNEGO_CONTINUE and no octets",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE",
        .repair = "Let `step` append octets whenever it returns SPNEGO_CONTINUE, return "
                  "SPNEGO_OK when nothing more is due, and an error when it cannot go on.",
        .rules = "",
    },
    {
        .code = 5120,
        .name = "negoex-ignored",
        .title = "A message is not used",
        .text = "{message} for {scheme} is not used",
        .why = "The message is well-formed and covered by the VERIFYs, but nothing here "
               "depends on it. That is so with the early AP_REQUEST for a scheme that is "
               "not the acceptor's first, with metadata that comes twice or after the "
               "first token, and with a VERIFY for another scheme than the one in use.\n"
               "The first case is the ordinary price of guessing. The others show a peer "
               "that sends more than it needs; a VERIFY that is not used does not let "
               "the conversation complete.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}  # the AP_REQUEST is not used",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519, PKU2U}, #1 AP_REQUEST SAnon-X25519\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE SAnon-X25519, #4 VERIFY",
        .repair = "Nothing needs repair when a guess was not taken; list the scheme first "
                  "that most acceptors want, or set no_optimistic, to save the octets.",
        .rules = "X16",
    },
    {
        .code = 5121,
        .name = "negoex-not-offered",
        .title = "The acceptor names a scheme that was not offered",
        .text = "the acceptor names {scheme}, which was not offered",
        .why = "The acceptor's list must be a part of the initiator's: what both have, "
               "in the acceptor's order. This one has a scheme more. The initiator "
               "passes over it and uses the rest, so nothing is lost but the meaning of "
               "the list.\n"
               "An acceptor that spoke first, in the NegTokenInit2, has not seen an "
               "offer and lists what it has; there it is in order. Elsewhere the "
               "acceptor has not intersected the lists, or they were changed on the way, "
               "which the VERIFYs will show.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}\n"
               "A #1 ACCEPTOR_NEGO {PKU2U, SAnon-X25519}",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}\n"
                "A #1 ACCEPTOR_NEGO {SAnon-X25519}",
        .repair = "As acceptor, answer with the schemes that the initiator has listed and "
                  "that can be used, in your own order.",
        .rules = "X05",
    },
    {
        .code = 5122,
        .name = "negoex-checksum-failed",
        .title = "Our own VERIFY cannot be made",
        .text = "the VERIFY for {scheme} cannot be made",
        .why = "The mechanism has given a key, and the crypto functions of the "
               "configuration could not make the checksum with it. Mostly the encryption "
               "type of the key is unknown to them, or the policy of the system forbids "
               "it; else the key has not the length of its type.\n"
               "Without our VERIFY the peer would not complete either. The negotiation "
               "ends with SPNEGO_E_MECH.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A reject  # no checksum for encryption type 19",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY",
        .repair = "Check that `key` sets enctype and octets together, and that the crypto "
                  "of the negoex_config has the checksum of that encryption type.",
        .rules = "",
    },
    {
        .code = 5123,
        .name = "negoex-behind-verify",
        .title = "A message stands behind the VERIFY of its token",
        .text = "{message} behind the VERIFY of its token, which does not cover it",
        .why = "A VERIFY covers what was said before it. A message behind it in the same "
               "token is not protected: somebody on the way could have appended it, for "
               "example a mechanism token of his own.\n"
               "The order costs an honest sender nothing, so libspnego refuses all that "
               "comes behind a VERIFY in one token, but for an ALERT, which can only ask "
               "for a VERIFY again. MIT krb5 uses such messages.",
        .bad = "I #4 VERIFY, #5 AP_REQUEST",
        .good = "I #4 AP_REQUEST, #5 VERIFY",
        .repair = "Make the VERIFY last, over everything else that the token says.",
        .rules = "",
    },
    {
        .code = 5124,
        .name = "negoex-no-random",
        .title = "The random octets of the conversation cannot be drawn",
        .text = "there are no random octets",
        .why = "Whoever speaks first draws the ConversationId, 16 octets, and each side "
               "draws 32 octets for its NEGO message. They come from the `random` "
               "function of the configuration's crypto, which has failed.\n"
               "With octets that can be guessed or that repeat, an old conversation "
               "could be played again; so nothing is sent. The negotiation ends with "
               "SPNEGO_E_MECH.",
        .bad = "I nothing is sent: `random` has failed",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST",
        .repair = "Find out why the random generator fails: it is not seeded yet, its "
                  "device is missing in a container, or it is barred by a sandbox.",
        .rules = "",
    },
    {
        .code = 5201,
        .name = "server-first",
        .title = "The acceptor spoke first",
        .text = "the acceptor spoke first; what it offers is a hint, and nothing protects "
                "it",
        .why = "SPNEGO begins with the initiator. Windows adds a token before that: the "
               "acceptor may send a NegTokenInit2, which lists the mechanisms that it "
               "has, as SMB servers do in their answer to NEGOTIATE. It is a hint and no "
               "offer; the negotiation begins with the client's NegTokenInit. No "
               "mechListMIC covers the hint, so anybody on the way can write it: a "
               "client must not let it decide what it is willing to use.",
        .bad = "A NegTokenInit2 mechTypes {Kerberos, NTLM}, negHints\n"
               "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Nothing has to change. A client ignores the hint, or lets it reorder "
                  "only what it would offer anyway.",
        .seen = "Windows and Samba SMB servers",
        .rules = "C02",
    },
    {
        .code = 5202,
        .name = "two-in-a-row",
        .title = "Two tokens of the same side in a row",
        .text = "two tokens of the same side in a row, or the record has not got the one "
                "between them",
        .why = "The sides take turns: each token answers the one before. Two in a row "
               "mean that a token of the other side is missing from the record, that one "
               "was sent twice, or that two negotiations were mixed. Fragments are no "
               "exception, since the receiver answers each but the last with an empty "
               "token. What follows cannot be judged with certainty.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Send one token and wait for the answer. If the record is at fault, "
                  "capture it again, both directions of one connection.",
        .rules = "C04",
    },
    {
        .code = 5203,
        .name = "after-completion",
        .title = "A token after the negotiation was finished",
        .text = "a token after accept-completed, and nothing was due any more",
        .why = "accept-completed says that its sender's context is established and that "
               "it expects nothing more. The other side had nothing to send either when "
               "this token came. It may belong to the next negotiation on the same "
               "connection, or one side does not know that it is over. A receiver has no "
               "context left to give it to.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
               "AP-REP\n"
               "I NegTokenResp accept-completed",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Stop when the context is complete and no octets are left to send. A new "
                  "negotiation begins with a new NegTokenInit.",
        .rules = "C04",
    },
    {
        .code = 5204,
        .name = "alias-not-echoed",
        .title = "The answer names another number of Kerberos than was taken",
        .text = "the first choice was the other number of Kerberos V5, and the answer "
                "names {mech}",
        .why = "Windows offers Kerberos twice: as 1.2.840.48018.1.2.2 (MS-KRB5), first "
               "and with the mechToken, and as 1.2.840.113554.1.2.2. An acceptor that "
               "takes that token must name the number that it came under. [MS-SPNG] says "
               "that Windows clients fail if they are answered with the other one: to "
               "them another mechanism than the first was chosen.",
        .bad = "I NegTokenInit mechTypes {MS-KRB5, Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
               "AP-REP",
        .good = "I NegTokenInit mechTypes {MS-KRB5, Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech MS-KRB5, responseToken "
                "AP-REP",
        .repair = "Copy the OID of the chosen entry from mechTypes into supportedMech, "
                  "octet for octet, instead of writing the mechanism's own.",
        .rules = "C08",
    },
    {
        .code = 5205,
        .name = "unasked-token",
        .title = "A responseToken although the initiator sent no mechToken",
        .text = "a responseToken, and no mechToken for {mech} was sent",
        .why = "The first token of a mechanism is the initiator's. It may come with the "
               "offer, as mechToken, or after the choice. Here the offer had none, and "
               "the acceptor's first reply nonetheless carries a responseToken of the "
               "chosen mechanism. RFC 4178 has no place for that, and an initiator whose "
               "mechanism has not begun does not know what to do with it.",
        .bad = "I NegTokenInit mechTypes {NTLM}\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE",
        .good = "I NegTokenInit mechTypes {NTLM}\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE",
        .repair = "Reply to an offer without mechToken with negState and supportedMech "
                  "alone, and wait for the mechanism's first token.",
        .rules = "C15",
    },
    {
        .code = 5206,
        .name = "no-restart",
        .title = "After the new choice the mechanism does not begin at its beginning",
        .text = "{mech} was chosen anew, and this is not its first token",
        .why = "The acceptor chose another mechanism than the first of the list. The "
               "mechToken that came with the offer was for the first one and is dropped; "
               "the initiator then starts the chosen mechanism, so its next "
               "responseToken is that mechanism's first token: NEGOTIATE for NTLM, an "
               "AP-REQ for Kerberos. This one is something else. A token is missing from "
               "the record, or the initiator went on with an old context.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE",
        .repair = "When supportedMech is not the first entry, delete the optimistic "
                  "context, create one for the chosen mechanism and send its first token.",
        .rules = "C16",
    },
    {
        .code = 5207,
        .name = "abandoned-mech",
        .title = "A token of the mechanism that was given up",
        .text = "a token of {mech}, which was given up",
        .why = "The initiator's first mechanism was not chosen, so it is out of the "
               "negotiation, together with the mechToken that came with the offer. A "
               "later token of it means that one side did not notice the choice. The "
               "other side hands it to the chosen mechanism, which cannot read it, and "
               "the negotiation fails although both sides have a mechanism in common.",
        .bad = "I NegTokenInit mechTypes {NegoEx, NTLM}, mechToken NegoEx messages\n"
               "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken NegoEx messages",
        .good = "I NegTokenInit mechTypes {NegoEx, NTLM}, mechToken NegoEx messages\n"
                "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE",
        .repair = "Read supportedMech before responseToken, and send from then on only "
                  "tokens of the mechanism that it names.",
        .rules = "C17",
    },
    {
        .code = 5208,
        .name = "after-reject",
        .title = "A token after a reject",
        .text = "a token after a reject",
        .why = "reject ends the negotiation for both sides; it is the last token. "
               "Something followed it on the same context. If this is a new attempt, it "
               "belongs to a new negotiation that begins with a NegTokenInit; a side "
               "that goes on with the old one ignores that it was refused, and a side "
               "that answers treats a failed context as alive.",
        .bad = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
               "A NegTokenResp reject\n"
               "I NegTokenResp accept-incomplete, responseToken NEGOTIATE",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp reject",
        .repair = "Drop the context when reject is sent or received. Another attempt needs "
                  "a new context and a new NegTokenInit.",
        .rules = "C18",
    },
    {
        .code = 5209,
        .name = "completed-at-once",
        .title = "accept-completed at once, and not with the first mechanism",
        .text = "accept-completed in the first reply, and {mech} is not the first choice",
        .why = "An acceptor may finish with its first reply only if the mechToken that "
               "came with the offer was all that it needed. That token is for the first "
               "entry of mechTypes. If another mechanism is chosen, nothing of it has "
               "been exchanged yet, so it cannot be complete: nobody has been "
               "authenticated. An initiator that believed this reply would talk to a "
               "stranger.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp accept-completed, supportedMech NTLM",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM",
        .repair = "Answer request-mic when another mechanism than the first is chosen, and "
                  "accept-completed only when the chosen one is complete.",
        .rules = "C20",
    },
    {
        .code = 5210,
        .name = "initiator-mic-missing",
        .title = "The initiator's last mechanism token lacks the mechListMIC",
        .text = "the initiator's last token for {mech} has no mechListMIC, and one was "
                "requested",
        .why = "The acceptor said request-mic: both sides must prove with a mechListMIC "
               "that they saw the same list of mechanisms. Who sends the mechanism's "
               "last token sends its MIC beside it. With NTLM, whose three tokens end "
               "with the initiator's AUTHENTICATE, that is the initiator. Without the "
               "MIC the acceptor has to refuse, since it cannot know whether the list "
               "was changed.",
        .bad = "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE",
        .good = "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Remember request-mic, and put a mechListMIC into the token in which the "
                  "mechanism completes.",
        .rules = "C22",
    },
    {
        .code = 5211,
        .name = "acceptor-mic-missing",
        .title = "The acceptor's last mechanism token lacks the mechListMIC",
        .text = "the acceptor's last token for {mech} has no mechListMIC, which it "
                "requested",
        .why = "The acceptor said request-mic, so it asked for the exchange of "
               "mechListMICs, the checksums over the list of mechanisms. Who sends the "
               "mechanism's last token sends its MIC beside it; with two tokens, as "
               "Kerberos has, that is the acceptor. The initiator must refuse a reply "
               "without it: the MIC may have been taken out on the way.",
        .bad = "A NegTokenResp request-mic, supportedMech Kerberos\n"
               "I NegTokenResp accept-incomplete, responseToken AP-REQ\n"
               "A NegTokenResp accept-completed, responseToken AP-REP",
        .good = "A NegTokenResp request-mic, supportedMech Kerberos\n"
                "I NegTokenResp accept-incomplete, responseToken AP-REQ\n"
                "A NegTokenResp accept-incomplete, responseToken AP-REP, mechListMIC\n"
                "I NegTokenResp accept-completed, mechListMIC",
        .repair = "Put a mechListMIC beside the mechanism's last token and stay at "
                  "accept-incomplete until the initiator's MIC has come.",
        .tolerance = "SPNEGO_TOLERATE_NO_MIC",
        .rules = "C23",
    },
    {
        .code = 5212,
        .name = "one-token-mic-missing",
        .title = "request-mic without a MIC where the mechanism is already done",
        .text = "{mech} takes one token: a first reply with request-mic has the "
                "mechListMIC",
        .why = "A mechanism of one token, such as Kerberos without mutual "
               "authentication, can be complete with the mechToken of the offer. The "
               "initiator could not know that a MIC would be wanted, so here the "
               "acceptor begins: its first reply says request-mic and holds its "
               "mechListMIC, and the initiator answers with its own (RFC 4178 5, case c "
               "IV). Without that MIC nobody would begin.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ (not mutual)\n"
               "A NegTokenResp request-mic, supportedMech Kerberos",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ (not mutual)\n"
                "A NegTokenResp request-mic, supportedMech Kerberos, mechListMIC\n"
                "I NegTokenResp accept-completed, mechListMIC",
        .repair = "If the mechanism is complete after the optimistic token and MICs are "
                  "wanted, send yours in the first reply.",
        .rules = "C24",
    },
    {
        .code = 5213,
        .name = "mic-unanswered",
        .title = "A mechListMIC was not answered with one",
        .text = "a mechListMIC, and the peer did not answer it with its own",
        .why = "mechListMICs are exchanged: whoever receives one verifies it and sends "
               "its own, also where none would have been required. A MIC proves to its "
               "receiver that the sender saw the same list; so without the answer only "
               "one side knows. The side that sent its MIC has to refuse, for the answer "
               "may have been taken out on the way.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-completed",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Once a mechListMIC has verified, make your own and send it with "
                  "accept-completed.",
        .seen = "Heimdal's acceptor, where it holds the MIC for safe to omit; Azure and "
                "Apple servers (Samba bug 11994)",
        .tolerance = "SPNEGO_TOLERATE_NO_MIC",
        .rules = "C25",
    },
    {
        .code = 5214,
        .name = "mic-repeated",
        .title = "A second mechListMIC of the same side",
        .text = "a second mechListMIC of the same side",
        .why = "One mechListMIC each way is all that the exchange knows. It covers the "
               "list of mechanisms, which does not change, so a second one could prove "
               "nothing new. It moves the mechanism's state on, however: NTLM counts and "
               "encrypts with every MIC. MIT krb5 refuses it, and so does Heimdal.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-incomplete, mechListMIC\n"
               "I NegTokenResp accept-completed, mechListMIC",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Remember that the MIC has been sent, and leave the field out of every "
                  "later token.",
        .rules = "C27",
    },
    {
        .code = 5215,
        .name = "mic-not-required",
        .title = "A mechListMIC that nobody needs",
        .text = "a mechListMIC that is not required; some Windows clients abort over it",
        .why = "If the first mechanism of the initiator is also the acceptor's best, the "
               "list needs no protection and RFC 4178 advises to send no mechListMIC. "
               "Windows 2000, XP and 2003 cannot read one. And an acceptor's MIC that "
               "nobody asked for, after a Kerberos first choice, made newer Windows "
               "clients abort the connection with error 1359. NTLM is excepted: there "
               "Windows wants it.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ (not mutual)\n"
               "A NegTokenResp accept-completed, supportedMech Kerberos, mechListMIC",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ (not mutual)\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos",
        .repair = "Send a mechListMIC only after request-mic, in answer to one, or if the "
                  "mechanism demands it as NTLM does.",
        .seen = "DittoFS before its PR 1582",
        .rules = "C29",
    },
    {
        .code = 5216,
        .name = "ntlm-mic-required",
        .title = "NTLM's AUTHENTICATE has a MIC, and a mechListMIC is missing",
        .text = "the AUTHENTICATE message has a MIC: Windows then demands the mechListMIC "
                "both ways",
        .why = "NTLM can protect its own three messages with a MIC inside the "
               "AUTHENTICATE message. Windows then demands the mechListMIC of SPNEGO as "
               "well, even if NTLM was the first choice of both and RFC 4178 would let "
               "it be left out. A Windows server holds the session open with "
               "accept-incomplete and its own mechListMIC; a client that cannot answer "
               "never gets in.",
        .bad = "I NegTokenResp responseToken AUTHENTICATE (with MIC)\n"
               "A NegTokenResp accept-incomplete, mechListMIC",
        .good = "I NegTokenResp responseToken AUTHENTICATE (with MIC), mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "For NTLM always send a mechListMIC beside AUTHENTICATE and answer the "
                  "peer's. In the library the mechanism says so with SPNEGO_MECH_WANTS_MIC.",
        .seen = "MIT krb5 as initiator before its PR 113; Windows Server 2025 waits for "
                "the MIC (Manticore issue 1198)",
        .rules = "C30",
    },
    {
        .code = 5217,
        .name = "last-unanswered",
        .title = "The initiator's last token has no answer in this record",
        .text = "no token of the acceptor answers the initiator's last one",
        .why = "When the mechanism ends with a token of the initiator, as NTLM does, the "
               "acceptor still has to answer: accept-completed, with its mechListMIC if "
               "there was one. Until then the initiator does not know whether it was "
               "accepted. Here the record stops before that. Either it was cut off, or "
               "the acceptor told the outcome by its carrier only, such as an SMB2 "
               "status, and left SPNEGO unfinished.",
        .bad = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC",
        .good = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Send the closing NegTokenResp with the carrier's success. If you made "
                  "the record, capture until the session is set up.",
        .rules = "C31",
    },
    {
        .code = 5218,
        .name = "mic-answer-state",
        .title = "The answering mechListMIC comes without accept-completed",
        .text = "the mechListMIC that answers another comes without accept-completed",
        .why = "Of the two mechListMICs, the second one ends the negotiation: its sender "
               "has verified the first, has sent its own and expects nothing more, which "
               "is what accept-completed says. With another negState the peer is told "
               "that something is still to come, and may wait for it or send a token "
               "that nobody takes.",
        .bad = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
               "mechListMIC\n"
               "A NegTokenResp accept-incomplete, mechListMIC",
        .good = "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Set negState to accept-completed in the token whose mechListMIC answers "
                  "the peer's.",
        .rules = "C32",
    },
    {
        .code = 5219,
        .name = "token-beside-mic",
        .title = "A responseToken beside a mechListMIC, and the mechanism is finished",
        .text = "a responseToken beside a mechListMIC, and {mech} is finished",
        .why = "When the mechanism has had its last token, only the mechListMICs are "
               "left to exchange: the checksums over the list of mechanisms. Such a "
               "token holds negState and the MIC. A responseToken beside them is for a "
               "mechanism that expects none; MIT krb5 and Samba treat it as an error.",
        .bad = "A NegTokenResp accept-incomplete, responseToken AP-REP, mechListMIC\n"
               "I NegTokenResp accept-completed, responseToken AP-REQ, mechListMIC",
        .good = "A NegTokenResp accept-incomplete, responseToken AP-REP, mechListMIC\n"
                "I NegTokenResp accept-completed, mechListMIC",
        .repair = "Leave responseToken out of a token that only carries the MIC.",
        .rules = "C33",
    },
    {
        .code = 5220,
        .name = "no-mech-data",
        .title = "The mechanism is unfinished, and the token has nothing for it",
        .text = "nothing of {mech}, which is not finished",
        .why = "Until the mechanism is finished each SPNEGO token carries the "
               "mechanism's next one in responseToken. This token carries none, so the "
               "mechanism on the other side gets nothing to go on with, and the two "
               "would wait or send each other empty replies. An exception is the "
               "acceptor's first reply to an offer whose mechToken is missing or is not "
               "for the choice.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp accept-incomplete",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Run the mechanism before you write the token, and put its output into "
                  "responseToken; if it failed, send reject.",
        .rules = "C34",
    },
    {
        .code = 5221,
        .name = "state-left-out",
        .title = "A later token leaves negState out",
        .text = "negState is left out of a later token, as Windows does towards old "
                "servers",
        .why = "negState says how the negotiation stands. It is required in the "
               "acceptor's first reply and optional afterwards; where it is missing the "
               "receiver infers it from its mechanism. Windows Vista and later leave it "
               "out of the last token to a server that is older than Vista, which they "
               "recognise by the mechanism. So it is allowed, and it tells something "
               "about who is speaking.",
        .bad = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp responseToken AUTHENTICATE",
        .good = "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC",
        .repair = "Nothing has to change. A sender that wants to be clear writes negState "
                  "into every NegTokenResp.",
        .seen = "Windows Vista and later, towards Windows Server 2003 and older",
        .rules = "C36",
    },
    {
        .code = 5222,
        .name = "joined",
        .title = "The token was joined from fragments",
        .text = "joined from {got} fragments",
        .why = "A token that is too long for the carrier may be sent in pieces. The "
               "first piece holds the token's outer length, from which the receiver sees "
               "that more must come; it answers each piece but the last with an empty "
               "token. Windows SMB2 clients send pieces of at most 4 KiB. The pieces "
               "were put together before the token was read, so offsets count from the "
               "first one.",
        .bad = "I NegTokenInit, first 4096 of 6000 octets\n"
               "A (no octets)\n"
               "I NegTokenInit, the other 1904 octets",
        .good = "I NegTokenInit, all 6000 octets",
        .repair = "Nothing has to change. A receiver that cannot join pieces has to learn "
                  "it before it takes tokens of such clients.",
        .seen = "Windows SMB2 clients ([MS-SMB2] appendix A)",
        .rules = "C37",
    },
    {
        .code = 5223,
        .name = "hint-not-followed",
        .title = "The initiator offers another list than the hint",
        .text = "the initiator offers another list than the hint; it may",
        .why = "Before the negotiation the acceptor sent a hint, a NegTokenInit2 that "
               "lists what it has. The initiator then made its own list, which differs "
               "in content or order. That is its right: the hint is not protected and "
               "binds nobody, and the MIC covers the initiator's list only. It helps to "
               "know when one asks why a mechanism that the server has was not used.",
        .bad = "A NegTokenInit2 mechTypes {NEGOEX, MS-KRB5, Kerberos, NTLM}, negHints\n"
               "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE",
        .good = "A NegTokenInit2 mechTypes {Kerberos, NTLM}, negHints\n"
                "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ",
        .repair = "Nothing has to change. If Kerberos was expected, find out why the client "
                  "has no ticket for this server.",
        .seen = "Windows and Samba clients",
        .rules = "C39",
    },
    {
        .code = 5224,
        .name = "odd-count",
        .title = "The number of SPNEGO tokens is odd",
        .text = "{got} tokens of SPNEGO, and Windows expects an even number",
        .why = "Windows expects the tokens of a negotiation to come in pairs, request "
               "and answer, so that the acceptor's is the last. When the mechanism ends "
               "with a token of the initiator, MIT krb5 therefore still waits for an "
               "answer, if only a1 07 30 05 a0 03 0a 01 00, and an acceptor sends it. A "
               "record with an odd number may lack that token, or ends with the "
               "initiator's MIC, which needs no answer.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE\n"
                "A NegTokenResp accept-completed",
        .repair = "As an acceptor, answer the initiator's last mechanism token. If the "
                  "record is at fault, capture it to the end.",
        .rules = "C40",
    },
    {
        .code = 5225,
        .name = "second-choice",
        .title = "A second, different choice of a mechanism",
        .text = "a second choice, {mech}: the choice is made once",
        .why = "The acceptor chooses once, in its first reply; supportedMech stands "
               "nowhere else. Here a later reply names another mechanism. There is no "
               "way back in SPNEGO: the initiator has given up its other contexts, and a "
               "choice that can be changed unprotected would be an invitation to "
               "downgrade. Only Windows' new Late Fallback, off by default, knows a "
               "second choice; both sides must list 1.3.6.1.4.1.311.2.2.40 for it.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp accept-incomplete, supportedMech Kerberos, responseToken\n"
               "I NegTokenResp accept-incomplete, responseToken AP-REP (DCE style)\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM",
        .repair = "Choose before the first reply. If the chosen mechanism fails later, send "
                  "reject and let the initiator begin anew.",
        .rules = "C41",
    },
    {
        .code = 5226,
        .name = "many-legs",
        .title = "Very many tokens in one negotiation",
        .text = "{got} tokens; a negotiation that has more than {want} goes round in "
                "circles",
        .why = "Real mechanisms need few tokens: Kerberos two, NTLM three, PKU2U four, "
               "with one or two more for the MICs. A negotiation far beyond that goes "
               "round in circles: the sides repeat a token, or one always finds "
               "something to ask for. No document sets a limit; the library refuses more "
               "than 32 tokens of the peer unless it is told otherwise.",
        .bad = "I NegTokenResp accept-incomplete, responseToken NEGOTIATE  # the tenth\n"
               "A NegTokenResp accept-incomplete, responseToken CHALLENGE  # the tenth",
        .good = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Count the tokens on both sides and give up at a limit. Look for the "
                  "first token that is repeated.",
        .rules = "C42",
    },
    {
        .code = 5227,
        .name = "empty-loop",
        .title = "Both sides send tokens without content",
        .text = "both sides send tokens without content",
        .why = "A NegTokenResp with only accept-incomplete asks for something and brings "
               "nothing. One can be right, such as the acceptor's first reply without a "
               "responseToken. When each answers the other like that, both wait and the "
               "exchange never ends, with the contexts on both sides kept alive. Only a "
               "limit on the number of tokens stops it.",
        .bad = "A NegTokenResp accept-incomplete\n"
               "I NegTokenResp accept-incomplete\n"
               "A NegTokenResp accept-incomplete",
        .good = "A NegTokenResp accept-incomplete, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE",
        .repair = "When neither a responseToken nor a mechListMIC is left to send, finish: "
                  "accept-completed if the mechanism is done, reject if it is not.",
        .rules = "C42",
    },
    {
        .code = 5228,
        .name = "rejects",
        .title = "The negotiation ends with reject",
        .text = "the negotiation ends with reject",
        .why = "reject is the negState by which a side ends a negotiation that cannot "
               "succeed. An acceptor with none of the offered mechanisms may send it, "
               "and so may a side whose mechanism failed; a responseToken beside it is "
               "the mechanism's error token. It is regular behaviour and better than "
               "silence, so this only marks where it ended.",
        .bad = "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp reject",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Look at the token before it, and at the error token in the reject, for "
                  "what could not be accepted.",
        .rules = "C43",
    },
    {
        .code = 5229,
        .name = "downgrade",
        .title = "Another mechanism than the first was chosen, and no MIC protects it",
        .text = "{mech} was chosen over the first choice, and no mechListMIC protects "
                "that",
        .why = "If somebody on the way strikes the strong mechanisms out of the list, "
               "the sides agree on a weak one. mechListMICs, exchanged both ways, would "
               "show it, and are required whenever the choice is not the first. This "
               "negotiation completed without them. The acceptor may just not do it, as "
               "Windows Server 2003 did when it fell to NTLM; the record alone does not "
               "tell that from the attack.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM\n"
               "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
               "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE\n"
               "A NegTokenResp accept-completed",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp accept-incomplete, responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
                "I NegTokenResp accept-incomplete, responseToken AUTHENTICATE, "
                "mechListMIC\n"
                "A NegTokenResp accept-completed, mechListMIC",
        .repair = "Say request-mic when the choice is not the first, and refuse to complete "
                  "without the peer's mechListMIC. Offer no mechanism that is too weak to "
                  "be used.",
        .seen = "Windows Server 2003 and older, which make no MIC",
        .rules = "C44",
    },
    {
        .code = 5230,
        .name = "record-begins-late",
        .title = "The record begins with an acceptor's reply",
        .text = "the record begins in the middle: what was offered is not in it",
        .why = "A negotiation begins with the initiator's NegTokenInit. An acceptor has "
               "something to answer only when it has got that, so a record that begins "
               "with an answer has not got all of the negotiation, as happens when a "
               "capture is begun late. Each token is judged for itself; whether the "
               "choice was offered, and whether a mechListMIC is due, cannot be known.",
        .bad = "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
               "AP-REP",
        .good = "I NegTokenInit mechTypes {Kerberos}, mechToken AP-REQ\n"
                "A NegTokenResp accept-completed, supportedMech Kerberos, responseToken "
                "AP-REP",
        .repair = "Begin the record before the connection is opened, or add the tokens that "
                  "are missing.",
        .rules = "C01",
    },
    {
        .code = 5301,
        .name = "negoex-nego-again",
        .title = "A side sends its NEGO message a second time",
        .text = "a second {message} of this side",
        .why = "INITIATOR_NEGO and ACCEPTOR_NEGO say which schemes a side has, once in a "
               "conversation. The second list would overrule the first after tokens and "
               "metadata were exchanged on the strength of it, and no rule says which "
               "one counts.\n"
               "An acceptor whose NegTokenInit2 had an ACCEPTOR_NEGO may send another "
               "one to an initiator that has begun anew with number 0: that is a new "
               "conversation. libspnego refuses a NEGO that is not due (SPN5104).",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
               "I #3 INITIATOR_NEGO {SAnon-X25519}, #4 AP_REQUEST SAnon-X25519",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
                "I #3 AP_REQUEST SAnon-X25519",
        .repair = "Send the NEGO message in the first token only; to change the offer, "
                  "begin a new negotiation on a new security context.",
        .rules = "X06",
    },
    {
        .code = 5302,
        .name = "negoex-late-metadata",
        .title = "Metadata comes later than in the side's first token",
        .text = "{message} in a token that is not its side's first",
        .why = "Metadata is what a mechanism says before the choice is made, in its "
               "side's first token behind the NEGO message. Each side looks at it once, "
               "to see which schemes are of use with this peer.\n"
               "Later the choice is final, so metadata has no effect any more: MIT krb5 "
               "looks at it only beside the NEGO message, and libspnego remarks that it "
               "is not used (SPN5120). What the mechanism still has to say belongs into "
               "its tokens.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}\n"
               "A #1 ACCEPTOR_NEGO {PKU2U}, #2 ACCEPTOR_META_DATA\n"
               "I #3 INITIATOR_META_DATA, #4 AP_REQUEST",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 ACCEPTOR_META_DATA\n"
                "I #4 AP_REQUEST",
        .repair = "Ask every mechanism for its metadata before the first token is written, "
                  "and send all of it there.",
        .rules = "X07",
    },
    {
        .code = 5303,
        .name = "negoex-scheme-order",
        .title = "The initiator does not take the acceptor's first scheme",
        .text = "AP_REQUEST for {scheme}, and the acceptor wants another one first",
        .why = "The ACCEPTOR_NEGO lists the common schemes in the acceptor's order, and "
               "its order decides: the initiator goes on with the first of them that its "
               "metadata has not ruled out. Here the AP_REQUEST is for a later one.\n"
               "An initiator may have a reason that cannot be seen from outside, such as "
               "a mechanism that failed on the acceptor's metadata. Without one, the "
               "acceptor's preference is ignored and a weaker scheme may win. The VERIFY "
               "does not find that, since both have seen the same lists.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}\n"
               "A #1 ACCEPTOR_NEGO {SAnon-X25519, PKU2U}\n"
               "I #2 AP_REQUEST PKU2U",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}\n"
                "A #1 ACCEPTOR_NEGO {SAnon-X25519, PKU2U}\n"
                "I #2 AP_REQUEST SAnon-X25519",
        .repair = "Sort your own list by the acceptor's, drop what its metadata rules out, "
                  "and begin with the first that is left.",
        .rules = "X08",
    },
    {
        .code = 5304,
        .name = "negoex-early-answer",
        .title = "The acceptor answers a scheme to which nothing was sent",
        .text = "{message} for {scheme}, to which nothing was sent yet",
        .why = "In its first token an acceptor can answer one mechanism token: the early "
               "AP_REQUEST, which was for the initiator's first scheme. A CHALLENGE or "
               "VERIFY for another scheme, or where no AP_REQUEST came, answers "
               "something that was never said.\n"
               "The initiator cannot use it. Worse, MIT krb5 takes any CHALLENGE or "
               "VERIFY in that token as the sign that its first scheme goes on, and then "
               "has no token for it.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE SAnon-X25519",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
                "I #3 AP_REQUEST SAnon-X25519",
        .repair = "As acceptor, send a CHALLENGE or VERIFY in the first token only for the "
                  "scheme of the AP_REQUEST that came; for another scheme send the list and "
                  "wait.",
        .rules = "X10",
    },
    {
        .code = 5305,
        .name = "negoex-void-challenge",
        .title = "The acceptor answers a guess that its own list makes void",
        .text = "CHALLENGE for {scheme}, and the acceptor's first scheme is another",
        .why = "An acceptor uses the early AP_REQUEST only if it is for the scheme that "
               "stands first in its own list. Otherwise the guess is void, no CHALLENGE "
               "answers it, and the initiator begins with the acceptor's first scheme.\n"
               "Here the list says one thing and the CHALLENGE another. The initiator is "
               "told to prefer the first scheme, and at the same time that a different "
               "one has gone on. MIT krb5 and libspnego follow the CHALLENGE.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519, PKU2U}, #3 CHALLENGE PKU2U",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
                "A #2 ACCEPTOR_NEGO {PKU2U, SAnon-X25519}, #3 CHALLENGE PKU2U",
        .repair = "As acceptor, ignore the AP_REQUEST unless it is for your first scheme; "
                  "if you want to go on with it, list that scheme first.",
        .rules = "X11",
    },
    {
        .code = 5306,
        .name = "negoex-one-verify",
        .title = "Only one side has sent a VERIFY",
        .text = "only one side has sent a VERIFY",
        .why = "A VERIFY is a checksum, made with a key of the mechanism, over all that "
               "both sides have said. Each side sends one, so that each learns that the "
               "other saw the same lists. With one missing, the side that should have "
               "received it does not know whether the choice was tampered with.\n"
               "The draft's message flow has both, MIT krb5 and libspnego demand them. "
               "Microsoft's printed Windows 7 trace lists the acceptor's only. The "
               "missing one can also have been removed on the way.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
               "I #4 AP_REQUEST, #5 VERIFY\n"
               "A accept-completed, #6 CHALLENGE",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY\n"
                "A accept-completed, #6 CHALLENGE, #7 VERIFY",
        .repair = "Append a VERIFY to the token in which the mechanism's key is there for "
                  "the first time, on both sides, and complete only when the peer's has "
                  "been checked.",
        .seen = "Windows 7 in Microsoft's printed trace of 2011",
        .rules = "X12",
    },
    {
        .code = 5307,
        .name = "negoex-no-verifies",
        .title = "Neither side has sent a VERIFY",
        .text = "neither side has sent a VERIFY: nothing protects the choice of a scheme",
        .why = "NegoEx begins before anybody is authenticated, so its lists can be "
               "edited on the way: a strong scheme removed, a weak one left. What finds "
               "this out is the VERIFY of each side, a checksum over the whole "
               "conversation with a key of the chosen mechanism.\n"
               "Without any, the mechanism may have authenticated well, but nobody knows "
               "whether it was the one that both wanted most. The documents allow it for "
               "a mechanism that has no key; MIT krb5 and libspnego do not complete.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
               "I #3 AP_REQUEST SAnon-X25519\n"
               "A accept-completed, #4 CHALLENGE SAnon-X25519",
        .good = "I #0 INITIATOR_NEGO {PKU2U, SAnon-X25519}, #1 AP_REQUEST PKU2U\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}\n"
                "I #3 AP_REQUEST SAnon-X25519\n"
                "A accept-incomplete, #4 CHALLENGE SAnon-X25519, #5 VERIFY\n"
                "I #6 VERIFY\n"
                "A accept-completed",
        .repair = "Let the mechanism give a key and send a VERIFY from each side; a "
                  "mechanism that has no key should not be offered beside others in NegoEx.",
        .rules = "X12",
    },
    {
        .code = 5308,
        .name = "negoex-verify-again",
        .title = "A side sends a second VERIFY that nobody asked for",
        .text = "a second VERIFY of this side, and nobody asked for it",
        .why = "One VERIFY a side is enough. A second one is due only if the peer has "
               "asked for it by an ALERT, since it had no key yet for the first, or if "
               "the first belonged to an early attempt that was given up.\n"
               "A receiver may ignore it, or check it over octets that include the first "
               "VERIFY. A second one that comes unasked can mean that the sender does "
               "not count the ALERT, or lost track of what it had sent.",
        .bad = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
               "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 VERIFY\n"
               "I #6 AP_REQUEST, #7 VERIFY",
        .good = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
                "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 VERIFY\n"
                "I #6 AP_REQUEST",
        .repair = "Remember that the VERIFY was sent, and send another one only after an "
                  "ALERT with VERIFY_NO_KEY or after the scheme has changed.",
        .rules = "X13",
    },
    {
        .code = 5309,
        .name = "negoex-alert-unanswered",
        .title = "The peer was asked for a new VERIFY and sent none",
        .text = "the ALERT asks for a new VERIFY, and none came",
        .why = "An ALERT with VERIFY_NO_KEY says: \"your VERIFY came before I had a key "
               "to check it; send it again\". The sender of the first VERIFY has to make "
               "a new one, over all messages up to then, the old VERIFY and the ALERT "
               "among them.\n"
               "Here none came. The side that asked has not verified the conversation: "
               "libspnego and MIT krb5 would not complete, and one that did would not "
               "know whether the choice was tampered with.",
        .bad = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
               "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 ALERT VERIFY_NO_KEY\n"
               "I #6 AP_REQUEST\n"
               "A accept-completed, #7 VERIFY",
        .good = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
                "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 ALERT VERIFY_NO_KEY\n"
                "I #6 AP_REQUEST, #7 VERIFY\n"
                "A accept-completed, #8 VERIFY",
        .repair = "On such an ALERT forget that your VERIFY was sent and append a new one "
                  "to the next token, over everything said so far.",
        .rules = "X14",
    },
    {
        .code = 5310,
        .name = "negoex-alert",
        .title = "A side had no key yet and asks for the VERIFY again",
        .text = "the ALERT says that there is no key yet to check a VERIFY with",
        .why = "One side of a mechanism may have its key earlier than the other. Then a "
               "VERIFY arrives that cannot be checked yet, and the receiver says so by "
               "an ALERT with VERIFY_NO_KEY; the peer makes a new one later, over all "
               "messages up to then.\n"
               "That is in order, and costs one VERIFY more. MIT krb5 also sends it when "
               "its mechanism did not like the early token. A Windows acceptor was seen "
               "to send an ALERT although no VERIFY had come, perhaps only to say that "
               "it has no key.",
        .bad = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
               "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 ALERT VERIFY_NO_KEY\n"
               "I #6 AP_REQUEST, #7 VERIFY\n"
               "A accept-completed, #8 VERIFY",
        .good = "I #0 INITIATOR_NEGO, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY\n"
                "A accept-completed, #6 VERIFY",
        .repair = "Nothing needs repair; a mechanism that gives its key only when the peer "
                  "can have it too avoids the ALERT.",
        .seen = "MIT krb5; Windows 7 in Microsoft's printed trace of 2011",
        .rules = "X15",
    },
    {
        .code = 5311,
        .name = "negoex-verify-scheme",
        .title = "A VERIFY is for a scheme that was not selected",
        .text = "VERIFY for {scheme}, which was not selected",
        .why = "The AuthScheme of a VERIFY names the mechanism whose key made it. That "
               "must be the selected one, since only its key is known to both sides and "
               "only its choice is to be protected.\n"
               "A receiver has no key of another scheme and ignores the message (MIT "
               "krb5; libspnego with SPN5120). So it has no VERIFY at all, and does not "
               "complete.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519, PKU2U}, #1 AP_REQUEST SAnon-X25519\n"
               "A #2 ACCEPTOR_NEGO, #3 CHALLENGE SAnon-X25519, #4 VERIFY PKU2U",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519, PKU2U}, #1 AP_REQUEST SAnon-X25519\n"
                "A #2 ACCEPTOR_NEGO, #3 CHALLENGE SAnon-X25519, #4 VERIFY SAnon-X25519",
        .repair = "Make the VERIFY with the key of the selected mechanism and write that "
                  "mechanism's AuthScheme into it.",
        .rules = "X16",
    },
    {
        .code = 5312,
        .name = "negoex-early-completion",
        .title = "The acceptor completes before the initiator's VERIFY has come",
        .text = "accept-completed, and the initiator's VERIFY has not come",
        .why = "accept-completed is SPNEGO's word for \"the context is established, I "
               "expect nothing more\". An acceptor that says it before it has checked the "
               "initiator's VERIFY has not learnt whether both saw the same lists, and a "
               "VERIFY that comes later has nobody to answer it.\n"
               "The documents do not state the condition in words; MIT krb5 keeps it. "
               "Microsoft's printed Windows 7 trace shows accept-completed with the "
               "acceptor's VERIFY, and no VERIFY of the initiator before it.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A accept-completed, #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 "
               "VERIFY",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A accept-incomplete, #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 "
                "VERIFY\n"
                "I accept-incomplete, #5 VERIFY\n"
                "A accept-completed",
        .repair = "As acceptor, answer accept-incomplete until the mechanism is finished "
                  "and the initiator's VERIFY fits.",
        .seen = "Windows 7 in Microsoft's printed trace of 2011",
        .rules = "X17",
    },
    {
        .code = 5313,
        .name = "negoex-server-first",
        .title = "The acceptor's hint already speaks NegoEx",
        .text = "the acceptor's hint holds NegoEx messages; an initiator may go on from "
                "them or begin anew",
        .why = "In SMB the acceptor may speak first, with a NegTokenInit2 that names its "
               "mechanisms. Windows also puts a mechToken into it: ACCEPTOR_NEGO and "
               "ACCEPTOR_META_DATA, numbered from 0, with a ConversationId of the "
               "acceptor's making.\n"
               "No document says how to go on. An initiator may continue that "
               "conversation (same id, next number) or begin a new one with number 0; a "
               "checker has to take both. The hint is not authenticated; a VERIFY covers "
               "it only if the conversation is continued.",
        .bad = "A NegTokenInit2 {NEGOEX, NTLM}, #0 ACCEPTOR_NEGO, #1 ACCEPTOR_META_DATA\n"
               "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA, #2 AP_REQUEST",
        .good = "A NegTokenInit2 {NEGOEX, NTLM}\n"
                "I #0 INITIATOR_NEGO {PKU2U}, #1 INITIATOR_META_DATA, #2 AP_REQUEST",
        .repair = "Nothing needs repair; as initiator, begin a new conversation with number "
                  "0 and a ConversationId of your own, as the known implementations do.",
        .seen = "Windows 7 and 10; the example of [MS-SPNG] 4",
        .rules = "X18",
    },
    {
        .code = 5314,
        .name = "negoex-uncovered",
        .title = "A message comes behind both VERIFYs and is not covered",
        .text = "{message} behind both VERIFYs: no checksum covers it",
        .why = "A VERIFY covers what was said before it. If the mechanism has its key "
               "early, both VERIFYs may have been sent while tokens of the mechanism are "
               "still to come; these are under no checksum of NegoEx.\n"
               "That is allowed and weakens nothing that NegoEx promises: the lists and "
               "the metadata are covered. The mechanism has to protect its own later "
               "tokens, as it must outside NegoEx.",
        .bad = "I #0 INITIATOR_NEGO, #1 AP_REQUEST, #2 VERIFY\n"
               "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 VERIFY\n"
               "I #6 AP_REQUEST",
        .good = "I #0 INITIATOR_NEGO, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO, #3 CHALLENGE\n"
                "I #4 AP_REQUEST, #5 VERIFY\n"
                "A #6 VERIFY",
        .repair = "Nothing needs repair; a mechanism that gives its key only with its last "
                  "token lets the VERIFYs cover all of them.",
        .seen = "MIT krb5 with a mechanism whose keys are there early",
        .rules = "X20",
    },
    {
        .code = 5315,
        .name = "negoex-not-common",
        .title = "The acceptor's list is no part of the initiator's",
        .text = "the acceptor names {scheme}, which the initiator has not offered",
        .why = "ACCEPTOR_NEGO lists the schemes that both sides have, in the acceptor's "
               "order. One that was not offered cannot be among them: the acceptor has "
               "not compared the lists, or one of them was changed on the way.\n"
               "An initiator can pass over it and use the rest, as libspnego does with a "
               "warning (SPN5121). Who sees both tokens knows that the acceptor's is "
               "wrong, or that it is not what was sent. An acceptor that spoke first, in "
               "the NegTokenInit2, has seen no offer, and there it is in order.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}\n"
               "A #1 ACCEPTOR_NEGO {PKU2U, SAnon-X25519}",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}\n"
                "A #1 ACCEPTOR_NEGO {SAnon-X25519}",
        .repair = "As acceptor, answer with the schemes that the initiator has listed and "
                  "that can be used, in your own order. If both sides do so, compare their "
                  "VERIFYs: somebody changes the lists.",
        .rules = "X05",
    },
    {
        .code = 5316,
        .name = "negoex-direction",
        .title = "A message comes from the side that does not send it",
        .text = "{message}, which is for the other side to send",
        .why = "INITIATOR_NEGO, INITIATOR_META_DATA and AP_REQUEST are the initiator's "
               "messages, ACCEPTOR_NEGO, ACCEPTOR_META_DATA and CHALLENGE the "
               "acceptor's; VERIFY and ALERT come from either. Here it is known who sent "
               "the token, and the message is the other's.\n"
               "A sender that mixes up its role does this, and an attacker who sends "
               "somebody his own messages back. It can also be the record: then the "
               "directions of whole tokens are the wrong way round.",
        .bad = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {PKU2U}, #3 AP_REQUEST",
        .good = "I #0 INITIATOR_NEGO {PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {PKU2U}, #3 CHALLENGE",
        .repair = "Write the types of your own side only, and refuse those that your own "
                  "side would send. If the record has them the wrong way round, tell the "
                  "right side of each token.",
        .rules = "N08",
    },
    {
        .code = 5317,
        .name = "negoex-no-signature",
        .title = "A token of NegoEx is no NegoEx message",
        .text = "a token of NegoEx does not begin with NEGOEXTS",
        .why = "Each message of NegoEx begins with the eight octets NEGOEXTS. That this "
               "token has to be one of NegoEx, mechTypes or supportedMech beside it say, "
               "or the tokens before it.\n"
               "The octets were damaged or encrypted, or the sender hands on the token "
               "of the mechanism inside without an AP_REQUEST or a CHALLENGE around it.",
        .bad = "A a1 09 30 07 a2 05 04 03 01 02 03",
        .good = "A a1 4d 30 4b a2 49 04 47 4e 45 47 4f 45 58 54 53 04 00 00 00  # and so "
                "on",
        .repair = "Put each token of the mechanism into a message: AP_REQUEST (5) as "
                  "initiator, CHALLENGE (4) as acceptor.",
        .rules = "N01",
    },
    {
        .code = 6001,
        .name = "kerberos-unframed",
        .title = "A Kerberos message without its frame or its TOK_ID",
        .text = "a Kerberos message without its frame or its TOK_ID; DCE style leaves out "
                "both",
        .why = "In GSS-API a Kerberos message travels in a frame: 60, a length, the OID "
               "of Kerberos and two octets TOK_ID that say what follows. RFC 4121 keeps "
               "the frame on all context tokens, not only on the first. Here the "
               "message, 6e for an AP-REQ, 6f for an AP-REP, 7e for a KRB-ERROR, stands "
               "alone, or only one of frame and TOK_ID is there. Windows leaves out both "
               "in DCE style, an exchange of three messages for DCE/RPC; a plain GSS-API "
               "acceptor cannot tell which mechanism it is for. Half of the two is right "
               "nowhere.",
        .bad = "04 71 6e 6f 30 6d a0 03 02 01 05 a1 03 02 01 0e  # mechToken: AP-REQ",
        .good = "04 81 80 60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00  # mechToken: "
                "frame\n"
                "6e 6f 30 6d a0 03 02 01 05 a1 03 02 01 0e  # AP-REQ",
        .repair = "Write the frame and the TOK_ID around every Kerberos message, unless the "
                  "caller asked for DCE style.",
        .seen = "Windows DCE/RPC (DCE style)",
        .rules = "M01",
    },
    {
        .code = 6002,
        .name = "token-id-message",
        .title = "TOK_ID and the Kerberos message behind it do not agree",
        .text = "TOK_ID {got:x}, and the message behind it begins with {want:x}",
        .why = "A Kerberos token says twice what it holds: by TOK_ID, two octets behind "
               "the OID, and by the first octet of the message. 01 00 goes with 6e "
               "(AP-REQ), 02 00 with 6f (AP-REP), 03 00 with 7e (KRB-ERROR); in PKU2U "
               "also 05 00 with 6a (AS-REQ) and 06 00 with 6b (AS-REP). If they differ, "
               "receivers that look at one or at the other read two different things. "
               "The usual cause is a constant that was mixed up. Where no Kerberos "
               "message follows at all, SPN6021 says so.",
        .bad = "60 30 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6f 21  # of AP-REQ; an "
               "AP-REP",
        .good = "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f  # of AP-REQ; an "
                "AP-REQ",
        .repair = "Write 01 00 before an AP-REQ, 02 00 before an AP-REP and 03 00 before a "
                  "KRB-ERROR.",
        .rules = "M02",
    },
    {
        .code = 6003,
        .name = "kerberos-direction",
        .title = "A Kerberos message that only the other side sends",
        .text = "a Kerberos message that only the other side sends",
        .why = "The initiator proves itself with an AP-REQ, and the acceptor answers "
               "with an AP-REP; a KRB-ERROR may come from either. The other way round "
               "there is no sense in it: who sent this message plays the wrong part, or "
               "the record has the directions mixed up. One exception exists: in DCE "
               "style the initiator closes the exchange with an AP-REP of its own, which "
               "has no frame. A message that comes back to its sender can also be a "
               "reflection.",
        .bad = "a2 34 04 32  # mechToken, so from the initiator\n"
               "60 30 06 09 2a 86 48 86 f7 12 01 02 02 02 00 6f 21  # AP-REP",
        .good = "a2 81 83 04 81 80  # mechToken, so from the initiator\n"
                "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f  # AP-REQ",
        .repair = "Send AP-REQ from the initiator and AP-REP from the acceptor. If both are "
                  "right, correct the directions of the record.",
        .rules = "M03",
    },
    {
        .code = 6004,
        .name = "alias-framed",
        .title = "Kerberos is framed for its right number, under MS-KRB5 in the list",
        .text = "framed for 1.2.840.113554.1.2.2 where MS-KRB5 is named, as Windows does",
        .why = "Windows lists Kerberos first as MS-KRB5, 1.2.840.48018.1.2.2: the right "
               "number with one part cut to 16 bits, a slip of Windows 2000. The "
               "mechToken below it is framed for the right one, 1.2.840.113554.1.2.2, "
               "and so are the tokens that follow under MS-KRB5. Windows clients do this "
               "always, so an acceptor must not demand that the OID in the frame equals "
               "the first of the list; some that did have turned these clients away.",
        .bad = "30 16 06 09 2a 86 48 82 f7 12 01 02 02  # mechTypes: MS-KRB5 is first\n"
               "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f  # the other number",
        .good = "30 16 06 09 2a 86 48 82 f7 12 01 02 02  # mechTypes: MS-KRB5 is first\n"
                "60 7e 06 09 2a 86 48 82 f7 12 01 02 02 01 00 6e 6f  # the same number",
        .repair = "Nothing has to change. A receiver takes the two numbers for the same "
                  "mechanism, and answers with the one from the list.",
        .seen = "Windows clients",
        .rules = "M04",
    },
    {
        .code = 6005,
        .name = "ntlm-direction",
        .title = "An NTLM message that only the other side sends",
        .text = "an NTLM message that only the other side sends",
        .why = "NTLM has three messages: NEGOTIATE (type 1) and AUTHENTICATE (type 3) "
               "come from the initiator, CHALLENGE (type 2) from the acceptor. The type "
               "is the number behind the signature NTLMSSP. This one went the wrong way: "
               "its sender plays the wrong part, or the directions of the record are "
               "mixed up. A message that comes back to its own sender can be a "
               "reflection attack.",
        .bad = "a2 3e 04 3c  # mechToken, so from the initiator\n"
               "4e 54 4c 4d 53 53 50 00 02 00 00 00  # CHALLENGE",
        .good = "a2 2a 04 28  # mechToken, so from the initiator\n"
                "4e 54 4c 4d 53 53 50 00 01 00 00 00  # NEGOTIATE",
        .repair = "Send types 1 and 3 from the initiator and type 2 from the acceptor. If "
                  "both are right, correct the directions of the record.",
        .rules = "M05",
    },
    {
        .code = 6006,
        .name = "ntlm-framed",
        .title = "An NTLM message inside a GSS-API frame",
        .text = "an NTLM message inside a GSS-API frame",
        .why = "GSS-API frames the first token of most mechanisms: 60, a length, the "
               "mechanism's OID, then the token. NTLM is an exception. Its messages "
               "begin with the signature NTLMSSP and stand in mechToken and "
               "responseToken as they are. Receivers look for that signature at the very "
               "first octet, and find the frame instead.",
        .bad = "60 34 06 0a 2b 06 01 04 01 82 37 02 02 0a  # a frame\n"
               "4e 54 4c 4d 53 53 50 00 01 00 00 00  # NEGOTIATE",
        .good = "04 28 4e 54 4c 4d 53 53 50 00 01 00 00 00  # mechToken: NEGOTIATE",
        .repair = "Put the NTLM message into mechToken or responseToken without a frame. "
                  "mechTypes and supportedMech already say that it is NTLM.",
        .rules = "M05",
    },
    {
        .code = 6007,
        .name = "ntlm-bounds",
        .title = "A field of the NTLM message points outside the message",
        .text = "a field of {want} octets at {got} is not inside its message",
        .why = "An NTLM message keeps its variable parts, names and responses, behind a "
               "fixed part that tells where each one is: length, allocated length, "
               "offset from the first octet of the message. This field is not empty, and "
               "its octets are not all inside. A reader that trusts it reads foreign "
               "memory; FreeRDP had several such flaws, CVE-2018-8789 among them. Honest "
               "causes are a message that was cut off, or offsets that count from "
               "somewhere else.\n"
               "It is a warning, because SPNEGO carries the message on; NTLM has to "
               "refuse it.",
        .bad = "04 3c 4e 54 4c 4d 53 53 50 00 02 00 00 00  # CHALLENGE, 60 octets\n"
               "04 00 04 00 39 00 00 00  # TargetName: 4 octets at 57",
        .good = "04 3c 4e 54 4c 4d 53 53 50 00 02 00 00 00  # CHALLENGE, 60 octets\n"
                "04 00 04 00 38 00 00 00  # TargetName: 4 octets at 56",
        .repair = "Count offsets from the N of NTLMSSP, and write each field's octets into "
                  "the message. Carry the whole message on.",
        .rules = "M05",
    },
    {
        .code = 6008,
        .name = "ntlm-cut",
        .title = "The NTLM message is shorter than its fixed part",
        .text = "an NTLM message of {got} octets, its fixed part has {want}",
        .why = "Each of the three NTLM messages begins with a fixed part: the signature "
               "NTLMSSP, the type, flags, and fields that say where names and responses "
               "are. It has grown with time; in the oldest form it is 16 octets of a "
               "NEGOTIATE, which then ends with its flags, 32 of a CHALLENGE and 52 of "
               "an AUTHENTICATE. This message is shorter than that, so fields that every "
               "reader looks at do not exist, and a reader that does not count reads "
               "beyond the end. The message was cut off, or its length was computed "
               "wrongly.\n"
               "It is a warning, because SPNEGO carries the message on; NTLM has to "
               "refuse it.",
        .bad = "04 0f 4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08  # ends in its flags",
        .good = "04 10 4e 54 4c 4d 53 53 50 00 01 00 00 00 97 82 08 e2  # flags alone",
        .repair = "Send the message whole, with the length that the NTLM implementation "
                  "gave for it.",
        .rules = "M05",
    },
    {
        .code = 6009,
        .name = "ntlm-type",
        .title = "The NTLM message is of no known type",
        .text = "{got} is no type of an NTLM message",
        .why = "Behind the signature NTLMSSP stands the type, four octets with the "
               "lowest first: 1 NEGOTIATE, 2 CHALLENGE, 3 AUTHENTICATE. No others are "
               "defined. The message is damaged, the number was written highest octet "
               "first, or the octets are no NTLM at all. Receivers have failed at "
               "cleaning up after it: ksmbd leaked a session for each such message.",
        .bad = "04 10 4e 54 4c 4d 53 53 50 00 04 00 00 00  # MessageType 4",
        .good = "04 10 4e 54 4c 4d 53 53 50 00 01 00 00 00  # MessageType 1: NEGOTIATE",
        .repair = "Write the type as 01, 02 or 03 and three zero octets.",
        .rules = "M05",
    },
    {
        .code = 6010,
        .name = "spnego-inside",
        .title = "A SPNEGO token inside a SPNEGO token",
        .text = "a SPNEGO token inside a SPNEGO token",
        .why = "mechToken and responseToken carry tokens of the mechanism that is "
               "negotiated. SPNEGO is not one of those: its OID must not be in the list, "
               "so its tokens have no business here. The usual cause is a program that "
               "asks its security library for a Negotiate token, which is SPNEGO "
               "already, and wraps the result once more. The acceptor hands it to "
               "Kerberos or NTLM, which cannot read it.",
        .bad = "a2 1f 04 1d  # mechToken\n"
               "60 1b 06 06 2b 06 01 05 05 02 a0 11 30 0f  # SPNEGO, a NegTokenInit",
        .good = "a2 81 83 04 81 80  # mechToken\n"
                "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f  # Kerberos, an "
                "AP-REQ",
        .repair = "Send the token that the library returned as it is, or ask the library "
                  "for the mechanism itself, Kerberos or NTLM, and wrap that.",
        .rules = "M06",
    },
    {
        .code = 6011,
        .name = "negoex-elsewhere",
        .title = "NegoEx messages under another mechanism",
        .text = "NegoEx messages, and the mechanism is {mech}",
        .why = "NegoEx is a negotiation inside SPNEGO, with an OID of its own, "
               "1.3.6.1.4.1.311.2.2.30. Its messages begin with NEGOEXTS and may stand "
               "in a SPNEGO token only where that OID is the first listed or the chosen "
               "mechanism. Here the list or the choice says something else. The receiver "
               "hands the octets to that other mechanism, which refuses them.",
        .bad = "06 0a 2b 06 01 04 01 82 37 02 02 0a  # mechTypes: NTLM\n"
               "a2 70 04 6e 4e 45 47 4f 45 58 54 53 05 00 00 00  # mechToken: AP_REQUEST",
        .good = "06 0a 2b 06 01 04 01 82 37 02 02 1e  # supportedMech: NegoEx\n"
                "a2 70 04 6e 4e 45 47 4f 45 58 54 53 05 00 00 00  # responseToken: "
                "AP_REQUEST",
        .repair = "List 1.3.6.1.4.1.311.2.2.30 first if the mechToken holds NegoEx "
                  "messages; after the choice, send tokens of the chosen mechanism only.",
        .rules = "M07",
    },
    {
        .code = 6012,
        .name = "other-mech",
        .title = "The token is of another mechanism than the one that was selected",
        .text = "a token of another mechanism than {mech}, which was selected",
        .why = "SPNEGO carries the tokens of one mechanism: the first of the list until "
               "the acceptor has chosen, then the chosen one. The first octets of this "
               "responseToken belong to another: a frame with a different OID, or the "
               "signature of NTLM where Kerberos was selected. The receiver will give it "
               "to the selected mechanism, which fails. Often the sender went on with a "
               "mechanism that it should have given up. Of a mechToken, SPN2012 says the "
               "same.",
        .bad = "a1 0b 06 09 2a 86 48 86 f7 12 01 02 02  # supportedMech: Kerberos\n"
               "4e 54 4c 4d 53 53 50 00 02 00 00 00  # responseToken: NTLM",
        .good = "a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a  # supportedMech: NTLM\n"
                "4e 54 4c 4d 53 53 50 00 02 00 00 00  # responseToken: NTLM",
        .repair = "Give SPNEGO only tokens of the mechanism that supportedMech names, or "
                  "before the choice of the first in mechTypes.",
        .rules = "M08",
    },
    {
        .code = 6013,
        .name = "reserved-token-id",
        .title = "A TOK_ID that is reserved",
        .text = "TOK_ID {got:x}: those that begin with 0x60 are reserved",
        .why = "TOK_ID, two octets, says what kind of Kerberos token follows. Some "
               "tokens stand without a frame and begin with TOK_ID. A framed token "
               "begins with the octet 60. So that the two can be told apart by the first "
               "octet, RFC 4121 reserves the values 60 00 to 60 FF. A token that uses "
               "one looks like the start of a frame.",
        .bad = "60 0f 06 09 2a 86 48 86 f7 12 01 02 02 60 01 05 00  # TOK_ID 60 01",
        .good = "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f  # TOK_ID 01 00",
        .repair = "Use the TOK_ID that RFC 4121 gives for the message, 01 00 for an AP-REQ. "
                  "If a second frame was written by mistake, drop it.",
        .rules = "M09",
    },
    {
        .code = 6014,
        .name = "pku2u-frame",
        .title = "A token of PKU2U without the frame of PKU2U or the TOK_ID",
        .text = "a token of PKU2U without the frame of PKU2U or without its TOK_ID",
        .why = "PKU2U lets two machines authenticate each other with certificates and "
               "without a domain, by Kerberos messages: the acceptor plays the KDC. Its "
               "draft frames every context token, not only the first, with the OID "
               "1.3.6.1.5.2.7 and a TOK_ID. This one stands where PKU2U was announced, "
               "and is framed for another mechanism, such as Kerberos proper, or is a "
               "message without a frame or without a TOK_ID. PKU2U looks for its OID and "
               "a TOK_ID at the front, does not find them and refuses. Octets that look "
               "like no token at all are SPN6021.",
        .bad = "60 5a 06 09 2a 86 48 86 f7 12 01 02 02 05 00 6a 4b  # AS-REQ, for "
               "Kerberos",
        .good = "60 57 06 06 2b 06 01 05 02 07 05 00 6a 4b  # AS-REQ, for PKU2U",
        .repair = "Write 60, the length, 06 06 2b 06 01 05 02 07 and the TOK_ID before "
                  "every PKU2U message.",
        .rules = "M10",
    },
    {
        .code = 6015,
        .name = "pku2u-direction",
        .title = "A PKU2U message that only the other side sends",
        .text = "a message of PKU2U that only the other side sends",
        .why = "PKU2U runs Kerberos between two machines without a KDC: the acceptor "
               "plays that part. The initiator sends AS-REQ (TOK_ID 05 00) and AP-REQ "
               "(01 00), the acceptor AS-REP (06 00) and AP-REP (02 00); only a "
               "KRB-ERROR is not bound to a side here. This message went the wrong way, "
               "so its sender plays the wrong part, or the directions of the record are "
               "mixed up.",
        .bad = "04 00 00 00 00 00 00 00  # in a CHALLENGE, so from the acceptor\n"
               "60 57 06 06 2b 06 01 05 02 07 05 00 6a 4b  # AS-REQ",
        .good = "05 00 00 00 00 00 00 00  # in an AP_REQUEST, so from the initiator\n"
                "60 57 06 06 2b 06 01 05 02 07 05 00 6a 4b  # AS-REQ",
        .repair = "Send requests from the initiator and replies from the acceptor. If both "
                  "are right, correct the directions of the record.",
        .rules = "M10",
    },
    {
        .code = 6016,
        .name = "pku2u-options",
        .title = "An AS-REQ of PKU2U with kdc-options",
        .text = "an AS-REQ of PKU2U with kdc-options",
        .why = "An AS-REQ asks a Kerberos KDC for a ticket, and kdc-options are the "
               "wishes that go with it: may it be forwarded, renewed, and so on. In "
               "PKU2U the acceptor plays the KDC, and its tickets are for itself alone, "
               "so no option has a meaning there and the draft allows none. The field "
               "itself is mandatory in Kerberos and stays, with all bits zero.",
        .bad = "a0 07 03 05 00 40 00 00 00  # kdc-options: forwardable",
        .good = "a0 07 03 05 00 00 00 00 00  # kdc-options: none",
        .repair = "Write kdc-options as 32 zero bits in an AS-REQ of PKU2U.",
        .rules = "M11",
    },
    {
        .code = 6017,
        .name = "pku2u-realm",
        .title = "An AS-REQ of PKU2U for another realm",
        .text = "an AS-REQ of PKU2U for another realm than WELLKNOWN:PKU2U",
        .why = "In Kerberos a realm names the KDC that is responsible. PKU2U has no KDC; "
               "all its principals share one realm that exists in name only, "
               "WELLKNOWN:PKU2U. An AS-REQ for another realm was made for a real KDC, or "
               "names the peer's domain where nothing will look it up. The acceptor, "
               "which plays the KDC, has no such realm.",
        .bad = "a2 11 1b 0f 57 45 4c 4c 4b 4e 4f 57 4e 3a 50 4b 55 32 56  # ends with V",
        .good = "a2 11 1b 0f 57 45 4c 4c 4b 4e 4f 57 4e 3a 50 4b 55 32 55  # ends with U",
        .repair = "Write WELLKNOWN:PKU2U into realm, in capitals. Names from a certificate "
                  "go into PA_PKU2U_NAME.",
        .rules = "M11",
    },
    {
        .code = 6018,
        .name = "pku2u-name",
        .title = "PA_PKU2U_NAME is there and has nothing to say",
        .text = "PA_PKU2U_NAME beside cname and sname, which say the same",
        .why = "An AS-REQ names client and server in cname and sname. Where a name "
               "cannot be a Kerberos name, such as one from a certificate, PKU2U writes "
               "the NULL principal there and the real name into PA_PKU2U_NAME, padata of "
               "type 136. If both cname and sname are proper names, neither of its two "
               "parts may be filled, and the draft advises to leave it out. A second "
               "name beside the first leaves the receiver to guess which one counts.",
        .bad = "30 0c a1 04 02 02 00 88 a2 04 04 02 30 00  # PA_PKU2U_NAME\n"
               "a1 0e 30 0c a0 03 02 01 01 a1 05 30 03 1b 01 75  # cname u\n"
               "a3 14 30 12 a0 03 02 01 02  # sname HTTP/h",
        .good = "30 0c a1 04 02 02 00 88 a2 04 04 02 30 00  # PA_PKU2U_NAME\n"
                "a1 1c 30 1a a0 03 02 01 0b a1 13 30 11  # cname WELLKNOWN/NULL\n"
                "a3 14 30 12 a0 03 02 01 02  # sname HTTP/h",
        .repair = "Leave PA_PKU2U_NAME out if cname and sname are Kerberos names; if it is "
                  "needed, write the NULL principal where it speaks.",
        .rules = "M11",
    },
    {
        .code = 6019,
        .name = "u2u-direction",
        .title = "A user-to-user message that only the other side sends",
        .text = "a user-to-user message that only the other side sends",
        .why = "Kerberos user-to-user is for acceptors without a service key. It begins "
               "with two more messages: the initiator asks for the acceptor's "
               "ticket-granting ticket (TOK_ID 04 00), and the acceptor sends it (04 "
               "01). Then AP-REQ and AP-REP follow. This message went the wrong way: its "
               "sender plays the wrong part, or the directions of the record are mixed "
               "up.",
        .bad = "a2 62 04 60  # mechToken, so from the initiator\n"
               "60 5e 06 09 2a 86 48 86 f7 12 01 02 02 04 01 30 4f  # the ticket",
        .good = "a2 3d 04 3b  # mechToken, so from the initiator\n"
                "60 39 06 09 2a 86 48 86 f7 12 01 02 02 04 00 30 2a  # asks for it",
        .repair = "Send TOK_ID 04 00 from the initiator and 04 01 from the acceptor. If "
                  "both are right, correct the directions of the record.",
        .rules = "M12",
    },
    {
        .code = 6020,
        .name = "sanon-length",
        .title = "A SAnon token of the wrong length",
        .text = "a SAnon token of {got} octets, expected {want}",
        .why = "SAnon sets up keys between two sides that stay anonymous, with X25519. "
               "Both tokens have fixed lengths. The initiator's is framed and holds its "
               "public key, 32 octets, with 8 octets of flags if there are any; the "
               "acceptor's is not framed and holds its public key and a MIC of 32 "
               "octets. At any other length key, flags and MIC cannot be found. The "
               "example in the draft's appendix is itself one digit short.",
        .bad = "60 2d 06 0a 2b 06 01 04 01 a9 4a 1a 01 6e  # 33 octets follow",
        .good = "60 2c 06 0a 2b 06 01 04 01 a9 4a 1a 01 6e  # 32 octets follow: the "
                "public key",
        .repair = "Write the public key with all its 32 octets, zeros included, and nothing "
                  "behind the last field.",
        .rules = "M13",
    },
    {
        .code = 6021,
        .name = "unreadable-mech",
        .title = "The message inside this token cannot be read",
        .text = "the message inside this token cannot be read",
        .why = "In mechToken, in responseToken and in the Exchange of a NegoEx message "
               "stands a token of the mechanism: for Kerberos a frame, a TOK_ID and the "
               "message that it names, for NTLM octets that begin with NTLMSSP. What "
               "stands here is no such token, or a TOK_ID that nobody has defined, or a "
               "message in which a length does not fit, or a field is missing or of "
               "another type. The token was cut off or damaged, or its maker uses a form "
               "that is not known here.\n"
               "It is a warning, because SPNEGO itself is not affected and carries the "
               "token on. The mechanism will refuse it.",
        .bad = "60 12 06 09 2a 86 48 86 f7 12 01 02 02 01 00 70 03 04 01 00  # no AP-REQ",
        .good = "60 7e 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 6f 30 6d  # an AP-REQ",
        .repair = "Carry the mechanism's token unchanged and whole. If it was made like "
                  "this, compare it with the mechanism's specification: of Kerberos "
                  "messages, RFC 4120, section 5.",
        .rules = "M02",
    },
    {
        .code = 7001,
        .name = "key-mic-wrong",
        .title = "The mechListMIC does not fit the offered list",
        .text = "the mechListMIC does not fit the mechTypes under this key",
        .why = "The mechListMIC is a signature, made with the session keys of the "
               "mechanism, over the list of mechanisms that the initiator offered. It "
               "shows that nobody has changed the list on the way. With the key that was "
               "given it does not fit, and none of the usual mistakes explains it.\n"
               "So the list was changed on the way, or the key is that of another "
               "session or was derived otherwise. The receiver must fail with "
               "DEFECTIVE_TOKEN.",
        .bad = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ  # one was "
               "cut\n"
               "A NegTokenResp request-mic, supportedMech NTLM\n"
               "I NegTokenResp responseToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
               "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over three "
               "entries",
        .good = "I NegTokenInit mechTypes {Kerberos, NTLM}, mechToken AP-REQ\n"
                "A NegTokenResp request-mic, supportedMech NTLM\n"
                "I NegTokenResp responseToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, responseToken CHALLENGE\n"
                "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over two entries",
        .repair = "Check first that the key is of this session: for NTLM the "
                  "ExportedSessionKey, for Kerberos the subkey if one was set; then compare "
                  "the list at both ends of the wire.",
        .rules = "K01",
    },
    {
        .code = 7002,
        .name = "key-mic-fits",
        .title = "The mechListMIC fits the offered list",
        .text = "the mechListMIC fits the mechTypes",
        .why = "The mechListMIC, a signature with the session keys of the mechanism, was "
               "computed again over the MechTypeList octets as the initiator sent them: "
               "from their 30 on, without the [0] around them, qop 0. It is the same.\n"
               "So the sender had the same keys and saw the same list, and no entry was "
               "added, removed or moved between the two sides. What the MIC does not "
               "cover is the rest of SPNEGO: reqFlags and the mechanisms' tokens.",
        .bad = "A NegTokenResp accept-completed, mechListMIC that does not fit",
        .good = "A NegTokenResp accept-completed, mechListMIC over mechTypes, fits",
        .repair = "Nothing needs repair.",
        .rules = "K01",
    },
    {
        .code = 7003,
        .name = "key-mic-wrapper",
        .title = "The mechListMIC covers the [0] around the list",
        .text = "the mechListMIC covers the mechTypes together with their [0]",
        .why = "In the NegTokenInit the list of mechanisms stands in an EXPLICIT [0]: "
               "a0, a length, then the MechTypeList itself, which begins with 30. The "
               "mechListMIC is made over the MechTypeList only. This one fits if the two "
               "octets or more of the [0] are included.\n"
               "RFC 2478 said no more than \"the MechTypes\", RFC 4178 has settled it "
               "(section 5 and appendix D). A conforming receiver computes other octets "
               "and fails with DEFECTIVE_TOKEN.",
        .bad = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over a0 0e 30 0c "
               "..",
        .good = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over 30 0c ..",
        .repair = "Sign the MechTypeList from its 30 on, with its own length and contents, "
                  "and leave out the context tag.",
        .rules = "K02",
    },
    {
        .code = 7004,
        .name = "key-mic-reencoded",
        .title = "The mechListMIC covers a list that was encoded again",
        .text = "the mechListMIC covers the mechTypes encoded again, not as they were "
                "sent",
        .why = "The mechListMIC covers the MechTypeList octet by octet as the initiator "
               "sent it. This one fits a fresh DER encoding of the same mechanisms, and "
               "the sent octets differ from that, for example in a length of more octets "
               "than needed.\n"
               "Who decodes the list and encodes it again for the signature is safe only "
               "with peers that write DER. Receivers that keep the octets, as MIT krb5 "
               "and FreeRDP do, refuse the MIC. The true fault is often with whoever "
               "sent the unusual list.",
        .bad = "I NegTokenInit mechTypes 30 81 0c 06 0a .., mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over 30 81 0c ..\n"
               "A NegTokenResp accept-completed, mechListMIC over 30 0c ..",
        .good = "I NegTokenInit mechTypes 30 81 0c 06 0a .., mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over 30 81 0c ..\n"
                "A NegTokenResp accept-completed, mechListMIC over 30 81 0c ..",
        .repair = "Keep the octets of the MechTypeList as they were sent or received and "
                  "sign those; and write the list in DER in the first place.",
        .seen = "Heimdal, pyspnego, sspi-rs and Samba encode the list again",
        .rules = "K02",
    },
    {
        .code = 7005,
        .name = "key-mic-selected",
        .title = "The mechListMIC covers only the selected mechanism",
        .text = "the mechListMIC covers only the selected mechanism",
        .why = "The mechListMIC protects the whole list that the initiator offered, in "
               "its order, also the mechanisms that were not selected. This one fits if "
               "only the selected mechanism is signed.\n"
               "That would protect nothing: what an attacker does is to remove the "
               "better mechanisms, and a signature over the one that is left fits all "
               "the same. In recorded exchanges with two offers and NTLM selected, both "
               "MICs cover both entries. A conforming receiver refuses this one.",
        .bad = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over {NTLM}",
        .good = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over {Kerberos, "
                "NTLM}",
        .repair = "Keep the mechTypes of the NegTokenInit until the end and sign all of "
                  "them, whatever was selected.",
        .rules = "K02",
    },
    {
        .code = 7006,
        .name = "key-mic-hint",
        .title = "The mechListMIC covers the list of the acceptor's hint",
        .text = "the mechListMIC covers the list of the acceptor's hint",
        .why = "Where the acceptor speaks first, as in SMB, its NegTokenInit2 lists what "
               "it has. That is a hint. The list that counts is the one in the "
               "initiator's NegTokenInit, and the mechListMIC covers that one. This MIC "
               "fits the hint's list instead.\n"
               "A hint is not authenticated and binds nobody, and the initiator may "
               "offer a different list; the peer then computes other octets and refuses. "
               "The sender has kept the wrong list.",
        .bad = "A NegTokenInit2 mechTypes {NEGOEX, NTLM}\n"
               "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
               "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
               "CHALLENGE\n"
               "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over {NEGOEX, "
               "NTLM}",
        .good = "A NegTokenInit2 mechTypes {NEGOEX, NTLM}\n"
                "I NegTokenInit mechTypes {NTLM}, mechToken NEGOTIATE\n"
                "A NegTokenResp accept-incomplete, supportedMech NTLM, responseToken "
                "CHALLENGE\n"
                "I NegTokenResp responseToken AUTHENTICATE, mechListMIC over {NTLM}",
        .repair = "Sign the mechTypes of the initiator's NegTokenInit on both sides, and "
                  "forget the hint's list once the offer has been made.",
        .rules = "K02",
    },
    {
        .code = 7007,
        .name = "key-mic-direction",
        .title = "The mechListMIC is made with the other direction's keys",
        .text = "the mechListMIC is as the other side makes it: by its key, its key usage "
                "or its flag",
        .why = "Mechanisms sign differently in each direction. NTLM has a signing and a "
               "sealing key from client to server and others back; Kerberos uses key "
               "usage 25 for the initiator's MIC and 23 for the acceptor's, and a flag "
               "that says who sent it. This MIC fits as if the other side had made it.\n"
               "The sender has mixed up its roles, or somebody has sent back what came "
               "from the receiver itself. A receiver that took it could be satisfied "
               "with its own MIC.",
        .bad = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC server to client",
        .good = "I NegTokenResp responseToken AUTHENTICATE, mechListMIC client to server",
        .repair = "Derive the keys by the role in the security context, initiator or "
                  "acceptor, and verify with those of the peer.",
        .rules = "K01",
    },
    {
        .code = 7008,
        .name = "key-ntlm-state",
        .title = "An NTLM mechListMIC does not start from fresh keys",
        .text = "the NTLM mechListMIC fits only behind {got} earlier signatures; it has "
                "to begin anew",
        .why = "NTLM encrypts its signatures with RC4, a stream that moves on with every "
               "use, and numbers them. The mechListMIC is made with a fresh stream and "
               "sequence number 0. This one fits only at a later number: the sender had "
               "signed something with the keys before.\n"
               "A receiver starts afresh, computes other octets and refuses. Behind the "
               "MIC both sides put the RC4 streams back to where they were, so that the "
               "first message of the application is encrypted from the same state.",
        .bad = "A NegTokenResp accept-completed, mechListMIC NTLM, SeqNum 1",
        .good = "A NegTokenResp accept-completed, mechListMIC NTLM, SeqNum 0",
        .repair = "Make the mechListMIC first of all with the new session's keys, and put "
                  "the RC4 state back to where it was afterwards, for sending and for "
                  "receiving.",
        .rules = "K03",
    },
    {
        .code = 7010,
        .name = "key-verify-wrong",
        .title = "A VERIFY does not fit the conversation",
        .text = "the VERIFY for {scheme} does not fit the conversation under this key",
        .why = "A VERIFY is a checksum, made with a key of the mechanism, over all "
               "NegoEx octets before it. It was computed again with the given key, with "
               "both pairs of key usages and with the messages that senders are known to "
               "leave out, and nothing fits.\n"
               "Either a message was changed on the way, or the record has not all "
               "messages, or the key is not the one: each side may have a key of its "
               "own, and in PKU2U the initiator's is the subkey of its authenticator, "
               "the acceptor's that of its AP-REP.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST  # PKU2U was cut out\n"
               "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY over what arrived\n"
               "I #5 VERIFY over what was sent",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519, PKU2U}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY over #0 to #3\n"
                "I #5 VERIFY over #0 to #4",
        .repair = "Check that the key is that of the VERIFY's maker and that the record "
                  "begins with message 0; if both are right, treat it as an attack.",
        .rules = "K04 K05",
    },
    {
        .code = 7011,
        .name = "key-verify-fits",
        .title = "A VERIFY fits the conversation",
        .text = "the VERIFY for {scheme} fits the conversation",
        .why = "The checksum of the VERIFY was computed again with the given key, over "
               "all NegoEx octets before it, of both sides, with the key usage of its "
               "maker (25 initiator, 23 acceptor). It is the same.\n"
               "So its maker had this key and saw the same schemes, the same order and "
               "the same metadata. The VERIFY does not cover what comes behind it, nor "
               "SPNEGO's own list: that is protected by the mechListMIC.",
        .bad = "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY that does not fit",
        .good = "A #2 ACCEPTOR_NEGO, #3 CHALLENGE, #4 VERIFY over #0 to #3, fits",
        .repair = "Nothing needs repair.",
        .rules = "K04",
    },
    {
        .code = 7012,
        .name = "key-verify-usage",
        .title = "The VERIFY is made with the key usages that the draft prints",
        .text = "the VERIFY fits with key usage {got}: the number that the draft prints; "
                "peers use the other one",
        .why = "A key usage is a number that goes into a checksum, so that the same key "
               "gives different ones for different purposes. The draft and [MS-NEGOEX] "
               "print 23 for the initiator's VERIFY and 25 for the acceptor's. MIT krb5, "
               "Heimdal, sspi-rs (which works with Windows) and asyauth do the reverse: "
               "25 and 23.\n"
               "This VERIFY fits with the printed numbers. So it is made by the letter, "
               "and the peers named here refuse it.",
        .bad = "I #5 VERIFY, key usage 23",
        .good = "I #5 VERIFY, key usage 25",
        .repair = "Use 25 for a VERIFY that the initiator makes and 23 for one that the "
                  "acceptor makes, when making and when checking.",
        .seen = "impacket",
        .rules = "K04",
    },
    {
        .code = 7013,
        .name = "key-verify-no-verify",
        .title = "The VERIFY leaves out the VERIFY messages before it",
        .text = "the VERIFY fits only without the VERIFY messages before it",
        .why = "A VERIFY covers all NegoEx messages before it, of both sides, in the "
               "order of the wire; earlier VERIFY messages are among them. This one fits "
               "only if those are left out.\n"
               "A conforming peer computes the checksum with them, so it refuses this "
               "one. It does not show in every conversation: the first VERIFY has none "
               "before it, so only the second one fails.",
        .bad = "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #3\n"
               "I #5 VERIFY over #0 to #3",
        .good = "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #3\n"
                "I #5 VERIFY over #0 to #4",
        .repair = "Append every message that is sent or received to the transcript, the "
                  "peer's VERIFY as well, before the next checksum is made.",
        .rules = "K05",
    },
    {
        .code = 7014,
        .name = "key-verify-no-alert",
        .title = "The VERIFY leaves out the ALERT messages before it",
        .text = "the VERIFY fits only without the ALERT messages before it",
        .why = "A VERIFY covers all NegoEx messages before it. An ALERT, by which a side "
               "asks for a VERIFY again because it had no key for the first, is one of "
               "them. This VERIFY fits only if the ALERTs are left out.\n"
               "The new VERIFY that answers an ALERT is made over everything up to then: "
               "the old VERIFY and the ALERT included. A conforming peer refuses this "
               "one. The mistake shows only where one side has its key earlier than the "
               "other.",
        .bad = "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 ALERT VERIFY_NO_KEY\n"
               "I #6 AP_REQUEST, #7 VERIFY over #0 to #4 and #6",
        .good = "A #3 ACCEPTOR_NEGO, #4 CHALLENGE, #5 ALERT VERIFY_NO_KEY\n"
                "I #6 AP_REQUEST, #7 VERIFY over #0 to #6",
        .repair = "Append every message to the transcript, whatever its type, before the "
                  "next checksum is made.",
        .rules = "K05",
    },
    {
        .code = 7015,
        .name = "key-verify-own",
        .title = "The VERIFY leaves out the messages of its own token",
        .text = "the VERIFY fits only without the other messages of its own token",
        .why = "A VERIFY is the last message of its token, and covers the messages in "
               "front of it there: NEGO, metadata, the mechanism's token, an ALERT. This "
               "one fits only over what was said up to the token before.\n"
               "So the sender made the checksum before it wrote the rest of its token. "
               "Its own list of schemes or its last mechanism token would be left "
               "unprotected, and a conforming peer refuses the VERIFY.",
        .bad = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
               "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #1",
        .good = "I #0 INITIATOR_NEGO {SAnon-X25519}, #1 AP_REQUEST\n"
                "A #2 ACCEPTOR_NEGO {SAnon-X25519}, #3 CHALLENGE, #4 VERIFY over #0 to #3",
        .repair = "Write the other messages of the token first, with their numbers, append "
                  "them to the transcript, and make the VERIFY over the result.",
        .rules = "K05",
    },
    {
        .code = 7016,
        .name = "key-checksum-type",
        .title = "The checksum type is not the one that the key requires",
        .text = "checksum type {got:d}, and the key's encryption type requires {want:d}",
        .why = "Every encryption type of Kerberos has one checksum type that goes with "
               "it: 15 and 16 for the AES keys 17 and 18, 19 and 20 for the keys 19 and "
               "20, 17 and 18 for the Camellia keys 25 and 26, 12 for triple DES (16), "
               "-138 for RC4 (23). A VERIFY uses that of the mechanism's key.\n"
               "Another one may even be computable with the key. A receiver need not "
               "have it: libspnego-gss takes only the type that goes with the key.",
        .bad = "A #4 VERIFY, ChecksumType 15, key of encryption type 19",
        .good = "A #4 VERIFY, ChecksumType 19, key of encryption type 19",
        .repair = "Look up the required checksum type of the key's encryption type; do not "
                  "fix one type in the code for all keys.",
        .rules = "K06",
    },
    {
        .code = 7017,
        .name = "key-not-tried",
        .title = "A checksum was not checked",
        .text = "it was not checked: there is no key for it, or what it covers is not all "
                "here",
        .why = "A mechListMIC or a VERIFY is a checksum with a session key of the "
               "mechanism. No key was given that belongs to its mechanism and its maker, "
               "so nothing was computed. It is neither right nor wrong so far.\n"
               "The key does not go over the wire in the clear: it has to come from one "
               "of the two ends, such as an NTLM ExportedSessionKey, a Kerberos subkey "
               "or the VERIFY key of a NegoEx scheme.\n"
               "The same is said of a VERIFY that does not fit while messages before it "
               "are missing from the record, or while its scheme was given up for "
               "another, whose key the given one may be.",
        .bad = "A NegTokenResp accept-completed, mechListMIC of NTLM  # no NTLM key was "
               "given",
        .good = "A NegTokenResp accept-completed, mechListMIC of NTLM  # a key was given",
        .repair = "Give the session key of the mechanism to have it checked; a session key "
                  "is a secret, so do this with test accounts.",
        .rules = "K01 K04",
    },
    {
        .code = 8001,
        .name = "http-scheme",
        .title = "The HTTP authentication scheme is not Negotiate",
        .text = "the scheme of the header is not Negotiate",
        .why = "HTTP carries SPNEGO in two headers: WWW-Authenticate from the server and "
               "Authorization from the client. The first word names the scheme, here "
               "Negotiate, in capital or small letters; the token follows in base64. "
               "Another word announces another protocol, NTLM or Basic for example, and "
               "the peer will not look for SPNEGO there. Kerberos is no scheme: its "
               "tokens go under Negotiate.",
        .bad = "GET / HTTP/1.1\n"
               "Authorization: Kerberos YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK",
        .good = "GET / HTTP/1.1\n"
                "Authorization: Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK",
        .repair = "Write the scheme word Negotiate, one blank, and the token in base64.",
        .rules = "W01",
    },
    {
        .code = 8002,
        .name = "http-value",
        .title = "The HTTP header has no single base64 value",
        .text = "the header has no single base64 value",
        .why = "Behind the word Negotiate stands the token as one base64 value, in the "
               "alphabet of RFC 4648, with padding and without line breaks. Here it is "
               "missing, in several parts, or holds characters that base64 does not "
               "have. Headers get broken when they are folded, joined with a comma, cut "
               "at a limit, or written in the URL alphabet with - and _. Decoders that "
               "skip bad characters make another token of it.",
        .bad = "GET / HTTP/1.1\n"
               "Authorization: Negotiate YBwGBisGAQUFAqASMBCg DjAMBgorBgEEAYI3AgIK",
        .good = "GET / HTTP/1.1\n"
                "Authorization: Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK",
        .repair = "Write the whole token as one value of standard base64 with its padding, "
                  "on one line. Only the server's first challenge has the bare word "
                  "Negotiate.",
        .rules = "W01",
    },
    {
        .code = 8003,
        .name = "http-initial-data",
        .title = "The first 401 already has data",
        .text = "the first 401 has data; the client speaks first",
        .why = "Under the scheme Negotiate the client speaks first: the server's first "
               "401 has the bare word Negotiate, which only says that SPNEGO can be "
               "used. Data behind it would be an answer to a token that nobody has sent. "
               "A client may take it for the continuation of an old negotiation and "
               "fail. A server that wants to speak first has the scheme Nego2 for it.",
        .bad = "HTTP/1.1 401 Unauthorized\n"
               "WWW-Authenticate: Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK",
        .good = "HTTP/1.1 401 Unauthorized\n"
                "WWW-Authenticate: Negotiate",
        .repair = "Send the bare word Negotiate until the client has sent a token on this "
                  "connection.",
        .rules = "W02",
    },
    {
        .code = 8004,
        .name = "http-final-token",
        .title = "The answer carries the acceptor's last token",
        .text = "the answer has the acceptor's last token: process it before the body is "
                "trusted",
        .why = "A 200 says that the server has accepted the client. The token beside it "
               "is for the other direction: with it the client's mechanism verifies the "
               "server, as the AP-REP of Kerberos does, or SPNEGO verifies the server's "
               "mechListMIC. So it has to be processed before anything in the answer is "
               "trusted. The token may come with other statuses than 200 as well, a "
               "redirect for example.",
        .bad = "HTTP/1.1 200 OK\n"
               "WWW-Authenticate: Negotiate oQcwBaADCgEA\n"
               "# a client that reads the body and drops this",
        .good = "HTTP/1.1 200 OK\n"
                "WWW-Authenticate: Negotiate oQcwBaADCgEA\n"
                "# a client that gives this to its context first",
        .repair = "As a client, give the token to the context and use the answer only if "
                  "that completes. A server has nothing to change.",
        .rules = "W03",
    },
    {
        .code = 8005,
        .name = "http-no-final-token",
        .title = "Success, and the acceptor's last token is missing",
        .text = "success, and the acceptor's last token is missing",
        .why = "The server says 200 and sends no token, although the client's context is "
               "not complete: it waits for the acceptor's last one, with the AP-REP of "
               "Kerberos or the mechListMIC in it. The server has let the client in, but "
               "has not proved itself; a client that asked for mutual authentication "
               "cannot know whom it talks to.",
        .bad = "GET / HTTP/1.1\n"
               "Authorization: Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK\n"
               "\n"
               "HTTP/1.1 200 OK",
        .good = "GET / HTTP/1.1\n"
                "Authorization: Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK\n"
                "\n"
                "HTTP/1.1 200 OK\n"
                "WWW-Authenticate: Negotiate oQcwBaADCgEA",
        .repair = "Send the acceptor's last token in WWW-Authenticate with the final "
                  "answer, whatever its status.",
        .rules = "W03",
    },
    {
        .code = 8006,
        .name = "smb-blob-bounds",
        .title = "The SMB security blob does not lie inside its packet",
        .text = "the security blob, {got} octets, does not lie inside its packet",
        .why = "SMB carries the SPNEGO token in a security buffer. In SMB2 two fields "
               "say where it is: SecurityBufferOffset, counted from the SMB2 header, and "
               "SecurityBufferLength. In SMB1's NEGOTIATE the length follows from "
               "ByteCount. Here they point outside the packet. A receiver that trusts "
               "them reads foreign memory; the Linux server ksmbd did so over lengths "
               "that did not agree (CVE-2024-26594). Or the capture has cut the packet "
               "short.",
        .bad = "SMB2 SESSION_SETUP request of 600 octets\n"
               "SecurityBufferOffset 0x58, SecurityBufferLength 1200",
        .good = "SMB2 SESSION_SETUP request of 1288 octets\n"
                "SecurityBufferOffset 0x58, SecurityBufferLength 1200",
        .repair = "Count the offset from the first octet of the SMB2 header, and let offset "
                  "plus length end inside the packet. Capture whole packets.",
        .rules = "W04",
    },
    {
        .code = 8007,
        .name = "dcerpc-trailer",
        .title = "The DCE/RPC sec_trailer is not where the lengths put it",
        .text = "the sec_trailer is not at frag_length - auth_length - 8",
        .why = "A DCE/RPC packet has the security token at its very end, and before it "
               "the sec_trailer, 8 octets that tell mechanism and level. Where it begins "
               "is computed: frag_length, the length of the packet, minus auth_length, "
               "the length of the token alone, minus 8. If no sec_trailer is there, one "
               "of the lengths is wrong, and the receiver takes other octets for type, "
               "level and token.",
        .bad = "frag_length 160, auth_length 88, sec_trailer at 72  # 160 - 88 - 8 = 64",
        .good = "frag_length 160, auth_length 80, sec_trailer at 72  # 160 - 80 - 8 = 72",
        .repair = "Let auth_length count the token without the 8 octets of the sec_trailer "
                  "and without the padding before it.",
        .rules = "W06",
    },
    {
        .code = 8008,
        .name = "nego2",
        .title = "Nego2: the server speaks first",
        .text = "Nego2: the server's first 401 has its NegTokenInit2",
        .why = "Nego2 is a second HTTP scheme of Microsoft for SPNEGO, beside Negotiate. "
               "Its difference: the server's first 401 already carries a NegTokenInit2, "
               "which lists the server's mechanisms, so that the client can begin with "
               "one that the server has. As with every such hint nothing protects it "
               "against changes on the way, and no MIC covers it. Clients that do not "
               "know the scheme use Negotiate.",
        .bad = "HTTP/1.1 401 Unauthorized\n"
               "WWW-Authenticate: Nego2 YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK",
        .good = "HTTP/1.1 401 Unauthorized\n"
                "WWW-Authenticate: Negotiate",
        .repair = "Nothing has to change. A server that offers Nego2 offers Negotiate "
                  "beside it; a client lets the list only order what it would offer anyway.",
        .seen = "Windows ([MS-N2HT])",
        .rules = "W07",
    },
};

const size_t explanations_count = sizeof(explanations) / sizeof(explanations[0]);
