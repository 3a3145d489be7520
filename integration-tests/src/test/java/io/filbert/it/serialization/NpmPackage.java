// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * A package as the npm registry gives it, kept among the test resources: a compressed tar archive.
 *
 * @param name what scripts require it by
 * @param version the release
 * @param sha512 the sum of the archive, in base64 as the registry states it
 */
record NpmPackage(String name, String version, String sha512) {

    private static final int BLOCK = 512;

    /** Unpacks the scripts into a directory {@code node_modules}, unless they are there already. */
    void unpackInto(Path modules) throws IOException {
        Path unpacked = modules.resolve(name);
        Path mark = unpacked.resolve(".unpacked");
        if (Files.exists(mark) && Files.readString(mark).equals(sha512)) {
            return;
        }
        unpack(verifiedArchive(), unpacked);
        Files.writeString(mark, sha512);
    }

    private byte[] verifiedArchive() throws IOException {
        String resource = "npm/" + name + "-" + version + ".tgz";
        try (InputStream in = NpmPackage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("No test resource " + resource);
            }
            byte[] archive = in.readAllBytes();
            String sum = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
            if (!sum.equals(sha512)) {
                throw new IOException(resource + " is not what was published: its sum is " + sum + ", not " + sha512);
            }
            return archive;
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("Every JDK has SHA-512", e);
        }
    }

    /** Reads plain files with short names, which is all such archives are made of; everything else is an error. */
    private void unpack(byte[] archive, Path target) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            byte[] header = new byte[BLOCK];
            for (in.readFully(header); header[0] != 0; in.readFully(header)) {
                String entry = text(header, 345, 155) + text(header, 0, 100);
                if (header[156] != '0' || !entry.startsWith("package/")) {
                    throw new IOException(name + " contains " + entry + " of type " + (char) header[156]);
                }
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                byte[] content = new byte[size];
                in.readFully(content);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (entry.endsWith(".js") || entry.endsWith(".json")) {
                    write(target, target.resolve(entry.substring("package/".length())), content);
                }
            }
        }
    }

    private static void write(Path root, Path file, byte[] content) throws IOException {
        if (!file.normalize().startsWith(root)) {
            throw new IOException(file + " is outside of " + root);
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
    }
}
