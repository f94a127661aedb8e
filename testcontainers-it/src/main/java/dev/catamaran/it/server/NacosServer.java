package dev.catamaran.it.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real server, made of jars published for others to build on.
 *
 * <pre>{@code
 * try (ServerCluster cluster = NacosServer.of("2.1.2").cluster(3)) {
 *     cluster.start();
 *     cluster.awaitUp();
 *     ...
 * }
 * }</pre>
 *
 * @param version version of the server, one of {@link #versions()}
 * @param heapMb its {@code -Xmx} in MiB
 * @param keepsLegacyRaft whether it is made to stay on the raft of 1.x; 2.0 and 2.1 only
 * @param wantsLogin whether it lets nobody in without a login
 * @param settings settings after those that every server here gets
 * @param jvmOptions further options of its JVM
 */
public record NacosServer(
        String version,
        int heapMb,
        boolean keepsLegacyRaft,
        boolean wantsLogin,
        Map<String, String> settings,
        List<String> jvmOptions)
        implements ServerKind {

    /** Enough for the loads of these suites; a server takes about 200 MB more than its heap. */
    private static final int HEAP_MB = 256;

    /** What its serializers reach into; 2.4.1 takes no persistent instance without the last. */
    private static final List<String> OPENED =
            List.of(
                    "java.io",
                    "java.lang",
                    "java.lang.reflect",
                    "java.math",
                    "java.net",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic");

    public NacosServer {
        settings = Map.copyOf(settings);
        jvmOptions = List.copyOf(jvmOptions);
        if (keepsLegacyRaft && !Release.of(version).hasLegacyRaft()) {
            throw new IllegalArgumentException(version + " has no raft of 1.x to stay on");
        }
        if (wantsLogin) {
            Release.of(version).withLogin();
        }
    }

    /**
     * The server of this version.
     *
     * @throws IllegalArgumentException if no such server is published; names those that are
     */
    public static NacosServer of(String version) {
        return new NacosServer(
                Release.of(version).version(), HEAP_MB, false, false, Map.of(), List.of());
    }

    /** All versions that can be had, oldest first. */
    public static List<String> versions() {
        return Release.versions();
    }

    /** The same with another heap, in MiB. */
    public NacosServer heap(int megabytes) {
        return new NacosServer(
                version, megabytes, keepsLegacyRaft, wantsLogin, settings, jvmOptions);
    }

    /**
     * The same, staying on the raft of 1.x with all its members alive: a version 1.3.2 is put first
     * on its class path, which its upgrade check takes for its own (research: without that it
     * leaves that raft for good within 15 s). Instance operations go to the 2.x groups first and
     * are written a second time into legacy datums.
     */
    public NacosServer keepingLegacyRaft() {
        return new NacosServer(version, heapMb, true, wantsLogin, settings, jvmOptions);
    }

    /**
     * The same, letting nobody in without a login: with the authorization module of its release,
     * whose users lie in the embedded database, so standalone only (a 2.2.3 cluster does not start
     * with that).
     *
     * @param secret key of the tokens, at least 32 bytes in base64
     * @param tokenSeconds how long a token is good
     */
    public NacosServer wantingLogin(String secret, int tokenSeconds) {
        NacosServer open =
                new NacosServer(version, heapMb, keepsLegacyRaft, true, settings, jvmOptions);
        return open.setting("nacos.core.auth.enabled", "true")
                // the module brings its own rules for Spring's part of it
                .setting("spring.autoconfigure.exclude", "")
                .setting("nacos.core.auth.plugin.nacos.token.secret.key", secret)
                .setting(
                        "nacos.core.auth.plugin.nacos.token.expire.seconds",
                        Integer.toString(tokenSeconds));
    }

    /** The same with one more setting of {@code application.properties}. */
    public NacosServer setting(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new NacosServer(version, heapMb, keepsLegacyRaft, wantsLogin, more, jvmOptions);
    }

    /** The same with one more option of its JVM. */
    public NacosServer jvmOption(String option) {
        List<String> more = new ArrayList<>(jvmOptions);
        more.add(option);
        return new NacosServer(version, heapMb, keepsLegacyRaft, wantsLogin, settings, more);
    }

    /**
     * A cluster of such servers on new homes; nothing is started.
     *
     * @throws ReleaseUnavailable if the server cannot be had on this machine
     * @throws IOException if the homes cannot be made
     */
    public ServerCluster cluster(int count) throws IOException {
        return ClusterPlan.of(this, count).prepare();
    }

    /**
     * One such server, standalone, on a new home; it is not started.
     *
     * @throws ReleaseUnavailable if the server cannot be had on this machine
     * @throws IOException if the home cannot be made
     */
    public ServerCluster standalone() throws IOException {
        return ClusterPlan.of(this, 1).standalone().prepare();
    }

    /**
     * Makes sure that the server can be had, downloading what is missing.
     *
     * @return its jars
     * @throws ReleaseUnavailable if it cannot
     * @throws IOException if the cache of class paths cannot be written
     */
    public List<Path> fetch() throws IOException {
        return ClassPaths.here().of(release());
    }

    private Release release() {
        Release release = Release.of(version);
        return wantsLogin ? release.withLogin() : release;
    }

    @Override
    public String title() {
        return "nacos "
                + version
                + (keepsLegacyRaft ? " on the raft of 1.x" : "")
                + (wantsLogin ? " with login" : "");
    }

    @Override
    public void prepare(Seat seat) throws IOException {
        Path conf = Files.createDirectories(seat.home().resolve("conf"));
        StringBuilder properties = new StringBuilder(resource("application.properties"));
        Map<String, String> own = new LinkedHashMap<>();
        own.put("server.port", Integer.toString(Addresses.port(seat.address())));
        own.put("server.address", Addresses.host(seat.address()));
        if (release().isSince3()) {
            own.put("nacos.server.main.port", Integer.toString(Addresses.port(seat.address())));
        }
        // Tomcat's working folder would else stay behind in /tmp after a kill
        own.put("server.tomcat.basedir", seat.home().resolve("tomcat").toString());
        if (keepsLegacyRaft) {
            own.put("nacos.core.support.upgrade.from.1x", "true");
        }
        own.putAll(settings);
        own.forEach((key, value) -> properties.append(key + "=" + value + "\n"));
        Files.writeString(conf.resolve("application.properties"), properties);
        MemberList.write(seat);
        if (release().hasConfig()) {
            DatabaseSchema.removeHalfMade(seat.home());
            DatabaseSchema.copy(fetch(), conf);
        }
    }

    @Override
    public List<String> command(Seat seat) throws IOException {
        Path temporary = Files.createDirectories(seat.home().resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx" + heapMb + "m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        // native libraries are unpacked there, and go with the home
                        "-Djava.io.tmpdir=" + temporary,
                        "-Duser.home=" + seat.home(),
                        "-Dnacos.home=" + seat.home(),
                        // without it they go below the user's home (2.0, 2.1)
                        "-Dnacos.logs.path=" + seat.home().resolve("logs"),
                        "-Dnacos.server.ip=" + Addresses.host(seat.address()),
                        "-Dnacos.standalone=" + seat.isStandalone()));
        if (release().hasConfig()) {
            command.add("-DembeddedStorage=true");
            // made with a sync after each page, it is not there within the server's own 10 s
            command.add("-Dderby.system.durability=test");
        }
        if (release().isSince3()) {
            // without it the config module wants its database migrated first
            command.add("-Dnacos.functionMode=naming");
        }
        for (String opened : OPENED) {
            command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        classPath(seat),
                        release().isSince3()
                                ? LauncherClasses.MAIN_CLASS_SINCE_3
                                : LauncherClasses.MAIN_CLASS,
                        // as the distribution's start script: the naming jar has a file of its own
                        "--spring.config.additional-location=file:"
                                + seat.home().resolve("conf")
                                + "/"));
        return command;
    }

    private String classPath(Seat seat) throws IOException {
        List<Path> jars = fetch();
        Path folder = ClassPaths.here().folder(release());
        List<Path> all = new ArrayList<>();
        if (release().isSince3()) {
            // it also looks for application.properties there
            all.add(seat.home().resolve("conf"));
        }
        if (keepsLegacyRaft) {
            Path old = Files.createDirectories(folder.resolve("version-1.3.2"));
            Files.writeString(old.resolve("nacos-version.txt"), "version=1.3.2\n");
            all.add(old);
        }
        all.add(LauncherClasses.in(folder, jars, wantsLogin));
        all.addAll(jars);
        return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public Optional<String> whyNotUp(Seat seat, NacosApi api) {
        return NacosReadiness.whyNotUp(seat, api, keepsLegacyRaft);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = NacosServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
