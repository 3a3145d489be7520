// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One part of a PEM file: what is between a BEGIN and its END line.
 *
 * @param label what the BEGIN line says it is
 * @param headers lines with a colon before the content, as encrypted keys of the traditional form have them
 * @param content the decoded bytes
 */
record PemBlock(String label, Map<String, String> headers, byte[] content) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** All blocks of a file, in order; other text between them is skipped. */
    static List<PemBlock> parse(byte[] file) throws UnusablePemException {
        // Latin-1 knows every byte, so that a file of another kind is not an encoding problem.
        String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\\R", -1);
        List<PemBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                int end = endOf(label, lines, i + 1);
                blocks.add(block(label, lines, i + 1, end));
                i = end;
            }
        }
        return blocks;
    }

    private static int endOf(String label, String[] lines, int from) throws UnusablePemException {
        for (int i = from; i < lines.length; i++) {
            if (lines[i].strip().equals(END + label + DASHES)) {
                return i;
            }
        }
        throw new UnusablePemException("is cut off: a " + label + " begins in line " + from + " and does not end");
    }

    private static PemBlock block(String label, String[] lines, int from, int end) throws UnusablePemException {
        Map<String, String> headers = new LinkedHashMap<>();
        StringBuilder base64 = new StringBuilder();
        for (int i = from; i < end; i++) {
            String line = lines[i].strip();
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else {
                base64.append(line);
            }
        }
        try {
            return new PemBlock(label, headers, Base64.getDecoder().decode(base64.toString()));
        } catch (IllegalArgumentException e) {
            throw new UnusablePemException(
                    "is damaged: the " + label + " that begins in line " + from + " is not base64");
        }
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** Says what it is and not what is in it. */
    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
