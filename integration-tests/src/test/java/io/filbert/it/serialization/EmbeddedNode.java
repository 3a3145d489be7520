// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.caoccao.javet.interop.options.NodeRuntimeOptions;
import java.io.File;
import java.util.Arrays;

/**
 * The command {@code node}, as far as the tests need it: runs a script in a Node.js that is a library of the JVM. A process of
 * its own, as the real one would be, so that a crash there is none here.
 */
final class EmbeddedNode {

    private EmbeddedNode() {}

    /**
     * Runs a script until it has nothing left to do.
     *
     * @param args the directory of the library, the script, and what the script shall see of its command line
     */
    public static void main(String[] args) throws Exception {
        JavetLibLoader.setLibLoadingListener(new InDirectory(new File(args[0])));
        NodeRuntimeOptions options = new NodeRuntimeOptions();
        options.setConsoleArguments(Arrays.copyOfRange(args, 1, args.length));
        try (NodeRuntime node = V8Host.getNodeInstance().createV8Runtime(options)) {
            node.getExecutor(new File(args[1])).executeVoid();
            node.await();
        }
    }

    /** Takes the library from where the build put it, rather than from a copy in the temporary directory. */
    private record InDirectory(File directory) implements IJavetLibLoadingListener {

        @Override
        public File getLibPath(JSRuntimeType type) {
            return directory;
        }

        @Override
        public boolean isDeploy(JSRuntimeType type) {
            return false;
        }
    }
}
