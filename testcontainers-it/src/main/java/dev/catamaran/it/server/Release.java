package dev.catamaran.it.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A published server whose jars make the real thing. The project itself publishes no server jars
 * for 1.x and 2.x; these sets were published by others from the official tags.
 *
 * @param version version of the server
 * @param group group id of its artifacts
 * @param artifactVersion version of its artifacts
 * @param importsParent whether the versions of third-party jars must be taken from {@code
 *     nacos-all}; without it 2.0.4 and 2.1.2 get a gRPC that breaks traffic between servers while
 *     every member still looks up. From 2.2 on the parent is not published whole and not needed.
 * @param hasConfig whether the config module is part of it: from 2.3 on a server does not start
 *     without, before 2.3 a cluster with it does not start on an empty embedded database
 * @param more further modules of it
 */
record Release(
        String version,
        String group,
        String artifactVersion,
        boolean importsParent,
        boolean hasConfig,
        List<String> more) {

    private static final String JEECG = "org.jeecgframework.nacos";
    private static final String XIAONUO = "vip.xiaonuo.nacos";
    private static final String XUXIAOWEI = "io.xuxiaowei.nacos";

    private static final String PIG_MESH = "io.github.pig-mesh.nacos";

    /** Has the two application classes of 3.x; its main class is published nowhere. */
    private static final String SERVER_OF_3 = "nacos-server";

    private static final List<Release> KNOWN =
            List.of(
                    new Release("2.0.4", JEECG, "2.0.4", true, false, List.of()),
                    new Release("2.1.2", XIAONUO, "2.1.2.GA", true, false, List.of()),
                    new Release("2.2.3", JEECG, "2.2.3", false, false, List.of()),
                    new Release("2.3.1", XIAONUO, "2.3.1", false, true, List.of()),
                    new Release("2.3.2", XUXIAOWEI, "2.3.2", false, true, List.of()),
                    new Release("2.4.0.1", XUXIAOWEI, "2.4.0.1", false, true, List.of()),
                    new Release("2.4.1", XUXIAOWEI, "2.4.1", false, true, List.of()),
                    new Release("2.4.2", XUXIAOWEI, "2.4.2", false, true, List.of()),
                    new Release("2.4.3", XUXIAOWEI, "2.4.3", false, true, List.of()),
                    new Release("2.5.0", XUXIAOWEI, "2.5.0", false, true, List.of()),
                    new Release(
                            "3.1.0", PIG_MESH, "3.1.0-bugfix", false, false, List.of(SERVER_OF_3)));

    /** What checks logins, in the releases that publish it. */
    private static final Map<String, String> LOGIN =
            Map.of("2.2.3", "nacos-plugin-default-impl", "2.5.0", "nacos-default-plugin-all");

    /** An old one comes first there; the parent, which is not published whole, has this one. */
    private static final String SPRING_TX_OF_2_2_3 =
            "<dependency><groupId>org.springframework</groupId><artifactId>spring-tx</artifactId>"
                    + "<version>5.3.24</version></dependency>";

    Release {
        more = List.copyOf(more);
    }

    /** All versions, oldest first. */
    static List<String> versions() {
        return KNOWN.stream().map(Release::version).toList();
    }

    /**
     * The release with this version.
     *
     * @throws IllegalArgumentException if there is none; names those there are
     */
    static Release of(String version) {
        return KNOWN.stream()
                .filter(release -> release.version.equals(version))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no published server "
                                                + version
                                                + "; known are "
                                                + String.join(", ", versions())));
    }

    /** The project description with which Maven works out the class path. */
    String pom() {
        List<String> modules = new ArrayList<>(List.of("nacos-core", "nacos-naming"));
        if (hasConfig) {
            modules.add("nacos-config");
        }
        modules.addAll(more);
        String dependencies =
                modules.stream()
                        .map(module -> dependency(module, ""))
                        .collect(Collectors.joining());
        String managed = "";
        if (importsParent) {
            managed = dependency("nacos-all", "<type>pom</type><scope>import</scope>");
        } else if (version.equals("2.2.3")) {
            managed = SPRING_TX_OF_2_2_3;
        }
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.catamaran.real</groupId>
          <artifactId>server</artifactId>
          <version>%s</version>
          <packaging>pom</packaging>
          <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
          <dependencies>%s</dependencies>
        </project>
        """
                .formatted(version, managed, dependencies);
    }

    private String dependency(String artifact, String more) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
                .formatted(group, artifact, artifactVersion, more);
    }

    /** The same with what checks logins, whose users lie in the config module's database. */
    Release withLogin() {
        String login = LOGIN.get(version);
        if (login == null) {
            throw new IllegalArgumentException(
                    version + " is published without logins; those with are " + LOGIN.keySet());
        }
        return new Release(version, group, artifactVersion, importsParent, true, List.of(login));
    }

    /** Where it is remembered. */
    String folder() {
        return LOGIN.containsKey(version) && more.contains(LOGIN.get(version))
                ? version + "-login"
                : version;
    }

    boolean isSince3() {
        return version.startsWith("3.");
    }

    /** Whether this server still has the 1.x raft and can be kept on it. */
    boolean hasLegacyRaft() {
        return version.startsWith("2.0.") || version.startsWith("2.1.");
    }
}
