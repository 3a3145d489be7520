// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Node.js with the vendor's client, put together from what the build fetched and what is among the test resources. It is the
 * same on every machine: a Node.js that happens to be installed is used only if {@code -Dfilbert.node=<executable>} says so.
 *
 * @param directory where the build put the library, and where the packages go
 * @param executable an executable to use instead of the library, or null
 */
record NodeInstallation(Path directory, @Nullable String executable) {

    private static final List<NpmPackage> PACKAGES = List.of(
            new NpmPackage(
                    "hazelcast-client",
                    "5.7.0",
                    "3uXuQYzKyBdgJmVgfSv4FtE+qOmfJQzloW0tYHr3iBwI/zWFO/olp/N97lUhgtWeT4hGyfTpwKRU1f5CYBa8jA=="),
            new NpmPackage(
                    "long",
                    "4.0.0",
                    "XsP+KhQif4bjX1kbuSiySJFNAehNxgLb6hPRGJ9QsUr8ajHkuXGdrHmFUTUUXhDwVX2R5bY4JNZEwbUiMhV+MA=="));

    /** The one the system properties tell of, packages unpacked. */
    static NodeInstallation prepare() throws IOException {
        String directory = System.getProperty("filbert.node.directory");
        if (directory == null) {
            throw new IllegalStateException(
                    "No system property filbert.node.directory: run this test by Maven, or set the"
                            + " property to the directory target/node that an earlier run has made");
        }
        NodeInstallation node = new NodeInstallation(
                Path.of(directory).toAbsolutePath().normalize(), System.getProperty("filbert.node"));
        Path modules = node.directory().resolve("node_modules");
        for (NpmPackage each : PACKAGES) {
            each.unpackInto(modules);
        }
        return node;
    }

    /** The command line that runs a script; the script's only argument is the directory above {@code node_modules}. */
    List<String> command(Path script) {
        List<String> command = new ArrayList<>();
        if (executable != null) {
            command.add(executable);
        } else {
            requireLibrary();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            if (Runtime.version().feature() >= 22) {
                command.add("--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of("-cp", location(V8Host.class) + File.pathSeparator + location(EmbeddedNode.class)));
            command.add(EmbeddedNode.class.getName());
            command.add(directory.toString());
        }
        command.add(script.toString());
        command.add(directory.toString());
        return command;
    }

    private void requireLibrary() {
        String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        String instead = "; -Dfilbert.node=<executable> names a Node.js of your own, 20 or newer";
        try {
            String library = new JavetLibLoader(JSRuntimeType.Node).getLibFileName();
            if (!Files.exists(directory.resolve(library))) {
                throw new IllegalStateException(
                        "The build has put no " + library + " for " + platform + " into " + directory + instead);
            }
        } catch (JavetException e) {
            throw new IllegalStateException("There is no Node.js on Maven Central for " + platform + instead, e);
        }
    }

    /** The jar or directory a class is from. */
    static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path of the tests is not a path", e);
        }
    }
}
