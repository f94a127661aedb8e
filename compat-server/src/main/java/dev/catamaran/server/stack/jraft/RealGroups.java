package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The groups of the registry as a real 2.x server left them, read before a member opens them. Only
 * copies are opened: RocksDB writes into what it opens, and a newer one for good.
 */
public final class RealGroups {

    private static final String SNAPSHOT = "snapshot_";
    private static final String SNAPSHOT_META = "__raft_snapshot_meta";

    private final JRaftRegistry registry = new JRaftRegistry();
    private final SortedMap<String, SortedSet<String>> voters = new TreeMap<>();
    private long unreadable;

    private RealGroups() {}

    /**
     * What they hold, everything in their logs counted as committed.
     *
     * @param voters addresses of the members that vote, by group
     * @param services how many services
     * @param instances how many persistent instances
     * @param overrides how many instances for which an operator has set something
     * @param unreadable entries that could not be read
     */
    public record Look(
            SortedMap<String, SortedSet<String>> voters,
            int services,
            int instances,
            int overrides,
            long unreadable) {
        public Look {
            voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
        }
    }

    /**
     * Reads copies of the groups.
     *
     * @param copies a folder with a folder for each group; what is in it may be changed
     * @throws IOException if a group is missing or cannot be read
     */
    public static Look look(Path copies) throws IOException {
        RealGroups groups = new RealGroups();
        groups.read(copies, Groups.SERVICES, new ServicesState(groups.registry));
        groups.read(copies, Groups.INSTANCES, new InstancesState(groups.registry));
        groups.read(copies, Groups.OVERRIDES, new OverridesState(groups.registry));
        return new Look(
                groups.voters,
                groups.registry.table().entries().size(),
                Math.toIntExact(groups.registry.table().instanceCount()),
                groups.registry.overrides().records().size(),
                groups.unreadable);
    }

    /** Names of the groups that a look must find. */
    public static List<String> names() {
        return Groups.REGISTRY;
    }

    private void read(Path copies, String name, GroupState state) throws IOException {
        Path group = copies.resolve(name);
        if (!Files.isDirectory(group.resolve("log"))) {
            throw new IOException("there is no group " + name);
        }
        Optional<LocalSnapshotMetaTable> snapshot = Optional.empty();
        Optional<Path> newest = newest(group.resolve("snapshot"));
        if (newest.isPresent()) {
            snapshot = Optional.of(load(newest.get(), state));
        }
        long from = snapshot.map(table -> table.getMeta().getLastIncludedIndex() + 1).orElse(1L);
        Configuration inLog = replay(group.resolve("log"), name, state, from);
        List<PeerId> peers = inLog.getPeers();
        if (inLog.isEmpty() && snapshot.isPresent()) {
            peers =
                    snapshot.get().getMeta().getPeersList().stream()
                            .map(PeerId::parsePeer)
                            .toList();
        }
        TreeSet<String> members = new TreeSet<>();
        for (PeerId peer : peers) {
            members.add(PeerAddresses.member(peer));
        }
        voters.put(name, members);
    }

    private static LocalSnapshotMetaTable load(Path snapshot, GroupState state) throws IOException {
        LocalSnapshotMetaTable table = new LocalSnapshotMetaTable(new RaftOptions());
        if (!table.loadFromFile(snapshot.resolve(SNAPSHOT_META).toString())) {
            throw new IOException("the list of a snapshot cannot be read: " + snapshot);
        }
        LocalFileMeta file = table.getFileMeta(state.snapshotFileName());
        if (file == null) {
            throw new IOException(snapshot + " lists no file " + state.snapshotFileName());
        }
        state.load(
                new SnapshotFile(
                        Files.readAllBytes(snapshot.resolve(state.snapshotFileName())),
                        file.getUserMeta().toStringUtf8()));
        return table;
    }

    private Configuration replay(Path log, String name, GroupState state, long from)
            throws IOException {
        ConfigurationManager configurations = new ConfigurationManager();
        LogStorageOptions options = new LogStorageOptions();
        options.setGroupId(name);
        options.setConfigurationManager(configurations);
        options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
        LogStorage storage = new RocksDBLogStorage(log.toString(), new RaftOptions());
        if (!storage.init(options)) {
            throw new IOException("the log of " + name + " cannot be opened");
        }
        try {
            GroupStateMachine machine = new GroupStateMachine(name, state, Runnable::run);
            long last = storage.getLastLogIndex();
            for (long index = Math.max(from, storage.getFirstLogIndex()); index <= last; index++) {
                LogEntry entry = storage.getEntry(index);
                if (entry == null) {
                    throw new IOException("entry " + index + " of " + name + " is missing");
                }
                if (entry.getType() == EntryType.ENTRY_TYPE_DATA) {
                    machine.apply(entry.getData(), index);
                }
            }
            unreadable += machine.skipped();
            return configurations.getLastConfiguration().getConf();
        } finally {
            storage.shutdown();
        }
    }

    /** The one with the highest index: JRaft removes the others when it starts. */
    private static Optional<Path> newest(Path snapshots) throws IOException {
        if (!Files.isDirectory(snapshots)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(snapshots)) {
            return all.filter(path -> name(path).matches(SNAPSHOT + "\\d{1,18}"))
                    .max(
                            (one, other) ->
                                    Long.compare(
                                            Long.parseLong(name(one).substring(SNAPSHOT.length())),
                                            Long.parseLong(
                                                    name(other).substring(SNAPSHOT.length()))));
        }
    }

    private static String name(Path path) {
        return requireNonNull(path.getFileName(), "path has no name").toString();
    }
}
