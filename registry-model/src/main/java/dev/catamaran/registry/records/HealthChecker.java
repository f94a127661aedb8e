package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

/** How a cluster's persistent instances are probed (spec: legacy-raft 2.4, jraft-groups 3.3). */
public sealed interface HealthChecker {

    /** The checker of a cluster that names none. */
    HealthChecker DEFAULT = new Tcp();

    /** The name both worlds write: {@code TCP}, {@code HTTP}, {@code MYSQL} or {@code NONE}. */
    String type();

    /** Probes by opening a connection. */
    record Tcp() implements HealthChecker {
        @Override
        public String type() {
            return "TCP";
        }
    }

    /**
     * Probes by a GET.
     *
     * @param path path and query asked for
     * @param headers header lines, as the operator wrote them
     * @param expectedResponseCode status that counts as healthy
     */
    record Http(String path, String headers, int expectedResponseCode) implements HealthChecker {
        public Http {
            requireNonNull(path, "path is null");
            requireNonNull(headers, "headers is null");
        }

        @Override
        public String type() {
            return "HTTP";
        }
    }

    /**
     * Probes by a statement.
     *
     * @param user database user
     * @param pwd its password; never logged
     * @param cmd the statement
     */
    record Mysql(String user, String pwd, String cmd) implements HealthChecker {
        public Mysql {
            requireNonNull(user, "user is null");
            requireNonNull(pwd, "pwd is null");
            requireNonNull(cmd, "cmd is null");
        }

        @Override
        public String type() {
            return "MYSQL";
        }

        @Override
        public String toString() {
            return "Mysql[user=" + user + ", pwd=***, cmd=" + cmd + "]";
        }
    }

    /** Never probes: the clients say. */
    record None() implements HealthChecker {
        @Override
        public String type() {
            return "NONE";
        }
    }
}
