package dev.catamaran.tool.path;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberVersion;
import java.util.OptionalLong;

/**
 * Where a cluster is and where it shall go.
 *
 * @param from version of its servers
 * @param to version wanted
 * @param nodes how many servers it has
 * @param storage where its configuration lives
 * @param records how many persistent records it holds, if that is known
 */
public record Situation(
        MemberVersion from, MemberVersion to, int nodes, Storage storage, OptionalLong records) {

    /** Where the configuration lives. */
    public enum Storage {
        /** In the servers, replicated by the raft group nacos_config. */
        EMBEDDED,
        /** In a database of its own. */
        EXTERNAL,
        /** Not known; what holds for either is said. */
        UNKNOWN
    }

    public Situation {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(records, "records is null");
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + ", at least 1 is needed");
        }
    }

    /** The same cluster at another place of the way. */
    Situation at(MemberVersion version) {
        return new Situation(version, to, nodes, storage, records);
    }
}
