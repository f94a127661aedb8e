package dev.catamaran.tool.jraftdisk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes entries block by block, twice: with the members they name and without (spec: jraft-disk
 * 5.2, 5.4). The members come last, so that an entry that names none is hashed once only.
 */
final class LogHashes {

    /** Length of hashes in the facts: enough to tell damage, and short. */
    private static final int BLOCK_BYTES = 16;

    private static final int TAIL_BYTES = 8;
    private static final int HEAD_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

    /** Many small entries are hashed in one step: a step costs as much as an entry. */
    private static final int GATHERED_BYTES = 1 << 16;

    private final MessageDigest block = sha256();
    private final MessageDigest single = sha256();
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES);
    private final StringBuilder members = new StringBuilder();
    private final List<LogFacts.BlockHash> blocks = new ArrayList<>();
    private final List<String> tail = new ArrayList<>();
    private final long tailFrom;
    private long first = -1;
    private long last = -1;
    private long firstOfTail = -1;

    /**
     * @param lastIndex the last index to come, to know where the tail begins
     */
    LogHashes(long lastIndex) {
        this.tailFrom = Math.max(0, lastIndex / LogFacts.BLOCK - 1) * LogFacts.BLOCK;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(LogEntry entry) {
        if (first >= 0 && entry.index() / LogFacts.BLOCK != first / LogFacts.BLOCK) {
            endBlock();
        }
        if (first < 0) {
            first = entry.index();
        }
        last = entry.index();
        feed(block, entry);
        String named = named(entry);
        members.append(named);
        if (entry.index() >= tailFrom) {
            if (tail.isEmpty()) {
                firstOfTail = entry.index();
            }
            spill(block);
            feed(single, entry);
            spill(single);
            single.update(named.getBytes(StandardCharsets.UTF_8));
            tail.add(hex(single.digest(), TAIL_BYTES));
        }
    }

    private void feed(MessageDigest digest, LogEntry entry) {
        if (gathered.remaining() < HEAD_BYTES) {
            spill(digest);
        }
        gathered.put((byte) entry.type().number())
                .putLong(entry.index())
                .putLong(entry.term())
                .putInt(entry.dataBytes());
        if (gathered.remaining() < entry.dataBytes()) {
            spill(digest);
        }
        if (gathered.remaining() < entry.dataBytes()) {
            digest.update(entry.stored(), entry.dataAt(), entry.dataBytes());
        } else {
            gathered.put(entry.stored(), entry.dataAt(), entry.dataBytes());
        }
    }

    private void spill(MessageDigest digest) {
        digest.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }

    private static String named(LogEntry entry) {
        return entry.members().isNone() ? "" : entry.index() + " " + text(entry.members()) + "\n";
    }

    private static String text(Configuration members) {
        return members.peers()
                + " "
                + members.oldPeers()
                + " "
                + members.learners()
                + " "
                + members.oldLearners();
    }

    private void endBlock() {
        spill(block);
        byte[] core = block.digest();
        byte[] whole = core;
        if (!members.isEmpty()) {
            single.update(core);
            whole = single.digest(members.toString().getBytes(StandardCharsets.UTF_8));
        }
        blocks.add(
                new LogFacts.BlockHash(
                        first, last, hex(whole, BLOCK_BYTES), hex(core, BLOCK_BYTES)));
        members.setLength(0);
        first = -1;
    }

    /** Hashes of all blocks; ends the last one. */
    List<LogFacts.BlockHash> blocks() {
        if (first >= 0) {
            endBlock();
        }
        return blocks;
    }

    LogFacts.Tail tail() {
        return new LogFacts.Tail(Math.max(0, firstOfTail), tail);
    }

    static String hex(byte[] hash, int bytes) {
        return HexFormat.of().formatHex(hash, 0, bytes);
    }
}
