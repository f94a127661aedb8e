package dev.catamaran.tool.jraftdisk;

import dev.catamaran.registry.decode.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an open log: checks every entry (spec: jraft-disk 5.1) and collects the facts. Ends
 * at the first entry that is wrong; the facts are then about what stands before it.
 */
final class LogPass {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Key of the first index, in the family of configurations. */
    static final byte[] FIRST_INDEX = "meta/firstLogIndex".getBytes(StandardCharsets.US_ASCII);

    /** Greater than every index. */
    private static final long NONE = Long.MAX_VALUE;

    private static final String LOST =
            "This store counts as lost: do not let it vote. Keep the folder, and use the other"
                    + " members.";

    private final RocksDoor.Store store;
    private final Consumer<LogEntry> reader;
    private final List<StoreFinding> findings = new ArrayList<>();

    private final List<LogFacts.TermRun> terms = new ArrayList<>();
    private final List<LogFacts.ConfigurationEntry> configurations = new ArrayList<>();

    /** Index of the configuration to come; it is looked at for every entry. */
    private long nextConfigured = NONE;

    private long firstIndex = 1;
    private long next;
    private long count;
    private long term;
    private long dataBytes;
    private @Nullable LogEntry placeholder;

    LogPass(RocksDoor.Store store, Consumer<LogEntry> reader) {
        this.store = store;
        this.reader = reader;
    }

    /** What was wrong. */
    List<StoreFinding> findings() {
        return findings;
    }

    /** Reads the log once. */
    LogFacts run() throws RocksFailure {
        Optional<byte[]> storedFirst = store.get(Family.CONFIGURATION, FIRST_INDEX);
        long from = storedFirst.filter(LogPass::isKey).map(LogPass::index).orElse(0L);
        if (storedFirst.isPresent() && from < 1) {
            bad(StoreFinding.Kind.BAD_KEY, "first index", "the stored first index is no index");
        }
        LogHashes hashes =
                new LogHashes(
                        store.lastKey(Family.ENTRIES)
                                .filter(LogPass::isKey)
                                .map(LogPass::index)
                                .orElse(0L));
        firstIndex = Math.max(1, from);
        next = firstIndex;
        addStale(from);
        try (RocksDoor.Cursor entries = store.from(Family.ENTRIES, key(from));
                RocksDoor.Cursor configured = store.from(Family.CONFIGURATION, key(from))) {
            if (from == 0 && entries.isValid() && isKey(entries.key())) {
                firstIndex = index(entries.key());
                next = firstIndex;
            }
            nextConfigured = indexAt(configured);
            while (findings.isEmpty() && entries.isValid()) {
                LogEntry entry = checked(entries.key(), entries.value());
                if (entry != null && sameInBothFamilies(entry, configured)) {
                    take(entry, hashes);
                }
                entries.next();
            }
            if (placeholder != null) {
                next = placeholder.index();
            }
            if (findings.isEmpty() && nextConfigured != NONE) {
                familiesDiffer(nextConfigured);
            }
        }
        return new LogFacts(
                firstIndex,
                next - 1,
                term,
                count,
                terms,
                configurations,
                hashes.blocks(),
                hashes.tail(),
                dataBytes);
    }

    /**
     * Configurations below the first index that no compaction has removed yet: a server reads them
     * at its start.
     */
    private void addStale(long first) throws RocksFailure {
        try (RocksDoor.Cursor stale = store.from(Family.CONFIGURATION, key(0))) {
            while (stale.isValid() && isKey(stale.key()) && index(stale.key()) < first) {
                try {
                    LogEntry entry = EntryCodec.decode(stale.value());
                    configurations.add(
                            new LogFacts.ConfigurationEntry(
                                    entry.index(), entry.term(), entry.members()));
                } catch (DecodeException e) {
                    undecodable(index(stale.key()), e);
                }
                stale.next();
            }
        }
    }

    private void undecodable(long index, DecodeException e) {
        bad(
                e.refusal().where().equals("members")
                        ? StoreFinding.Kind.BAD_PEER
                        : StoreFinding.Kind.UNDECODABLE,
                "index " + index,
                "the entry cannot be read: " + e.refusal());
    }

    private @Nullable LogEntry checked(byte[] key, byte[] value) {
        if (!isKey(key)) {
            bad(
                    StoreFinding.Kind.BAD_KEY,
                    "after index " + (next - 1),
                    "a key of " + key.length + " bytes stands among the entries");
            return null;
        }
        long index = index(key);
        if (index != next) {
            bad(
                    StoreFinding.Kind.GAP,
                    "index " + next,
                    "entries are missing: after " + (next - 1) + " comes " + index);
            return null;
        }
        try {
            LogEntry entry = EntryCodec.decode(value);
            return isRight(entry, index) ? entry : null;
        } catch (DecodeException e) {
            undecodable(index, e);
            return null;
        }
    }

    private boolean isRight(LogEntry entry, long index) {
        String where = "index " + index;
        if (entry.index() != index) {
            bad(
                    StoreFinding.Kind.WRONG_INDEX,
                    where,
                    "the entry says that it has index " + entry.index());
        } else if (entry.term() < term) {
            bad(
                    StoreFinding.Kind.TERM_FALLS,
                    where,
                    "term " + entry.term() + " follows term " + term);
        } else if (!entry.checksumFits()) {
            bad(StoreFinding.Kind.BAD_CHECKSUM, where, "the entry's checksum does not fit it");
        }
        return findings.isEmpty();
    }

    private boolean sameInBothFamilies(LogEntry entry, RocksDoor.Cursor configured)
            throws RocksFailure {
        boolean there = nextConfigured == entry.index();
        boolean wanted = entry.type() == LogEntry.Type.CONFIGURATION;
        if (there != wanted || (there && !Arrays.equals(configured.value(), entry.stored()))) {
            familiesDiffer(entry.index());
            return false;
        }
        if (there) {
            configured.next();
            nextConfigured = indexAt(configured);
        }
        return true;
    }

    /** Index at a cursor; the keys of no index come behind all others. */
    private static long indexAt(RocksDoor.Cursor cursor) throws RocksFailure {
        if (!cursor.isValid()) {
            return NONE;
        }
        byte[] key = cursor.key();
        return isKey(key) ? index(key) : NONE;
    }

    /**
     * A place holder at the end is no entry to count (spec: jraft-disk 2); one that others follow
     * is.
     */
    private void take(LogEntry entry, LogHashes hashes) {
        if (placeholder != null) {
            add(placeholder, hashes);
            placeholder = null;
        }
        if (count == 0 && entry.isPlaceholder()) {
            placeholder = entry;
            next = entry.index() + 1;
        } else {
            add(entry, hashes);
        }
    }

    private void add(LogEntry entry, LogHashes hashes) {
        if (entry.term() != term || count == 0) {
            terms.add(new LogFacts.TermRun(entry.term(), entry.index()));
        }
        term = entry.term();
        next = entry.index() + 1;
        count++;
        dataBytes += entry.dataBytes();
        if (entry.type() == LogEntry.Type.CONFIGURATION) {
            configurations.add(
                    new LogFacts.ConfigurationEntry(entry.index(), entry.term(), entry.members()));
        }
        hashes.add(entry);
        reader.accept(entry);
    }

    private void familiesDiffer(long index) {
        bad(
                StoreFinding.Kind.FAMILIES_DIFFER,
                "index " + index,
                "the two copies of a configuration entry differ, or one is missing");
    }

    private void bad(StoreFinding.Kind kind, String where, String what) {
        findings.add(new StoreFinding(kind, where, what, LOST));
    }

    static boolean isKey(byte[] key) {
        return key.length == Long.BYTES;
    }

    static long index(byte[] key) {
        return (long) BIG_ENDIAN.get(key, 0);
    }

    static byte[] key(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    }
}
