package dev.catamaran.tool.jraftdisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares a rewritten copy with its original (spec: jraft-disk 5.4). Looks at facts only, so it
 * decides and does not read: both stores must have been read whole, after the copy was closed.
 */
public final class StoreVerifier {

    private final StoreFacts before;
    private final PeerMap map;
    private final Optional<AppendedVoters> appended;
    private final List<String> differences = new ArrayList<>();

    private StoreVerifier(StoreFacts before, PeerMap map, Optional<AppendedVoters> appended) {
        this.before = before;
        this.map = map;
        this.appended = appended;
    }

    /**
     * What differs beyond the members' names and the appended entry; empty if nothing does.
     *
     * @param before facts of the original
     * @param after facts of the copy
     */
    public static List<String> differences(
            StoreFacts before, StoreFacts after, PeerMap map, Optional<AppendedVoters> appended) {
        StoreVerifier verifier = new StoreVerifier(before, map, appended);
        verifier.compare(after);
        return List.copyOf(verifier.differences);
    }

    private void compare(StoreFacts after) {
        before.findings().stream()
                .filter(StoreFinding::isDamage)
                .forEach(finding -> differences.add("the original is damaged: " + finding.text()));
        after.findings().stream()
                .filter(StoreFinding::isDamage)
                .forEach(finding -> differences.add("the copy is damaged: " + finding.text()));
        same("group", before.group(), after.group());
        same("term and vote", StoreRewriter.voteAfter(before, map, appended), after.vote());
        same("snapshots", before.snapshots().stream().map(this::image).toList(), after.snapshots());
        if (before.log().isPresent() && after.log().isPresent()) {
            compareLogs(before.log().get(), after.log().get());
        } else {
            differences.add("one of the logs cannot be read");
        }
    }

    private SnapshotFacts image(SnapshotFacts snapshot) {
        return new SnapshotFacts(
                snapshot.index(),
                snapshot.term(),
                map.image(snapshot.configuration()),
                snapshot.files());
    }

    private void compareLogs(LogFacts from, LogFacts to) {
        long more = appended.isPresent() ? 1 : 0;
        same("first index", from.firstIndex(), to.firstIndex());
        same("last index", from.lastIndex() + more, to.lastIndex());
        same("number of entries", from.count() + more, to.count());
        same("bytes of payload", from.dataBytes(), to.dataBytes());
        List<LogFacts.ConfigurationEntry> wanted = new ArrayList<>();
        from.configurations()
                .forEach(
                        entry ->
                                wanted.add(
                                        new LogFacts.ConfigurationEntry(
                                                entry.index(),
                                                entry.term(),
                                                map.image(entry.members()))));
        List<LogFacts.TermRun> terms = new ArrayList<>(from.terms());
        appended.ifPresent(
                voters -> {
                    long index = from.lastIndex() + 1;
                    wanted.add(
                            new LogFacts.ConfigurationEntry(
                                    index, voters.term(), Configuration.of(voters.voters())));
                    terms.add(new LogFacts.TermRun(voters.term(), index));
                });
        same("configurations", wanted, to.configurations());
        same("terms", terms, to.terms());
        compareBlocks(from, to);
    }

    /** The appended entry makes the last block another; the entries before it are hashed singly. */
    private void compareBlocks(LogFacts from, LogFacts to) {
        List<String> wanted = withoutPeers(from, Long.MAX_VALUE);
        if (appended.isEmpty()) {
            same("entries", wanted, withoutPeers(to, Long.MAX_VALUE));
            return;
        }
        long appendedBlock = to.lastIndex() / LogFacts.BLOCK;
        same("entries", withoutPeers(from, appendedBlock), withoutPeers(to, appendedBlock));
        long start = Math.max(from.firstIndex(), appendedBlock * LogFacts.BLOCK);
        same("last entries", coresFrom(from, start), coresFrom(to, start));
    }

    private static List<String> withoutPeers(LogFacts log, long beforeBlock) {
        return log.blocks().stream()
                .filter(block -> block.block() < beforeBlock)
                .map(block -> block.first() + "-" + block.last() + " " + block.withoutPeers())
                .toList();
    }

    /** Hashes of the old log's last entries that name nobody, as each log has them. */
    private List<String> coresFrom(LogFacts log, long start) {
        long end = before.log().map(LogFacts::lastIndex).orElse(0L);
        List<String> cores = new ArrayList<>();
        for (long index = start; index <= end; index++) {
            long at = index;
            boolean names = log.configurations().stream().anyMatch(entry -> entry.index() == at);
            int place = (int) (index - log.tail().firstIndex());
            if (!names && place >= 0 && place < log.tail().hashes().size()) {
                cores.add(log.tail().hashes().get(place));
            } else if (!names) {
                cores.add("missing");
            }
        }
        return cores;
    }

    private void same(String what, Object wanted, Object found) {
        if (!Objects.equals(wanted, found)) {
            differences.add(what + ": " + shorten(found) + " instead of " + shorten(wanted));
        }
    }

    private static String shorten(Object value) {
        String text = value.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
