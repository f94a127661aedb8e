package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshot;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshotMeta;
import dev.catamaran.tool.jraftdisk.wire.StoredVote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the members in a copy of a store other names (spec: jraft-disk 3). Never to be used on a
 * store that a server may start from: what is interrupted here is half done. The copy is thrown
 * away then and made anew from the untouched original, because names are replaced by others that
 * may themselves be names to replace.
 *
 * <p>Payloads, indexes, terms, snapshots' content and the promised term stay. Everything that names
 * members changes together, the vote included: a vote that is cleared could be given twice.
 */
public final class StoreRewriter {

    private final LoadedRocks rocks;
    private final Path scratch;

    /**
     * @param rocks that of the store's server, see {@link RocksLibraries#toWrite}
     * @param scratch folder for RocksDB's text log
     */
    public StoreRewriter(LoadedRocks rocks, Path scratch) {
        this.rocks = requireNonNull(rocks, "rocks is null");
        this.scratch = requireNonNull(scratch, "scratch is null");
    }

    /**
     * Rewrites a copy.
     *
     * @param before facts of the original, of which every peer must have an image
     * @param appended voters to append; their names are new names already
     * @throws IllegalArgumentException if a peer has no image, the term to append is not above all
     *     others, or RocksDB is older than the one that wrote the store; nothing was written then
     * @throws IOException if the copy cannot be read or written
     */
    public void rewrite(
            GroupFolder copy, StoreFacts before, PeerMap map, Optional<AppendedVoters> appended)
            throws IOException {
        requireFitting(before, map, appended);
        try {
            rewriteLog(copy, before, map, appended);
            rewriteSnapshots(copy, map);
            rewriteVote(copy, before, map, appended);
        } catch (DecodeException e) {
            throw new IOException(copy.path() + " is damaged: " + e.refusal(), e);
        }
    }

    private void requireFitting(StoreFacts before, PeerMap map, Optional<AppendedVoters> appended) {
        if (!map.unmapped(before.peers()).isEmpty()) {
            throw new IllegalArgumentException(
                    "no image of " + map.unmapped(before.peers()) + " in group " + before.group());
        }
        RocksVersion.parse(before.rocksdbVersion())
                .filter(writer -> writer.isLaterThan(rocks.version()))
                .ifPresent(
                        writer -> {
                            throw new IllegalArgumentException(
                                    "RocksDB "
                                            + rocks.version()
                                            + " must not write what "
                                            + writer
                                            + " wrote");
                        });
        long promised = before.vote().map(StoreFacts.Vote::term).orElse(0L);
        if (appended.isPresent()
                && appended.get().term() <= Math.max(promised, before.lastTerm())) {
            throw new IllegalArgumentException(
                    "term " + appended.get().term() + " is not above what was promised");
        }
    }

    private void rewriteLog(
            GroupFolder copy, StoreFacts before, PeerMap map, Optional<AppendedVoters> appended)
            throws IOException {
        try (RocksDoor.Store store = rocks.door().openToWrite(copy.log(), scratch)) {
            List<RocksDoor.Put> puts = renamed(store, map);
            appended.ifPresent(voters -> puts.addAll(entry(before.lastIndex() + 1, voters)));
            if (!puts.isEmpty()) {
                store.write(puts);
            }
            store.flush();
        }
    }

    /**
     * Every configuration entry under the new names, in both families. Ones below the first index
     * that no compaction has removed yet are among them: a server reads those, too.
     */
    private static List<RocksDoor.Put> renamed(RocksDoor.Store store, PeerMap map)
            throws IOException {
        List<RocksDoor.Put> puts = new ArrayList<>();
        try (RocksDoor.Cursor cursor = store.from(Family.CONFIGURATION, LogPass.key(0))) {
            while (cursor.isValid()) {
                byte[] key = cursor.key();
                if (LogPass.isKey(key)) {
                    LogEntry entry = EntryCodec.decode(cursor.value());
                    byte[] value = EntryCodec.withMembers(entry, map.image(entry.members()));
                    puts.add(new RocksDoor.Put(Family.CONFIGURATION, key, value));
                    if (store.get(Family.ENTRIES, key).isPresent()) {
                        puts.add(new RocksDoor.Put(Family.ENTRIES, key, value));
                    }
                }
                cursor.next();
            }
        }
        return puts;
    }

    private static List<RocksDoor.Put> entry(long index, AppendedVoters voters) {
        byte[] key = LogPass.key(index);
        byte[] value =
                EntryCodec.configuration(index, voters.term(), Configuration.of(voters.voters()));
        return List.of(
                new RocksDoor.Put(Family.ENTRIES, key, value),
                new RocksDoor.Put(Family.CONFIGURATION, key, value));
    }

    private static void rewriteSnapshots(GroupFolder copy, PeerMap map) throws IOException {
        for (Path folder : SnapshotReader.folders(copy)) {
            Path file = folder.resolve(SnapshotReader.META);
            StoredSnapshot stored = MessageFile.SNAPSHOT.read(file);
            Configuration members = map.image(SnapshotReader.members(stored.getMeta()));
            StoredSnapshotMeta.Builder meta =
                    stored.getMeta().toBuilder()
                            .clearPeers()
                            .clearOldPeers()
                            .clearLearners()
                            .clearOldLearners();
            members.peers().forEach(peer -> meta.addPeers(peer.text()));
            members.oldPeers().forEach(peer -> meta.addOldPeers(peer.text()));
            members.learners().forEach(peer -> meta.addLearners(peer.text()));
            members.oldLearners().forEach(peer -> meta.addOldLearners(peer.text()));
            MessageFile.SNAPSHOT.write(file, stored.toBuilder().setMeta(meta).build());
        }
    }

    private static void rewriteVote(
            GroupFolder copy, StoreFacts before, PeerMap map, Optional<AppendedVoters> appended)
            throws IOException {
        Optional<StoreFacts.Vote> vote = voteAfter(before, map, appended);
        if (vote.isPresent()) {
            MessageFile.VOTE.write(
                    copy.vote(),
                    StoredVote.newBuilder()
                            .setTerm(vote.get().term())
                            .setVotedFor(vote.get().votedFor().map(Peer::text).orElse(Peer.NOBODY))
                            .build());
        }
    }

    /** Term and vote that the rewritten copy must have. */
    static Optional<StoreFacts.Vote> voteAfter(
            StoreFacts before, PeerMap map, Optional<AppendedVoters> appended) {
        if (appended.isPresent()) {
            return Optional.of(new StoreFacts.Vote(appended.get().term(), Optional.empty()));
        }
        return before.vote()
                .map(vote -> new StoreFacts.Vote(vote.term(), vote.votedFor().map(map::image)));
    }
}
