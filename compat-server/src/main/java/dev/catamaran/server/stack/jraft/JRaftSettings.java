package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the JRaft side of a member was told at start.
 *
 * @param home the home directory; the groups live under {@code data/protocol/raft}
 * @param self this member's address, {@code ip:port} of its HTTP port; the IP is bound to
 * @param members all planned members, self included; the first configuration of a new group
 * @param electionTimeout silence after which a follower may campaign; real nodes never go below 5 s
 *     (spec: jraft-groups 1.3)
 * @param snapshotInterval time between snapshots
 * @param membersOnly whether calls from addresses of no member are refused
 */
public record JRaftSettings(
        Path home,
        String self,
        List<String> members,
        Duration electionTimeout,
        Duration snapshotInterval,
        boolean membersOnly) {

    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMinutes(30);

    public JRaftSettings {
        requireNonNull(home, "home is null");
        requireNonNull(self, "self is null");
        members = List.copyOf(members);
        requireNonNull(electionTimeout, "electionTimeout is null");
        requireNonNull(snapshotInterval, "snapshotInterval is null");
        if (!members.contains(self)) {
            throw new IllegalArgumentException(self + " is not among the members " + members);
        }
        members.forEach(PeerAddresses::peer);
    }

    /** Settings with the snapshot interval of real nodes, and members only. */
    public static JRaftSettings of(
            Path home, String self, List<String> members, Duration electionTimeout) {
        return new JRaftSettings(home, self, members, electionTimeout, SNAPSHOT_INTERVAL, true);
    }

    int electionTimeoutMs() {
        return Math.toIntExact(electionTimeout.toMillis());
    }

    int snapshotIntervalSecs() {
        return Math.toIntExact(snapshotInterval.toSeconds());
    }

    Path groupDirectory(String group) {
        return home.resolve("data").resolve("protocol").resolve("raft").resolve(group);
    }
}
