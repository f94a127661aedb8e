package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * How far a group's store had come: whoever has the same mark holds the same entries, promises and
 * snapshot. An undo is allowed only while the mark is the one of the rebuild (spec: jraft-disk
 * 5.5).
 *
 * @param group name of the group
 * @param term term the node promised
 * @param votedFor whom it voted for in that term; empty for nobody
 * @param firstIndex first index of the log
 * @param lastIndex last index of the log
 * @param lastTerm term of the last entry
 * @param snapshotIndex last index of the snapshot; 0 without one
 * @param hashes hashes of all blocks of the log and of the snapshots' files, as one text
 */
public record GroupMark(
        String group,
        long term,
        String votedFor,
        long firstIndex,
        long lastIndex,
        long lastTerm,
        long snapshotIndex,
        String hashes) {

    public GroupMark {
        requireNonNull(group, "group is null");
        requireNonNull(votedFor, "votedFor is null");
        requireNonNull(hashes, "hashes is null");
    }

    /** The mark of a store. */
    public static GroupMark of(StoreFacts facts) {
        StringBuilder hashes = new StringBuilder();
        facts.log()
                .ifPresent(
                        log -> {
                            for (LogFacts.BlockHash block : log.blocks()) {
                                hashes.append(block.last()).append('=').append(block.hash());
                                hashes.append(' ');
                            }
                        });
        facts.snapshots()
                .forEach(
                        snapshot ->
                                snapshot.files()
                                        .forEach(
                                                file ->
                                                        hashes.append(file.name())
                                                                .append('=')
                                                                .append(file.sha256())
                                                                .append(' ')));
        return new GroupMark(
                facts.group(),
                facts.vote().map(StoreFacts.Vote::term).orElse(0L),
                facts.vote().flatMap(StoreFacts.Vote::votedFor).map(peer -> peer.text()).orElse(""),
                facts.log().map(LogFacts::firstIndex).orElse(0L),
                facts.lastIndex(),
                facts.lastTerm(),
                facts.committedAtLeast(),
                hashes.toString().strip());
    }

    /** A digest of marks, whatever their order: equal for homes that hold the same. */
    public static String digest(Collection<GroupMark> marks) {
        String all = marks.stream().map(GroupMark::toString).sorted().collect(joining("\n"));
        return TreeManifest.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    /** Where it stands, for people. */
    public String text() {
        return "term "
                + term
                + ", last entry (term "
                + lastTerm
                + ", index "
                + lastIndex
                + ")"
                + (votedFor.isEmpty() ? "" : ", vote for " + votedFor);
    }
}
