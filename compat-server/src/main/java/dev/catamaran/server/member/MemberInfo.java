package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this member knows of a member of the list.
 *
 * @param address identity: {@code ip:port} of the HTTP port, textually as in the list
 * @param self whether it is this member
 * @param kind what it is, as far as it has proved
 * @param version version text it reported; empty when it reported none
 * @param epoch transition epoch it reported; empty when unknown
 * @param reportAgeMs age of its last report; empty when it never reported since this process
 *     started; 0 for self
 * @param reachable whether the last call to it succeeded; empty when none was made
 */
public record MemberInfo(
        String address,
        boolean self,
        Kind kind,
        Optional<String> version,
        OptionalLong epoch,
        OptionalLong reportAgeMs,
        Optional<Boolean> reachable) {

    /** What a member is. */
    public enum Kind {
        CATAMARAN,
        REAL,
        UNKNOWN
    }

    public MemberInfo {
        requireNonNull(address, "address is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(version, "version is null");
        requireNonNull(epoch, "epoch is null");
        requireNonNull(reportAgeMs, "reportAgeMs is null");
        requireNonNull(reachable, "reachable is null");
    }

    /** Port of the member's raft endpoint: constant offset, never read from metadata. */
    public static int raftPort(int httpPort) {
        return httpPort - 1000;
    }
}
