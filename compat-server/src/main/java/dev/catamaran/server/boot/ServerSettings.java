package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.server.stack.legacy.LegacySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a member was told at start, checked and typed.
 *
 * @param home the home directory, absolute
 * @param ip address this member binds to and is known by
 * @param port HTTP port
 * @param members addresses of all members, sorted, self included
 * @param planned those of them that run Catamaran or shall run it, sorted, self included
 * @param legacyLeaderTimeout silence after which a legacy follower campaigns (spec: legacy-raft
 *     3.1)
 * @param legacyBeatInterval interval of legacy beats
 * @param legacyRules whether real servers take part in the legacy raft
 * @param jraftElectionTimeout election timeout of the JRaft groups
 * @param writeHold longest time a client's write waits for a fence or a leader
 * @param fenceLimit longest time a fence stays up before it falls back
 * @param fullPassInterval interval of full mirror passes
 * @param reportInterval interval of reports to each other member
 * @param identity shared secret of members, if one is configured
 * @param upgradePolicy who starts an upgrade: {@code auto} or {@code operator}
 * @param downgradePolicy who may start a downgrade: {@code auto}, {@code operator} or {@code never}
 * @param targetVersion what every planned member must have reached before anything goes up to JRAFT
 */
public record ServerSettings(
        Path home,
        String ip,
        int port,
        List<String> members,
        List<String> planned,
        Duration legacyLeaderTimeout,
        Duration legacyBeatInterval,
        LegacySettings.Rules legacyRules,
        Duration jraftElectionTimeout,
        Duration writeHold,
        Duration fenceLimit,
        Duration fullPassInterval,
        Duration reportInterval,
        Optional<Identity> identity,
        String upgradePolicy,
        String downgradePolicy,
        Optional<MemberVersion> targetVersion) {

    /**
     * Header pair that proves membership.
     *
     * @param key header name
     * @param value secret value
     */
    public record Identity(String key, String value) {
        public Identity {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String toString() {
            return "Identity[key=" + key + ", value=***]";
        }
    }

    public ServerSettings {
        requireNonNull(home, "home is null");
        requireNonNull(ip, "ip is null");
        members = List.copyOf(members);
        planned = List.copyOf(planned);
        requireNonNull(legacyRules, "legacyRules is null");
        requireNonNull(identity, "identity is null");
        requireNonNull(upgradePolicy, "upgradePolicy is null");
        requireNonNull(downgradePolicy, "downgradePolicy is null");
        requireNonNull(targetVersion, "targetVersion is null");
    }

    /** Members of the list that are real servers and shall stay real ones. */
    public List<String> realServers() {
        return members.stream().filter(member -> !planned.contains(member)).toList();
    }

    /** How the legacy stack runs; beside real servers it waits as long as they do. */
    LegacySettings legacy() {
        boolean shared = legacyRules == LegacySettings.Rules.SHARED;
        return new LegacySettings(
                self(),
                shared ? members : planned,
                shared ? LegacySettings.LEADER_TIMEOUT_1X : legacyLeaderTimeout,
                shared ? LegacySettings.BEAT_INTERVAL_1X : legacyBeatInterval,
                legacyRules);
    }

    /** This member's own address. */
    public String self() {
        return ip + ":" + port;
    }
}
