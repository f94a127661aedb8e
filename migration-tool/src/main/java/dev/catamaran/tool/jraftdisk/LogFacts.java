package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What one pass over a group's log shows.
 *
 * @param firstIndex index of the first entry; of the one to come if there is none
 * @param lastIndex index of the last entry; {@code firstIndex - 1} if there is none
 * @param lastTerm term of the last entry; 0 if there is none
 * @param count number of entries
 * @param terms where each term begins, in order
 * @param configurations the configuration entries, in order; also ones below the first index that
 *     RocksDB has not yet removed, since a server reads them at its start
 * @param blocks hashes of the entries, in blocks aligned to {@value #BLOCK} indexes
 * @param tail hashes of each of the last entries, so that logs of different length compare inside
 *     their last block too
 * @param dataBytes length of all payloads together
 */
public record LogFacts(
        long firstIndex,
        long lastIndex,
        long lastTerm,
        long count,
        List<TermRun> terms,
        List<ConfigurationEntry> configurations,
        List<BlockHash> blocks,
        Tail tail,
        long dataBytes) {

    /** Indexes per block. */
    public static final int BLOCK = 1024;

    public LogFacts {
        terms = List.copyOf(terms);
        configurations = List.copyOf(configurations);
        blocks = List.copyOf(blocks);
        requireNonNull(tail, "tail is null");
    }

    /** A term and the index of its first entry in this log. */
    public record TermRun(long term, long firstIndex) {}

    /** A configuration entry. The last one of a log is in force, committed or not. */
    public record ConfigurationEntry(long index, long term, Configuration members) {
        public ConfigurationEntry {
            requireNonNull(members, "members is null");
        }
    }

    /**
     * Hash of the entries of one block that this log has.
     *
     * @param first first index hashed
     * @param last last index hashed
     * @param hash over type, index, term, payload and members of each entry
     * @param withoutPeers the same without the members; what a renaming must leave alone
     */
    public record BlockHash(long first, long last, String hash, String withoutPeers) {
        public BlockHash {
            requireNonNull(hash, "hash is null");
            requireNonNull(withoutPeers, "withoutPeers is null");
        }

        /** Number of the block: the same in every log. */
        public long block() {
            return first / BLOCK;
        }
    }

    /**
     * Hashes of the last entries, members included.
     *
     * @param firstIndex index of the first hash
     * @param hashes one per entry
     */
    public record Tail(long firstIndex, List<String> hashes) {
        public Tail {
            hashes = List.copyOf(hashes);
        }
    }

    /** The configuration in force after the last entry. */
    public Optional<Configuration> lastConfiguration() {
        return configurations.isEmpty()
                ? Optional.empty()
                : Optional.of(configurations.get(configurations.size() - 1).members());
    }

    /** Term of an entry; empty if this log does not have it. */
    public Optional<Long> termAt(long index) {
        if (index < firstIndex || index > lastIndex) {
            return Optional.empty();
        }
        Optional<Long> term = Optional.empty();
        for (TermRun run : terms) {
            if (run.firstIndex() <= index) {
                term = Optional.of(run.term());
            }
        }
        return term;
    }
}
