package dev.catamaran.it.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The main class that a published server lacks, compiled against the server's own jars: its sources
 * are resources of ours, so nothing of a server is needed to build us.
 */
final class LauncherClasses {

    static final String MAIN_CLASS = "dev.catamaran.it.launcher.RealServer";
    static final String MAIN_CLASS_SINCE_3 = "dev.catamaran.it.launcher.RealServerSince3";

    private static final List<String> SOURCES =
            List.of(
                    "RealServer.java",
                    "RealServerSince3.java",
                    "ConsoleParts.java",
                    "OpenedDatabase.java",
                    "ParentWatch.java");

    private LauncherClasses() {}

    /**
     * Folder of the compiled classes; compiles them unless that was done before.
     *
     * @param wantsLogin whether the server has the module that checks logins
     * @throws IOException if they cannot be compiled or written
     */
    static Path in(Path folder, List<Path> classPath, boolean wantsLogin) throws IOException {
        Path classes = folder.resolve("launcher");
        Map<String, String> sources = sources(wantsLogin);
        String all = String.join("\n", sources.values());
        Path done = folder.resolve("launcher.sources");
        if (Files.exists(done) && Files.readString(done).equals(all)) {
            return classes;
        }
        Path written = Files.createDirectories(folder.resolve("launcher-sources"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            files.add(Files.writeString(written.resolve(source.getKey()), source.getValue()));
        }
        compile(files, Files.createDirectories(classes), classPath);
        Files.writeString(done, all);
        return classes;
    }

    private static void compile(List<Path> files, Path to, List<Path> classPath)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this is no JDK but a JRE: run the tests with a JDK");
        }
        StringWriter messages = new StringWriter();
        // class files of Java 8: the Spring of 2.0.4 reads no newer ones when it scans for beans
        List<String> options =
                List.of(
                        "--release",
                        "8",
                        "-proc:none",
                        "-nowarn",
                        "-encoding",
                        "UTF-8",
                        "-d",
                        to.toString(),
                        "-cp",
                        classPath.stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator)));
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    manager,
                                    null,
                                    options,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files))
                            .call();
            if (!compiled) {
                throw new IOException("the launcher does not compile against it:\n" + messages);
            }
        }
    }

    private static Map<String, String> sources(boolean wantsLogin) throws IOException {
        List<String> names = new ArrayList<>(SOURCES);
        if (wantsLogin) {
            names.add("LoginAnswers.java");
        }
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : names) {
            try (InputStream in = LauncherClasses.class.getResourceAsStream("launcher/" + name)) {
                if (in == null) {
                    throw new IOException("launcher/" + name + " is missing from this jar");
                }
                sources.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return sources;
    }
}
